import { rule } from '../../../../src/graph/rules/gateway-api/route-kind-unsupported';
import { linesOf } from '../../lint';
import { gateway, listener } from '../../objects';

const kinds = (names: string[], more: object = {}) => gateway('a/g', [listener({ allowedRoutes: { kinds: names.map((kind) => ({ kind })) }, ...more })]);

test('kinds that fit the protocol', () => {
  expect(linesOf([kinds(['HTTPRoute', 'GRPCRoute'])], rule)).toEqual([]);
  expect(linesOf([kinds(['TLSRoute', 'TCPRoute'], { protocol: 'TLS', tls: { mode: 'Terminate' } })], rule)).toEqual([]);
});

test('fails for kinds that do not', () => {
  expect(linesOf([kinds(['HTTPRoute', 'TLSRoute'])], rule)).toEqual([
    'error Gateway a/g: IGW1804 spec.listeners[0].allowedRoutes.kinds[1].kind is "TLSRoute": is no kind of route that listener http with protocol HTTP can have; '
    + 'allowed: HTTPRoute, GRPCRoute; name a kind that fits the protocol, or leave kinds out to allow all that do',
  ]);
  expect(linesOf([kinds(['TCPRoute'], { protocol: 'TLS', tls: { mode: 'Passthrough' } })], rule)).toEqual([expect.stringContaining('allowed: TLSRoute')]);
});

test('fails for the right kind of a wrong group', () => {
  const wrong = gateway('a/g', [listener({ allowedRoutes: { kinds: [{ group: 'gateway.x-k8s.io', kind: 'HTTPRoute' }] } })]);
  expect(linesOf([wrong], rule)).toEqual([expect.stringContaining('kinds[0].group is "gateway.x-k8s.io": has no kind HTTPRoute; allowed: gateway.networking.k8s.io; leave the group out')]);
});
