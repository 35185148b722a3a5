import { rule } from '../../../../src/graph/rules/gateway-api/listener-conflict';
import { linesOf } from '../../lint';
import { gateway, listener, listenerSet } from '../../objects';

const own = gateway('a/g', [listener({ hostname: 'a.com' })], { allowedListeners: { namespaces: { from: 'All' } } });

test('listeners of several hostnames on a port; HTTPS with TLS', () => {
  const listeners = [listener(), listener({ name: 'b', hostname: 'b.com' }), listener({ name: 'c', port: 443, protocol: 'HTTPS' }), listener({ name: 'd', port: 443, protocol: 'TLS', hostname: 'd.com' })];
  expect(linesOf([gateway('a/g', listeners)], rule)).toEqual([]);
});

test('fails for two protocols on a port', () => {
  expect(linesOf([gateway('a/g', [listener(), listener({ name: 'tcp', protocol: 'TCP' })])], rule)).toEqual([
    'error Gateway a/g: IGW1803 spec.listeners[1].protocol is "TCP": is in conflict with listener http of Gateway a/g, which has protocol HTTP on port 80; allowed: HTTP; use another port, or the protocol of http',
  ]);
});

test('fails for a hostname that the Gateway or an earlier ListenerSet has', () => {
  const set = (name: string, hostname: string) => listenerSet(`a/${name}`, 'a/g', [listener({ hostname })]);
  expect(linesOf([own, set('s', 'a.com')], rule)).toEqual([expect.stringContaining('ListenerSet a/s: IGW1803 spec.listeners[0].hostname is "a.com": is in conflict with listener http of Gateway a/g, which has this hostname on port 80')]);
  expect(linesOf([own, set('z', 'b.com'), set('y', 'b.com')], rule)).toEqual([expect.stringContaining('ListenerSet a/z: IGW1803')]);
  const older = { ...set('z', 'b.com'), metadata: { name: 'z', namespace: 'a', creationTimestamp: '2025-01-01T00:00:00Z' } };
  const younger = { ...set('y', 'b.com'), metadata: { name: 'y', namespace: 'a', creationTimestamp: '2025-02-01T00:00:00Z' } };
  expect(linesOf([own, older, younger], rule)).toEqual([expect.stringContaining('ListenerSet a/y: IGW1803')]);
});
