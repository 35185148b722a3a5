import { rule } from '../../../../src/graph/rules/names/backend-kind-invalid';
import { linesOf } from '../../lint';
import { object, route } from '../../objects';
import { workingSet } from '../../working-set';

test('pools and Services', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf([route('a/r', 'a/g', [{ name: 's', port: 80 }, { group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 's', port: 80 }, { group: 'agentgateway.dev', kind: 'AgentgatewayModel', name: '*' }])], rule)).toEqual([]);
});

const backend = (change: (ref: any) => void) => workingSet({ models: ['llama'] }, ['HTTPRoute models/llama', ({ spec }) => change(spec.rules[0].backendRefs[0])]);

test('fails for a pool without a group', () => {
  expect(linesOf(backend((ref) => { delete ref.group; }), rule)).toEqual([
    'error HTTPRoute models/llama: IGW1010 spec.rules[0].backendRefs[0].group: is missing or empty, and the core group has no kind InferencePool: requests for it answer 500; '
    + 'allowed: inference.networking.k8s.io; write group: inference.networking.k8s.io',
  ]);
});

test('fails for the group that pools were of', () => {
  expect(linesOf(backend((ref) => { ref.group = 'inference.networking.x-k8s.io'; }), rule)).toEqual([
    expect.stringContaining('is "inference.networking.x-k8s.io": is the group that InferencePools were of before they became stable: requests for it answer 500; allowed: inference.networking.k8s.io'),
  ]);
});

test.each([
  [{ kind: 'Deployment', name: 'a' }, 'kind is "Deployment": is no kind of the core group that a route can send requests to: requests for it answer 500; allowed: Service'],
  [{ group: 'gateway.networking.k8s.io', kind: 'InferencePool', name: 'a' }, 'group is "gateway.networking.k8s.io": has no kind InferencePool'],
  [{ group: 'inference.networking.k8s.io', kind: 'Service', name: 'a', port: 80 }, 'group is "inference.networking.k8s.io": has no kind Service: requests for it answer 500; allowed: "" (the core group); leave the group out'],
])('fails for %j', (ref, message) => {
  expect(linesOf([route('a/r', 'a/g', [ref])], rule)).toEqual([expect.stringContaining(message)]);
});

test('fails for a kind that nothing defines in a closed set only', () => {
  const objects = [route('a/r', 'a/g', [{ group: 'example.com', kind: 'Thing', name: 'a' }])];
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec: { group: 'example.com', names: { kind: 'Thing' } } });
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf([...objects, definition], rule, { closed: true })).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toEqual([expect.stringContaining('is a kind of example.com that nothing of the set defines')]);
});
