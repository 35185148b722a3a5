import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { SecretText, ServiceProtocol, ServiceRegistry } from '../../src/higress';
import { withGoldens } from '../goldens';

const EMPTY = { allowMcpServers: [], mcpServerExportDomains: [], metadata: {}, nacosGroups: [], zkServicesPath: [] };
const mistakes = (registry: ServiceRegistry) => registry._mistakes('registries[0]').map(({ code, field, problem, fix }) => `${code} ${field} ${problem}; ${fix}`);

test('the smallest registry', () => {
  const registry = ServiceRegistry.dns('openai', ['api.openai.com']);
  expect(registry._entry()).toEqual({ ...EMPTY, name: 'openai', type: 'dns', domain: 'api.openai.com', port: 80, protocol: 'http' });
  expect(registry.serviceName()).toBe('openai.dns');
  expect(registry.destination()).toBe('openai.dns:80');
  expect(mistakes(registry)).toEqual([]);
});

test('TLS has its own port', () => {
  const registry = ServiceRegistry.dns('openai', ['a.example.com', 'b.example.com'], { protocol: ServiceProtocol.HTTPS, sni: 'x.example.com', proxyName: 'p' });
  expect(registry._entry()).toEqual({
    ...EMPTY, name: 'openai', type: 'dns', domain: 'a.example.com,b.example.com', port: 443, protocol: 'https', sni: 'x.example.com', proxyName: 'p',
  });
});

test('static addresses', () => {
  const registry = ServiceRegistry.staticAddresses('m', ['10.0.0.1:8000', '[2001:db8::1]:8000']);
  expect(registry._entry()).toEqual({ ...EMPTY, name: 'm', type: 'static', domain: '10.0.0.1:8000,[2001:db8::1]:8000', port: 80, protocol: 'http' });
  expect(registry.destination()).toBe('m.static:80');
  expect(mistakes(registry)).toEqual([]);
});

test('nacos, of three versions', () => {
  const options = { domain: 'nacos.default.svc', groups: ['DEFAULT_GROUP'], refreshInterval: Duration.seconds(30), authSecretName: 'nacos', virtualPort: 80 };
  const registry = ServiceRegistry.nacos('n', options);
  const shared = {
    ...EMPTY,
    name: 'n',
    domain: 'nacos.default.svc',
    port: 8848,
    nacosGroups: ['DEFAULT_GROUP'],
    nacosRefreshInterval: 30_000_000_000,
    authSecretName: 'nacos',
    vport: { default: 80 },
  };
  expect(registry._entry()).toEqual({ ...shared, type: 'nacos' });
  expect(registry.serviceName('my_orders')).toBe('my_orders.DEFAULT-GROUP.public.nacos');
  expect(ServiceRegistry.nacos2('n', { ...options, accessKey: SecretText.placeholder('<a>'), secretKey: SecretText.placeholder('<b>') })._entry())
    .toEqual({ ...shared, type: 'nacos2', nacosAccessKey: '<a>', nacosSecretKey: '<b>' });
  expect(ServiceRegistry.nacos3('n', { ...options, enableMcpServer: true, mcpServerBaseUrl: '/mcp', mcpServerExportDomains: ['*'], namespaceId: 'dev' })._entry())
    .toEqual({ ...shared, type: 'nacos3', nacosNamespaceId: 'dev', enableMCPServer: true, mcpServerBaseUrl: '/mcp', mcpServerExportDomains: ['*'] });
  expect(ServiceRegistry.nacos3('n', { ...options, namespaceId: 'dev' }).serviceName('a', 'g_1')).toBe('a.g-1.dev.nacos');
});

test('services of zookeeper are named by their path', () => {
  const zookeeper = ServiceRegistry.zookeeper('z', { domain: 'zookeeper.example.com', servicesPath: ['/models/llm'] });
  expect(zookeeper.serviceName('orders')).toBe('orders.services');
  expect(zookeeper.serviceName('chat', '/models/llm')).toBe('chat.models-llm');
  expect(zookeeper.serviceName('chat', '/')).toBe('chat');
  expect(zookeeper.serviceName('providers:org.example.Greeting:1.0.0:')).toBe('providers:org.example.Greeting:1.0.0:');
});

test('zookeeper, consul and eureka', () => {
  expect(ServiceRegistry.zookeeper('z', { domain: '10.0.0.1', servicesPath: ['/x'] })._entry())
    .toEqual({ ...EMPTY, name: 'z', type: 'zookeeper', domain: '10.0.0.1', port: 2181, zkServicesPath: ['/x'] });
  const consul = ServiceRegistry.consul('c', { domain: 'consul', datacenter: 'dc1', serviceTag: 'web', refreshInterval: Duration.seconds(10) });
  expect(consul._entry()).toEqual({
    ...EMPTY, name: 'c', type: 'consul', domain: 'consul', port: 8500, consulDatacenter: 'dc1', consulServiceTag: 'web', consulRefreshInterval: 10_000_000_000,
  });
  expect(consul.serviceName('a_b')).toBe('a-b.dc1.consul');
  const eureka = ServiceRegistry.eureka('e', { domain: 'eureka', virtualPorts: [{ service: 'a.eureka', port: 81 }] });
  expect(eureka._entry()).toEqual({ ...EMPTY, name: 'e', type: 'eureka', domain: 'eureka', port: 8761, vport: { services: [{ name: 'a.eureka', value: 81 }] } });
  expect(eureka.serviceName('a')).toBe('a.eureka');
  [consul, eureka].forEach((registry) => expect(mistakes(registry)).toEqual([]));
});

