import { rule } from '../../../../src/graph/rules/gateway-api/protocol-unknown';
import { linesOf } from '../../lint';
import { gateway, listener, listenerSet } from '../../objects';

const of = (protocol: string) => linesOf([gateway('a/g', [listener({ protocol })])], rule);

test.each(['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP', 'HBONE', 'example.com/quic', '${PROTOCOL}'])('protocol %s', (protocol) => {
  expect(of(protocol)).toEqual([]);
});

test('fails for small letters, and for a letter too many', () => {
  expect(of('http')).toEqual([
    'error Gateway a/g: IGW1809 spec.listeners[0].protocol is "http": is no protocol that gateways know: the listener is not programmed; allowed: HTTP, HTTPS, TLS, TCP, UDP; write HTTP',
  ]);
  expect(of('HTTPx')).toEqual([expect.stringMatching(/^error .*write HTTP$/)]);
});

test('fails softly for any other word, in a ListenerSet as well', () => {
  expect(of('QUIC')).toEqual([expect.stringMatching(/^warning .*write one of these$/)]);
  expect(linesOf([gateway('a/g', [listener()]), listenerSet('a/l', 'a/g', [listener({ protocol: 'https' })])], rule)).toEqual([expect.stringContaining('ListenerSet a/l: IGW1809')]);
});
