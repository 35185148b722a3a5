/*
 * Where a Higress finds services that are not of its cluster, and a plugin in its own words: what a module, its checksum, its variables and
 * its match rules look like without the catalogue.
 */
import { App, Chart, Duration } from 'cdk8s';
import {
  McpBridge, SecretText, ServiceProtocol, ServiceRegistry, WasmPlugin, WasmPluginFailStrategy, WasmPluginPhase, WasmPluginPullPolicy,
  WasmPluginRouteType, WasmPluginUrl,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

new Namespace(new Chart(app, '00-namespaces'), 'higress-system', { metadata: { name: 'higress-system' } });
const higress = new Chart(app, 'higress', { namespace: 'higress-system' });

const openai = ServiceRegistry.dns('openai', ['api.openai.com'], { protocol: ServiceProtocol.HTTPS, proxyName: 'corp' });
const gpuHosts = ServiceRegistry.staticAddresses('gpu-hosts', ['10.20.0.11:8000', '[2001:db8::12]:8000']);
const consul = ServiceRegistry.consul('consul', { domain: 'consul.example.com', datacenter: 'dc1', serviceTag: 'llm', authSecretName: 'consul' });
const bridge = new McpBridge(higress, 'bridge', {
  proxies: [{ name: 'corp', address: 'proxy.example.com', port: 3128, connectTimeout: Duration.seconds(2) }],
  registries: [openai, gpuHosts, consul],
});
bridge.addRegistry(ServiceRegistry.nacos('nacos-1', { domain: 'nacos-1.example.com', groups: ['DEFAULT_GROUP'], virtualPort: 80 }));
bridge.addRegistry(ServiceRegistry.nacos2('nacos-2', {
  domain: 'nacos-2.example.com',
  groups: ['DEFAULT_GROUP', 'LLM'],
  namespaceId: 'models',
  refreshInterval: Duration.seconds(30),
  accessKey: SecretText.placeholder('<path:nacos#access-key>'),
  secretKey: SecretText.placeholder('<path:nacos#secret-key>'),
}));
bridge.addRegistry(ServiceRegistry.nacos3('nacos-3', {
  domain: 'nacos-3.example.com', groups: ['MCP'], enableMcpServer: true, mcpServerBaseUrl: '/mcp', enableScopeMcpServers: true, allowMcpServers: ['weather'],
}));
bridge.addRegistry(ServiceRegistry.zookeeper('zookeeper', { domain: 'zookeeper.example.com', servicesPath: ['/models'] }));
bridge.addRegistry(ServiceRegistry.eureka('eureka', { domain: 'eureka.example.com' }));

new WasmPlugin(higress, 'audit', {
  // A digest names one image for ever, so it needs no pull policy.
  url: WasmPluginUrl.oci('registry.example.com/plugins/audit', { digest: '7d1a54127b222502f5b79b5fb0803061152a44f92b37e23c6527baf665d4da9a' }),
  imagePullSecret: 'registry',
  phase: WasmPluginPhase.AUTHN,
  priority: 320,
  failStrategy: WasmPluginFailStrategy.FAIL_OPEN,
  env: [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'AUDIT_TOKEN', fromHost: true }],
  defaultConfig: { sink: openai.serviceName() },
  matchRules: [
    { ingress: ['public-models', 'research/models'], config: { sink: gpuHosts.serviceName() } },
    { domain: ['*.internal.example.com'], config: { sample: 0.1 } },
    { service: [consul.serviceName('embeddings')], config: { sample: 1 } },
    { service: [gpuHosts.serviceName()], routeType: WasmPluginRouteType.GRPC, config: { protocol: 'grpc' } },
  ],
});

new WasmPlugin(higress, 'headers', {
  url: WasmPluginUrl.http('https://modules.example.com/headers/1.0.0/plugin.wasm', {
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  }),
  imagePullPolicy: WasmPluginPullPolicy.UNSPECIFIED,
  phase: WasmPluginPhase.STATS,
  priority: 1,
  failStrategy: WasmPluginFailStrategy.FAIL_OPEN,
  defaultConfig: {},
  defaultConfigDisable: false,
  matchRules: [],
});

app.synth();