test.each<[string, ServiceRegistry, RegExp]>([
  ['a name in upper case', ServiceRegistry.dns('A', ['a.com']), /IGW101 registries\[0\]\.name/],
  ['a port out of range', ServiceRegistry.dns('a', ['a.com'], { port: 0 }), /IGW704 registries\[0\]\.port is not a port/],
  ['an address as domain', ServiceRegistry.dns('a', ['10.0.0.1']), /domain is an IP address.*staticAddresses/],
  ['a domain without a dot', ServiceRegistry.dns('a', ['localhost']), /domain is no domain name that Higress takes.*service\.namespace\.svc/],
  ['a domain with a port', ServiceRegistry.dns('a', ['a.com:80']), /give the port as `port`/],
  ['no domain', ServiceRegistry.dns('a', []), /is no domain name/],
  ['a domain as address', ServiceRegistry.staticAddresses('a', ['a.com:80']), /is a domain name, where IP addresses belong; use ServiceRegistry\.dns/],
  ['an address without a port', ServiceRegistry.staticAddresses('a', ['10.0.0.1']), /is not an IP address with a port/],
  ['an address with port 0', ServiceRegistry.staticAddresses('a', ['10.0.0.1:0']), /is not a port/],
  ['a bare IPv6 address', ServiceRegistry.staticAddresses('a', ['2001:db8::1:80']), /is not an IP address with a port/],
  ['no Nacos group', ServiceRegistry.nacos('a', { domain: 'n', groups: [] }), /nacosGroups is empty, so no service is found/],
  ['a bad Nacos host', ServiceRegistry.nacos('a', { domain: 'http://n', groups: ['g'] }), /domain is neither a host name nor an IP address/],
  ['a short interval', ServiceRegistry.nacos('a', { domain: 'n', groups: ['g'], refreshInterval: Duration.seconds(5) }), /is shorter than Higress takes/],
  ['a bad virtual port', ServiceRegistry.eureka('a', { domain: 'n', virtualPort: 70000 }), /vport\.default is not a port/],
  ['no datacenter', ServiceRegistry.consul('a', { domain: 'n', datacenter: '' }), /consulDatacenter is empty/],
  ['a relative path', ServiceRegistry.zookeeper('a', { domain: 'n', servicesPath: ['x'] }), /zkServicesPath\[0\] is not an absolute path/],
  ['no MCP server', ServiceRegistry.nacos3('a', { domain: 'n', groups: ['g'], enableScopeMcpServers: true }), /allowMcpServers is empty/],
  ['a reference to a Secret', ServiceRegistry.nacos2('a', { domain: 'n', groups: ['g'], secretKey: SecretText.fromSecret('s', 'k') }), /IGW702 registries\[0\]\.nacosSecretKey refers to a Secret, which nothing resolves here/],
])('fails for %s', (_, registry, message) => {
  expect(mistakes(registry)).toEqual([expect.stringMatching(message)]);
});

test('fails when a service is named in the wrong way', () => {
  expect(() => ServiceRegistry.dns('a', ['a.com']).serviceName('b')).toThrow(/IGW704 service is "b": is given, and the dns registry is one service/);
  expect(() => ServiceRegistry.eureka('a', { domain: 'n' }).serviceName()).toThrow(/IGW704 service: is missing/);
});

test('any IPv4 address with a port is an address', () => {
  fc.assert(fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65535 }), (ip, port) => mistakes(ServiceRegistry.staticAddresses('a', [`${ip}:${port}`])).length === 0));
});

withGoldens('registries of GPUStack come out as they are', (folder) => {
  test('registries of GPUStack come out as they are', () => {
    const directory = join(folder, 'gpustack');
    const entries = readdirSync(directory).filter((file) => file.endsWith('.json') && !/^(seed-)?j-/.test(file))
      .flatMap((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')).expected ?? [])
      .filter((object: any) => object?.kind === 'McpBridge').flatMap((object: any) => object.spec?.registries ?? []);
    expect(entries.length).toBeGreaterThan(20);
    entries.filter(({ type, protocol }: any) => ['dns', 'static'].includes(type) && protocol).forEach((entry: any) => {
      const { name, domain, port, protocol, proxyName, sni } = entry;
      const make = entry.type === 'dns' ? ServiceRegistry.dns : ServiceRegistry.staticAddresses;
      const { metadata, ...rest } = make(name, domain.split(','), { port, protocol, proxyName, sni })._entry();
      expect({ metadata: entry.metadata, ...rest }).toEqual(entry);
      expect(metadata).toEqual({});
    });
  });
});
