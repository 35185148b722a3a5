import { rule } from '../../../../src/graph/rules/permission/route-kind-not-allowed';
import { linesOf } from '../../lint';
import { gateway, listener, object, route } from '../../objects';

test('a listener that carries the kind', () => {
  expect(linesOf([gateway('a/g', [listener()]), route('a/r', 'a/g')], rule)).toEqual([]);
});

test('fails for a protocol that does not carry it', () => {
  const tls = object('gateway.networking.k8s.io/v1', 'TLSRoute', 'a/r', { spec: { parentRefs: [{ name: 'g' }] } });
  expect(linesOf([gateway('a/g', [listener()]), tls], rule)).toEqual([
    'error TLSRoute a/r: IGW1102 spec.parentRefs[0] is "a/g": takes no TLSRoute: listener http has protocol HTTP; no request reaches the route; allowed: HTTPRoute, GRPCRoute; attach it to a listener whose protocol carries a TLSRoute',
  ]);
});

test('fails for kinds that leave it out', () => {
  const kinds = listener({ allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } });
  expect(linesOf([gateway('a/g', [kinds]), route('a/r', 'a/g')], rule)).toEqual([expect.stringContaining('and names kinds in allowedRoutes; no request reaches the route; allowed: GRPCRoute; add HTTPRoute to allowedRoutes.kinds')]);
});
