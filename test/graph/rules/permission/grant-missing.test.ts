import { rule } from '../../../../src/graph/rules/permission/grant-missing';
import { linesOf } from '../../lint';
import { gateway, grant, listener, object, pool, route } from '../../objects';
import { workingSet } from '../../working-set';

const own = route('routes/r', 'gateway/g', [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'llama', namespace: 'models' }]);
const from = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'routes' };
const to = { group: 'inference.networking.k8s.io', kind: 'InferencePool' };

test('references within a namespace, and ones that are permitted', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf([own, pool('models/llama'), grant('models/g', from, to)], rule)).toEqual([]);
  expect(linesOf([own, pool('models/llama'), grant('models/g', from, { ...to, name: 'llama' })], rule)).toEqual([]);
});

test('a grant that may be in the cluster already', () => {
  expect(linesOf([own], rule)).toEqual([]);
  expect(linesOf([own], rule, { closed: true })).toHaveLength(1);
});

test('fails without a grant', () => {
  expect(linesOf([own, pool('models/llama')], rule)).toEqual([
    'error HTTPRoute routes/r: IGW1104 spec.rules[0].backendRefs[0] is "InferencePool models/llama": is in another namespace than the HTTPRoute, and no ReferenceGrant of namespace models permits it: requests for it answer 500; '
    + 'add to namespace models a ReferenceGrant from group gateway.networking.k8s.io, kind HTTPRoute, namespace routes to group inference.networking.k8s.io, kind InferencePool, name llama',
  ]);
});

test.each([
  ['the namespace of the route', grant('routes/g', from, to)],
  ['another group', grant('models/g', from, { group: '', kind: 'InferencePool' })],
  ['another namespace', grant('models/g', { ...from, namespace: 'other' }, to)],
  ['another name', grant('models/g', from, { ...to, name: 'qwen' })],
  ['another kind of route', grant('models/g', { ...from, kind: 'GRPCRoute' }, to)],
])('fails for a grant with %s', (_, one) => {
  expect(linesOf([own, pool('models/llama'), one], rule)).toHaveLength(1);
});

test('fails for the Secret of a listener', () => {
  const tls = gateway('gateway/g', [listener({ protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'cert', namespace: 'certs' }] } })]);
  expect(linesOf([tls, object('v1', 'Secret', 'certs/cert')], rule)).toEqual([expect.stringContaining('spec.listeners[0].tls.certificateRefs[0] is "Secret certs/cert"')]);
});

test('a controller that may make the grant', () => {
  const model = object('airunway.ai/v1alpha1', 'ModelDeployment', 'models/llama');
  expect(linesOf([own, pool('models/llama'), model], rule)).toEqual([]);
});

test('a route that hands requests on to one of another namespace', () => {
  expect(linesOf([route('a/r', 'a/g', [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'child', namespace: 'b' }]), route('b/child', 'a/g', [])], rule)).toEqual([]);
});
