import { Duration } from 'cdk8s';
import { McpBridge, SecretText, ServiceProtocol, ServiceRegistry } from '../../src';
import { warningsOf } from '../../src/core';
import { chartsOf, objectOf } from '../synth';

const corp = { name: 'corp', address: 'proxy.example.com', port: 3128 };

test('the smallest McpBridge', () => {
  const [chart] = chartsOf('higress-system');
  new McpBridge(chart, 'bridge');
  expect(objectOf(chart, 'McpBridge')).toEqual({
    apiVersion: 'networking.higress.io/v1', kind: 'McpBridge', metadata: { name: 'default', namespace: 'higress-system' }, spec: { proxies: [], registries: [] },
  });
});

test('registries and proxies, also those that are added later', () => {
  const [chart] = chartsOf('higress-system');
  const bridge = new McpBridge(chart, 'bridge', {
    registries: [ServiceRegistry.dns('openai', ['api.openai.com'], { protocol: ServiceProtocol.HTTPS, proxyName: 'corp' })],
    proxies: [{ ...corp, connectTimeout: Duration.seconds(5), listenerPort: 15021 }],
    labels: { team: 'net' },
    annotations: { note: 'keep' },
  });
  bridge.addRegistry(ServiceRegistry.staticAddresses('local', ['10.0.0.1:8000']));
  const { metadata, spec } = objectOf(chart, 'McpBridge');
  expect(metadata).toMatchObject({ labels: { team: 'net' }, annotations: { note: 'keep' } });
  expect(spec.proxies).toEqual([
    { type: 'HTTP', name: 'corp', serverAddress: 'proxy.example.com', serverPort: 3128, connectTimeout: 5000, listenerPort: 15021 },
  ]);
  expect(spec.registries.map(({ name, type, proxyName }: any) => [name, type, proxyName])).toEqual([['openai', 'dns', 'corp'], ['local', 'static', undefined]]);
});

test('a secret of a registry stands in it, with a warning', () => {
  const [chart] = chartsOf('higress-system');
  const registry = ServiceRegistry.nacos2('n', {
    domain: 'nacos.example.com', groups: ['DEFAULT_GROUP'], accessKey: SecretText.unsafePlainText('a'), secretKey: SecretText.placeholder('<path:nacos#key>'),
  });
  new McpBridge(chart, 'bridge', { registries: [registry] });
  expect(objectOf(chart, 'McpBridge').spec.registries[0]).toMatchObject({ nacosAccessKey: 'a', nacosSecretKey: '<path:nacos#key>' });
  expect(warningsOf(chart)).toEqual([expect.stringMatching(/IGW701 registries\[0\]\.\S+: is a secret in plain text/)]);
});

describe('mistakes', () => {
  const bridge = (props = {}) => new McpBridge(chartsOf('higress-system')[0], 'bridge', props);

  test('fails for a name that is taken', () => {
    const made = bridge({ registries: [ServiceRegistry.dns('a', ['a.example.com'])] });
    expect(() => made.addRegistry(ServiceRegistry.dns('a', ['b.example.com']))).toThrow(/IGW741 registries\[1\].name is "a": is the name of another dns registry/);
    // Its services are called another way.
    made.addRegistry(ServiceRegistry.staticAddresses('a', ['10.0.0.1:80']));
  });

  test('fails for a proxy that is not there', () => {
    const registry = ServiceRegistry.dns('a', ['a.example.com'], { proxyName: 'none' });
    expect(() => bridge({ registries: [registry], proxies: [corp] })).toThrow(/IGW741 registries\[0\].proxyName is "none": is no proxy of the McpBridge; allowed: corp/);
    expect(() => bridge({ registries: [registry] })).toThrow(/allowed: none: there is no proxy/);
  });

  test.each([
    [{ proxies: [corp, corp] }, /IGW741 proxies\[1\].name is "corp": is the name of another proxy/],
    [{ proxies: [{ ...corp, address: 'proxy:3128' }] }, /IGW741 proxies\[0\].address is "proxy:3128".*the port as `port`/],
    [{ proxies: [{ ...corp, port: 0 }] }, /IGW741 proxies\[0\].port is 0: is not a port; allowed: 1 to 65535/],
    [{ proxies: [{ ...corp, listenerPort: 1.5 }] }, /IGW741 proxies\[0\].listenerPort is 1.5/],
    [{ proxies: [{ ...corp, name: 'Corp' }] }, /IGW101 proxies\[0\].name is "Corp"/],
    [{ namespace: 'A' }, /IGW101 namespace is "A"/],
    [{ registries: [ServiceRegistry.dns('a', ['10.0.0.1'])] }, /IGW704 registries\[0\].domain/],
  ])('fails for %j', (props, message) => {
    expect(() => bridge(props)).toThrow(message);
  });
});
