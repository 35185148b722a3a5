import { rule } from '../../../../src/graph/rules/implementation/route-not-supported';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const ofClass = (name: string): Change => ['Gateway gateway/inference-gateway', ({ spec }) => { spec.gatewayClassName = name; }];
const first = (change: (one: any, route: any) => void): Change => ['HTTPRoute models/llama', (route) => change(route.spec.rules[0], route)];
const second = first((one) => { one.backendRefs.push({ ...one.backendRefs[0], name: 'qwen' }); });
const timeout = first((one) => { one.timeouts = { request: '300s' }; });
const far = first((one) => { one.backendRefs[0].namespace = 'other'; });
const copies = first((one) => { one.filters = [{ type: 'RequestMirror', requestMirror: { backendRef: { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen' } } }]; });
const imported = first((one) => { Object.assign(one.backendRefs[0], { group: 'inference.networking.x-k8s.io', kind: 'InferencePoolImport' }); });

test('what implementations can do', () => {
  expect(linesOf(workingSet({}, timeout, second, far), rule)).toEqual([]);
  expect(linesOf(workingSet({}, ofClass('eg'), timeout, imported), rule)).toEqual([]);
});

test('fails for timeouts on GKE', () => {
  expect(linesOf(workingSet({ models: ['llama'] }, ofClass('gke-l7-rilb'), timeout), rule)).toEqual([
    'error HTTPRoute models/llama: IGW1502 spec.rules[0].timeouts is {"request":"300s"}: are refused by Gateway gateway/inference-gateway of class '
    + 'gke-l7-rilb: the route is not accepted; remove them, and set timeoutSec in a GCPBackendPolicy for the pool',
  ]);
});

test.each(['eg', 'higress'])('fails for two pools in one rule on %s', (name) => {
  expect(linesOf(workingSet({}, ofClass(name), second), rule)[0]).toContain('spec.rules[0].backendRefs: name 2 InferencePools');
});

test('fails for a pool of another namespace on agentgateway', () => {
  expect(linesOf(workingSet({}, ofClass('agentgateway'), far), rule)[0]).toContain('backendRefs[0].namespace is "other"');
});

test('fails for an InferencePoolImport on Istio', () => {
  expect(linesOf(workingSet({}, imported), rule)[0]).toContain('is "InferencePoolImport": is a kind that Gateway gateway/inference-gateway of class istio does not know');
});

test('fails with a warning for a mirror to a pool', () => {
  expect(linesOf(workingSet({}, copies), rule)[0]).toMatch(/^warning .*is "qwen": is an InferencePool, .* mirror to a Service/);
});
