import { gatewaysOf, listenerSetsOf } from '../../../src/graph/views/gateways';
import { grantsFor } from '../../../src/graph/views/grants';
import { intersection } from '../../../src/graph/views/hostnames';
import { gatewaysBefore, Route, routesOf } from '../../../src/graph/views/routes';
import { graphOf } from '../lint';

const API = 'gateway.networking.k8s.io/v1';
const gateway = (listeners: unknown, more: object = {}) => (
  { apiVersion: API, kind: 'Gateway', metadata: { name: 'g', namespace: 'infra' }, spec: { gatewayClassName: 'istio', listeners, ...more } });
const http = (name: string, more: object = {}) => ({ name, port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } }, ...more });
const route = (spec: object, kind = 'HTTPRoute') => (
  { apiVersion: API, kind, metadata: { name: 'r', namespace: 'team' }, spec: { parentRefs: [{ name: 'g', namespace: 'infra' }], ...spec } });
const routeIn = (...objects: object[]): Route => routesOf(graphOf(objects))[0];

test('the smallest route', () => {
  const { attachments: [{ accepted, found, gateway: parent }], rules } = routeIn(gateway([http('a')]), route({ rules: [{ backendRefs: [{ name: 's', port: 80 }] }] }));
  expect(accepted.map(({ name }) => name)).toEqual(['a']);
  expect([found, parent?.name]).toEqual([true, 'g']);
  expect(rules[0].matches).toEqual([{ path: ['spec', 'rules', 0], headers: [], pathType: 'PathPrefix', pathValue: '/', queryParams: [] }]);
  expect(rules[0].backends[0]).toMatchObject({ group: '', kind: 'Service', namespace: 'team', name: 's', weight: 1, mirror: false });
});

test.each<[string, object, object, string[], string[]]>([
  ['all listeners', {}, {}, ['a', 'b'], []],
  ['one by its name', { sectionName: 'b' }, {}, ['b'], []],
  ['one by its port', { port: 8080 }, {}, ['b'], []],
  ['none by name and port', { sectionName: 'a', port: 8080 }, {}, [], []],
  ['those with a common hostname', {}, { hostnames: ['x.example.com'] }, ['a'], ['b hostname']],
])('a parentRef means %s', (_, ref, spec, accepted, refused) => {
  const listeners = [http('a'), http('b', { port: 8080, hostname: '*.other.com' })];
  const [attachment] = routeIn(gateway(listeners), route({ parentRefs: [{ name: 'g', namespace: 'infra', ...ref }], ...spec })).attachments;
  expect(attachment.accepted.map(({ name }) => name)).toEqual(accepted);
  expect(attachment.refused.map(({ listener, why }) => `${listener.name} ${why}`)).toEqual(refused);
});

test.each<[object | undefined, object | undefined, string[]]>([
  [undefined, undefined, ['namespace']],
  [{ namespaces: { from: 'Same' } }, undefined, ['namespace']],
  [{ namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'team' } } } }, undefined, []],
  [{ namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['other'] }] } } }, undefined, ['namespace']],
  // The labels of a namespace that is not in the set are not known.
  [{ namespaces: { from: 'Selector', selector: { matchLabels: { tier: 'x' } } } }, undefined, []],
  [{ namespaces: { from: 'Selector', selector: { matchLabels: { tier: 'x' } } } }, { tier: 'y' }, ['namespace']],
  [{ namespaces: { from: 'Selector', selector: { matchLabels: { tier: 'x' } } } }, { tier: 'x' }, []],
  [{ namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] }, undefined, ['kind']],
])('allowedRoutes %j, labels %j: %j', (allowedRoutes, labels, refused) => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels } };
  const [attachment] = routeIn(gateway([http('a', { allowedRoutes })]), route({}), ...(labels ? [namespace] : [])).attachments;
  expect(attachment.refused.map(({ why }) => why)).toEqual(refused);
});

