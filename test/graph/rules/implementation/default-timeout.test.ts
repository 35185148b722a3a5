import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/implementation/default-timeout';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const implementation = GatewayImplementation.envoyGateway();
const endless: Change = ['HTTPRoute models/llama', ({ spec }) => { delete spec.rules[0].timeouts; }];
const policy = (spec: object) => ({ apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'BackendTrafficPolicy', metadata: { name: 'x', namespace: 'models' }, spec });

test('a route with a timeout, and one on Istio without', () => {
  expect(linesOf(workingSet({ implementation }), rule)).toEqual([]);
  expect(linesOf(workingSet({}, endless), rule)).toEqual([]);
});

test('a policy that has one', () => {
  const set = workingSet({ implementation }, endless);
  const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'llama' }];
  expect(linesOf([...set, policy({ targetRefs, timeout: { http: { requestTimeout: '300s' } } })], rule)).toEqual([]);
  expect(linesOf([...set, policy({ targetSelectors: [{ kind: 'HTTPRoute' }], timeout: {} })], rule)).toEqual([]);
});

test('fails without one on Envoy Gateway', () => {
  const [line] = linesOf(workingSet({ implementation }, endless), rule);
  expect(line).toBe('warning HTTPRoute models/llama: IGW1505 spec.rules[0].timeouts.request: is missing, and Gateway gateway/inference-gateway of class eg '
    + 'ends requests to InferencePool llama after 15 seconds; set timeouts.request, 300s for one, or 0s for none');
});
