import { rule } from '../../../../src/graph/rules/serving/route-to-processor';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const to = (name: string, port: number, namespace = 'models'): Change => ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].backendRefs = [{ name, port, namespace }]; }];

test('a route to a pool', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('a proxy in the pod of a picker', () => {
  const proxy: Change = ['Service models/llama-epp', ({ spec }) => { spec.ports.push({ name: 'http', port: 8081, targetPort: 8081 }); }];
  expect(linesOf(workingSet({}, proxy, to('llama-epp', 8081)), rule)).toEqual([]);
});

test('fails for a picker and for a router', () => {
  expect(linesOf(workingSet({}, to('llama-epp', 9002)), rule)).toEqual([
    'error HTTPRoute models/llama: IGW1227 spec.rules[0].backendRefs[0] is "Service models/llama-epp": leads to the endpoint picker llama-epp, which serves no models: requests fail; '
    + 'allowed: an InferencePool, or the Service of the model servers; write group: inference.networking.k8s.io, kind: InferencePool, name: llama',
  ]);
  expect(linesOf(workingSet({}, to('body-based-router', 9004, 'gateway')), rule)).toEqual([expect.stringContaining('leads to the body-based router body-based-router')]);
});
