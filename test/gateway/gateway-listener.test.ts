import * as fc from 'fast-check';
import { AllowedRoutes, CertificateRef, GatewayImplementation, GatewayListener, InferenceGateway } from '../../src/gateway';
import { chartsOf, objectOf } from '../synth';

const implementation = GatewayImplementation.istio();
const certificate = CertificateRef.secret('tls');

function specOf(...listeners: GatewayListener[]): any[] {
  const [chart] = chartsOf('edge');
  new InferenceGateway(chart, 'gw', { implementation, listeners, allowedRoutes: AllowedRoutes.unmanaged() });
  return objectOf(chart, 'Gateway').spec.listeners;
}

test('the smallest listener is HTTP on port 80', () => {
  expect(specOf(GatewayListener.http())).toEqual([{ name: 'http', protocol: 'HTTP', port: 80 }]);
});

test('an HTTPS listener ends TLS on port 443', () => {
  expect(specOf(GatewayListener.https({ certificate }))).toEqual([
    { name: 'https', protocol: 'HTTPS', port: 443, tls: { mode: 'Terminate', certificateRefs: [{ name: 'tls' }] } },
  ]);
});

test('name, port and hostname can be set', () => {
  expect(specOf(
    GatewayListener.http({ name: 'plain', port: 8080, hostname: '*.example.com' }),
    GatewayListener.https({ name: 'safe', port: 8443, hostname: 'models.example.com', certificate }),
  )).toMatchObject([
    { name: 'plain', protocol: 'HTTP', port: 8080, hostname: '*.example.com' },
    { name: 'safe', protocol: 'HTTPS', port: 8443, hostname: 'models.example.com' },
  ]);
});

test('one port serves several hostnames', () => {
  const listeners = ['a.example.com', 'b.example.com', undefined].map((hostname, index) => GatewayListener.http({ name: `l${index}`, hostname }));
  expect(specOf(...listeners)).toHaveLength(3);
});

test.each([0, -1, 65536, 80.5, NaN])('fails on port %d', (port) => {
  expect(() => specOf(GatewayListener.http({ port }))).toThrow(
    `IGW401 spec.listeners[0].port is ${JSON.stringify(port)}: is not a port; allowed: whole numbers from 1 to 65535; set another port`,
  );
});

test.each(['', 'https://example.com', 'example.com:443', 'Example.com', '*', '10.0.0.1'])('fails on hostname %j', (hostname) => {
  expect(() => specOf(GatewayListener.http({ hostname }))).toThrow(
    `IGW401 spec.listeners[0].hostname is ${JSON.stringify(hostname)}: is not a host name; ` +
    'allowed: a lower-case DNS name, with or without a leading *.; remove scheme, port and path',
  );
});

test('fails on a name that is none', () => {
  expect(() => specOf(GatewayListener.http({ name: 'HTTP' }))).toThrow(/IGW101 spec\.listeners\[0\]\.name is "HTTP": .*; set `name` to a valid name/);
});

test('fails on two listeners of one name', () => {
  expect(() => specOf(GatewayListener.http(), GatewayListener.http({ port: 8080 }))).toThrow(
    'IGW401 spec.listeners[1].name is "http": is the name of another listener too; give each listener a name of its own',
  );
});

test('fails on two listeners of one port and hostname', () => {
  expect(() => specOf(GatewayListener.http(), GatewayListener.http({ name: 'second' }))).toThrow(
    'IGW401 spec.listeners[1] is {"port":80,"protocol":"HTTP"}: is what listener http listens on too; change the port or the hostname of one of them',
  );
});

test('fails on two protocols on one port', () => {
  expect(() => specOf(GatewayListener.http({ port: 443 }), GatewayListener.https({ certificate }))).toThrow(
    'IGW401 spec.listeners[1].port is 443: is used for HTTP and for HTTPS; use one protocol for each port',
  );
});

test('fails with the mistakes of all listeners together', () => {
  const listeners = [GatewayListener.http({ port: 0 }), GatewayListener.http({ hostname: 'a b' }), GatewayListener.http({ name: 'X', port: 0 })];
  expect(() => specOf(...listeners)).toThrow(new RegExp([
    '^edge/gw: 6 mistakes',
    '  IGW401 spec\\.listeners\\[0\\]\\.port is 0: .*',
    '  IGW401 spec\\.listeners\\[1\\]\\.hostname is "a b": .*',
    '  IGW101 spec\\.listeners\\[2\\]\\.name is "X": .*',
    '  IGW401 spec\\.listeners\\[2\\]\\.port is 0: .*',
    '  IGW401 spec\\.listeners\\[1\\]\\.name is "http": .*',
    '  IGW401 spec\\.listeners\\[2\\] is \\{"port":0,"protocol":"HTTP"\\}: is what listener http listens on too; .*$',
  ].join('\n')));
});

test('listeners that differ in name and port are always accepted, in their order', () => {
  const distinct = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), fc.integer({ min: 1, max: 65535 })), {
    minLength: 1, maxLength: 8, comparator: (a, b) => a[0] === b[0] || a[1] === b[1],
  });
  fc.assert(fc.property(distinct, (pairs) => {
    const listeners = pairs.map(([name, port], index) => (
      index % 2 === 0 ? GatewayListener.http({ name, port }) : GatewayListener.https({ name, port, certificate })
    ));
    expect(specOf(...listeners).map(({ name, port }) => [name, port])).toEqual(pairs);
  }), { numRuns: 50 });
});

test('fails on any duplicate, wherever it stands', () => {
  fc.assert(fc.property(fc.nat(5), fc.nat(5), (first, second) => {
    const listeners = Array.from({ length: 7 }, (_, index) => GatewayListener.http({ name: `l${index}`, port: 8000 + index }));
    listeners.splice(second, 0, listeners[first]);
    expect(() => specOf(...listeners)).toThrow(new RegExp(`IGW401 .*"l${first}": is the name of another listener too`));
  }), { numRuns: 36 });
});