test('a TLSRoute does not attach to a listener for HTTP', () => {
  expect(routeIn(gateway([http('a')]), route({}, 'TLSRoute')).attachments[0].refused.map(({ why }) => why)).toEqual(['kind']);
});

test('a Gateway outside of the set is not found, and takes nothing', () => {
  expect(routeIn(route({})).attachments[0]).toMatchObject({ found: false, candidates: [], accepted: [] });
});

test('mirrors, timeouts and headers', () => {
  const [rule] = routeIn(route({
    rules: [{
      matches: [{ headers: [{ name: 'X-Gateway-Model-Name', value: 'a' }] }],
      filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'm', port: 1 } } }],
      timeouts: { request: '1s' },
    }],
  })).rules;
  expect(rule.matches[0].headers[0]).toMatchObject({ name: 'X-Gateway-Model-Name', type: 'Exact', value: 'a', path: ['spec', 'rules', 0, 'matches', 0, 'headers', 0] });
  expect(rule.mirrors[0]).toMatchObject({ name: 'm', mirror: true, path: ['spec', 'rules', 0, 'filters', 0, 'requestMirror', 'backendRef'] });
  expect(rule.timeouts).toMatchObject({ request: '1s' });
});

test('the Gateways before an object', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'team' } };
  const graph = graphOf([gateway([http('a')]), service, route({ rules: [{ backendRefs: [{ name: 's', port: 80 }] }] })]);
  expect(gatewaysBefore(graph, graph.ofKind('', 'Service')[0]).map(({ name }) => name)).toEqual(['g']);
});

test('a Gateway takes the listeners of ListenerSets where it says so', () => {
  const set = { apiVersion: API, kind: 'ListenerSet', metadata: { name: 'l', namespace: 'team' }, spec: { parentRef: { name: 'g', namespace: 'infra' }, listeners: [http('b')] } };
  const closed = graphOf([gateway([http('a')]), set]);
  expect(gatewaysOf(closed)[0].listeners.map(({ name }) => name)).toEqual(['a']);
  expect(listenerSetsOf(closed)[0].accepted).toBe(false);
  const open = graphOf([gateway([http('a')], { allowedListeners: { namespaces: { from: 'All' } } }), set, route({ parentRefs: [{ kind: 'ListenerSet', name: 'l' }] })]);
  expect(gatewaysOf(open)[0].listeners.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(routesOf(open)[0].attachments[0]).toMatchObject({ gateway: { name: 'g' }, accepted: [{ name: 'b' }] });
});

test('grants, by kind and by name', () => {
  const grant = (to: object) => ({
    apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant', metadata: { name: 'x', namespace: 'pools' }, spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team' }], to: [to] },
  });
  const from = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team' };
  const count = (to: object, name: string, namespace = 'pools') => grantsFor(graphOf([grant(to)]), from, { group: 'g', kind: 'P', namespace, name }).length;
  expect(count({ group: 'g', kind: 'P' }, 'a')).toBe(1);
  expect(count({ group: 'g', kind: 'P', name: 'a' }, 'a')).toBe(1);
  expect(count({ group: 'g', kind: 'P', name: 'a' }, 'b')).toBe(0);
  expect(count({ group: '', kind: 'P' }, 'a')).toBe(0);
  expect(count({ group: 'g', kind: 'P' }, 'a', 'other')).toBe(0);
});

test.each<[string | undefined, string[], (string | undefined)[]]>([
  [undefined, [], [undefined]],
  ['a.com', [], ['a.com']],
  [undefined, ['b.com'], ['b.com']],
  ['*.a.com', ['x.a.com', 'a.com', 'x.b.com'], ['x.a.com']],
  ['x.a.com', ['*.a.com'], ['x.a.com']],
  ['*.a.com', ['*.y.a.com', '*.com'], ['*.y.a.com', '*.a.com']],
  ['a.com', ['A.com'], ['a.com']],
])('hostnames of listener %s and route %j', (listener, hostnames, common) => {
  expect(intersection(listener, hostnames)).toEqual(common);
});
