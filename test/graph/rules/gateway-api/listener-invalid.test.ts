import { rule } from '../../../../src/graph/rules/gateway-api/listener-invalid';
import { linesOf } from '../../lint';
import { gateway, listener, listenerSet } from '../../objects';

const tls = { certificateRefs: [{ name: 'cert' }] };

test('listeners that fit their protocol', () => {
  const listeners = [listener(), listener({ name: 'https', port: 443, protocol: 'HTTPS', tls }), listener({ name: 'pass', port: 8443, protocol: 'TLS', tls: { mode: 'Passthrough' } })];
  expect(linesOf([gateway('a/g', listeners)], rule)).toEqual([]);
});

test.each([
  [{ tls }, 'spec.listeners[0].tls: is not possible with protocol HTTP; leave it out, or set protocol: HTTPS'],
  [{ protocol: 'HTTPS', tls: { ...tls, mode: 'Passthrough' } }, 'tls.mode is "Passthrough": is not possible with protocol HTTPS; allowed: Terminate'],
  [{ protocol: 'TLS' }, 'tls.mode: is missing: protocol TLS does not say who ends TLS; allowed: Terminate, Passthrough'],
  [{ protocol: 'TCP', hostname: 'a.com' }, 'hostname is "a.com": is not possible with protocol TCP'],
  [{ protocol: 'HTTPS', tls: {} }, 'tls.certificateRefs: is missing: the listener has no certificate to show'],
])('fails for %j', (more, message) => {
  expect(linesOf([gateway('a/g', [listener(more)])], rule)).toEqual([expect.stringContaining(message)]);
});

test('fails for HTTPS without tls, softly where certificates may come in another way', () => {
  expect(linesOf([gateway('a/g', [listener({ protocol: 'HTTPS' })])], rule)).toEqual([expect.stringMatching(/^error/)]);
  expect(linesOf([gateway('a/g', [listener({ protocol: 'HTTPS' })], { gatewayClassName: 'gke-l7-rilb' })], rule)).toEqual([expect.stringMatching(/^warning .*a listener with protocol HTTPS has no certificate to show/)]);
});

test('fails for a name or place that another listener has', () => {
  expect(linesOf([listenerSet('a/s', 'a/g', [listener(), listener({ port: 81 })])], rule)).toEqual([expect.stringContaining('spec.listeners[1].name is "http": is the name of another listener of ListenerSet a/s')]);
  expect(linesOf([gateway('a/g', [listener(), listener({ name: 'b' })])], rule)).toEqual([expect.stringContaining('spec.listeners[1] is "HTTP 80": is the port, protocol and hostname of listener http as well')]);
});
