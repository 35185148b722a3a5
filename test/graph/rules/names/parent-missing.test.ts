import { rule } from '../../../../src/graph/rules/names/parent-missing';
import { linesOf } from '../../lint';
import { gateway, listener, listenerSet, route } from '../../objects';
import { workingSet } from '../../working-set';

test('a route with its Gateway', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('a Gateway that may be in the cluster already', () => {
  const objects = workingSet().filter(({ kind }) => kind !== 'Gateway');
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toHaveLength(2);
});

test('fails for a name that no Gateway of the namespace has, though another route names it', () => {
  const objects = workingSet({}, ['HTTPRoute models/llama', ({ spec }) => { spec.parentRefs[0].name = 'gateway'; }]);
  expect(linesOf(objects, rule)).toEqual([
    'error HTTPRoute models/llama: IGW1007 spec.parentRefs[0].name is "gateway": names no Gateway of namespace gateway: no request reaches the route; allowed: inference-gateway; '
    + 'name the Gateway that the requests come through, or add it',
  ]);
});

test('fails for a parentRef that leaves the namespace out', () => {
  const objects = workingSet({}, ['HTTPRoute models/llama', ({ spec }) => { delete spec.parentRefs[0].namespace; }]);
  expect(linesOf(objects, rule)).toEqual([
    expect.stringContaining('spec.parentRefs[0] is "models/inference-gateway": names no Gateway of namespace models: no request reaches the route; write namespace: gateway, where Gateway inference-gateway is'),
  ]);
});

test('fails for a kind that is no parent, and for the parent of a ListenerSet', () => {
  expect(linesOf([route('a/a', { name: 'x', kind: 'Gatway' })], rule)).toEqual([expect.stringContaining('spec.parentRefs[0].kind is "Gatway": is no kind that a route can be attached to; allowed: Gateway, ListenerSet')]);
  expect(linesOf([gateway('a/other', [listener()]), listenerSet('a/set', 'a/gateway', [listener()])], rule)).toEqual([expect.stringContaining('spec.parentRef.name is "gateway": names no Gateway of namespace a')]);
});

test('fails without any parent, and for the Gateway of another group', () => {
  expect(linesOf([route('a/r', {}, [], { parentRefs: [] })], rule)).toEqual([expect.stringContaining('spec.parentRefs: is missing or empty: the route is attached to no Gateway')]);
  expect(linesOf([route('a/r', { group: 'networking.istio.io', kind: 'Gateway', name: 'g' })], rule)).toEqual([
    expect.stringContaining('spec.parentRefs[0].group is "networking.istio.io": has no Gateway that a route can be attached to; allowed: gateway.networking.k8s.io; leave the group out'),
  ]);
});

test('routes that another one hands requests on to', () => {
  const parent = route('a/parent', 'a/g', [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: '*', namespace: 'b' }]);
  const child = route('b/child', 'a/g', [{ name: 's', port: 80 }]);
  const free = { ...child, spec: { rules: child.spec.rules } };
  expect(linesOf([gateway('a/g', [listener()]), parent, free], rule)).toEqual([]);
  expect(linesOf([parent, { ...child, spec: { ...child.spec, parentRefs: [{ kind: 'HTTPRoute', name: 'parent', namespace: 'a' }] } }], rule)).toEqual([]);
  expect(linesOf([free], rule)).toEqual([expect.stringMatching(/^warning HTTPRoute b\/child: IGW1007 spec.parentRefs: is missing or empty/)]);
});
