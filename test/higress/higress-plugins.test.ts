import { Duration } from 'cdk8s';
import {
  GatewayToken, GpuStackGatewayMode, GpuStackRelease, GpuStackRole, GpuStackUpstream, HigressPlugin, HigressPlugins, HigressPluginsProps, Ownership,
  SecretText, ServiceRegistry, WasmPluginPhase, WasmPluginPullPolicy, WasmPluginUrl,
} from '../../src';
import { warningsOf } from '../../src/core';
import { chartsOf, idsOf, objectsOf } from '../synth';

const token = SecretText.placeholder('<path:gpustack#token>');
const authCacheKey = SecretText.placeholder('<path:gpustack#auth-cache>');
const pluginServerUrl = 'http://plugins.gpustack-system.svc:8080';

/** A gateway whose smallest form gives no warning. */
function gateway(props: Partial<HigressPluginsProps> = {}): { plugins: HigressPlugins; chart: ReturnType<typeof chartsOf>[number] } {
  const [chart] = chartsOf('higress-system');
  const plugins = new HigressPlugins(chart, 'gpustack', {
    release: GpuStackRelease.HEAD_2026_08, upstream: GpuStackUpstream.embedded(), ownership: Ownership.GITOPS, token, authCacheKey, ...props,
  });
  return { plugins, chart };
}

const pluginOf = (chart: Parameters<typeof objectsOf>[0], name: string) => objectsOf(chart).find(({ metadata }) => metadata.name === name).spec;

test('the smallest gateway', () => {
  const [chart] = chartsOf('any');
  new HigressPlugins(chart, 'gpustack', { release: GpuStackRelease.REFERENCE, upstream: GpuStackUpstream.inCluster() });
  expect(idsOf(chart)).toEqual([
    'gpustack-llm-ext-auth', 'gpustack-ai-statistics', 'gpustack-model-router', 'gpustack-ai-proxy', 'gpustack-set-model-pre-route',
    'gpustack-model-mapper', 'gpustack-generic-route-transformer', 'gpustack-header-transformer', 'gpustack-token-usage',
  ].map((name) => `WasmPlugin higress-system/${name}`));
});

describe('modes and roles', () => {
  test.each([
    ['embedded', GpuStackUpstream.embedded(), GpuStackRole.SERVER, 'static', '127.0.0.1:30080', 80],
    ['external', GpuStackUpstream.external({ address: '192.0.2.10' }), GpuStackRole.SERVER, 'static', '192.0.2.10:30080', 80],
    ['external IPv6', GpuStackUpstream.external({ address: '2001:db8::1' }), GpuStackRole.SERVER, 'static', '[2001:db8::1]:30080', 80],
    ['external worker', GpuStackUpstream.external({ address: '192.0.2.20' }), GpuStackRole.WORKER, 'static', '192.0.2.20:10150', 80],
    ['in the cluster', GpuStackUpstream.inCluster(), GpuStackRole.SERVER, 'dns', 'server.gpustack-system.svc', 30080],
    ['in the cluster, worker', GpuStackUpstream.inCluster(), GpuStackRole.WORKER, 'dns', 'worker.gpustack-system.svc', 10150],
    ['by the chart', GpuStackUpstream.helmChart(), GpuStackRole.SERVER, 'dns', 'gpustack-server-cluster-ip.gpustack-system.svc', 30080],
    ['by names of its own', GpuStackUpstream.inCluster({ service: 'api', namespace: 'llm', port: 8080 }), GpuStackRole.SERVER, 'dns', 'api.llm.svc', 8080],
  ])('%s: the registry', (_, upstream, role, type, domain, port) => {
    const { chart } = gateway({ upstream, role });
    const [registry] = objectsOf(chart).find(({ kind }) => kind === 'McpBridge').spec.registries;
    expect(registry).toMatchObject({ name: role === GpuStackRole.WORKER ? 'gpustack-worker' : 'gpustack', type, domain, port, protocol: 'http' });
  });

  test('a worker transforms no headers and counts no tokens', () => {
    const names = (role: GpuStackRole) => Object.keys(gateway({ upstream: GpuStackUpstream.inCluster(), role }).plugins.plugins);
    expect(names(GpuStackRole.SERVER).filter((name) => !names(GpuStackRole.WORKER).includes(name)))
      .toEqual(['gpustack-header-transformer', 'gpustack-token-usage']);
  });

  test.each([
    [GpuStackUpstream.disabled(), GpuStackRole.SERVER],
    [GpuStackUpstream.auto(), GpuStackRole.WORKER],
  ])('nothing is rendered without a gateway', (upstream, role) => {
    const { plugins, chart } = gateway({ upstream, role, token: undefined });
    expect(objectsOf(chart)).toEqual([]);
    expect(warningsOf(chart)).toEqual([]);
    expect(plugins.mode).toBe(GpuStackGatewayMode.DISABLED);
    expect([plugins.mcpBridge, plugins.ingress, plugins.plugins]).toEqual([undefined, undefined, {}]);
  });

  test('in a cluster the chart has the Ingress', () => {
    expect(gateway({ upstream: GpuStackUpstream.helmChart() }).plugins.ingress).toBeUndefined();
    expect(gateway().plugins.ingress?.name).toBe('gpustack');
  });

  test('the modules come from the chart\'s server of plugins', () => {
    const { chart } = gateway({ upstream: GpuStackUpstream.helmChart({ release: 'gs', namespace: 'llm', clusterDomain: 'corp.local' }) });
    expect(pluginOf(chart, 'gpustack-ai-statistics').url)
      .toBe('http://gs-higress-plugins.llm.svc.corp.local:8080/wasm-plugins/ai-statistics/2.0.0/plugin.wasm');
  });
});

describe('namespaces', () => {
  const matched = (props: Partial<HigressPluginsProps>) => pluginOf(gateway({ release: GpuStackRelease.REFERENCE, ...props }).chart, 'gpustack-llm-ext-auth')
    .matchRules[0].ingress;

  test('the Ingress of a match rule has a namespace where it is not that of Higress', () => {
    expect(matched({ upstream: GpuStackUpstream.inCluster() })).toEqual(['gpustack-system/gpustack']);
    expect(matched({ upstream: GpuStackUpstream.inCluster({ namespace: 'llm' }), gatewayNamespace: 'llm' })).toEqual(['gpustack']);
    expect(matched({ upstream: GpuStackUpstream.inCluster(), mirrorIngressName: 'main' })).toEqual(['gpustack-system/main']);
  });

  test('outside of the cluster all is in the namespace of Higress', () => {
    expect(matched({ upstream: GpuStackUpstream.external({ address: '192.0.2.10' }), gatewayNamespace: 'edge' })).toEqual(['gpustack']);
    expect(idsOf(gateway({ gatewayNamespace: 'edge' }).chart).every((id) => id.includes(' edge/'))).toBe(true);
  });

  test('names of routes are escaped in the regular expression', () => {
    expect(pluginOf(gateway({ upstream: GpuStackUpstream.inCluster() }).chart, 'gpustack-llm-ext-auth').defaultConfig.route_match_regexes)
      .toEqual(['^gpustack\\-system/ai\\-route\\-route\\-']);
  });
});

describe('the external URL', () => {
  const rulesOf = (externalUrl: string) => gateway({ externalUrl }).plugins.ingress!.toJson().spec.rules.map(({ host }: { host?: string }) => host);

  test('its host gets a rule after the one for every host', () => {
    expect(rulesOf('https://GPUStack.example.com:8443/path/')).toEqual([undefined, 'gpustack.example.com']);
  });

  test.each(['http://198.51.100.7', 'http://[2001:db8::1]:8000'])('an IP address is no host: %s', (url) => {
    expect(rulesOf(url)).toEqual([undefined]);
  });
});

describe('options of plugins', () => {
  test('timeouts, content types and what a client gets when the server fails', () => {
    const { chart } = gateway({
      statisticsContentTypes: ['application/json', 'audio/mpeg'],
      authentication: { timeout: Duration.seconds(5), localKeys: false, allowAuthenticatedOnFailure: false, statusOnError: 503 },
    });
    expect(pluginOf(chart, 'gpustack-ai-statistics').defaultConfig.enable_content_types).toEqual(['application/json', 'audio/mpeg']);
    expect(pluginOf(chart, 'gpustack-llm-ext-auth').defaultConfig).toMatchObject({
      authz: { timeout: 5000 }, local_auth: { enabled: false }, failure_mode_allow_authenticated: false, status_on_error: 503,
    });
  });

  test('every content type, all that begin alike, and one with a parameter', () => {
    const statisticsContentTypes = ['*', 'text/', 'application/json; charset=utf-8'];
    expect(pluginOf(gateway({ statisticsContentTypes }).chart, 'gpustack-ai-statistics').defaultConfig.enable_content_types).toEqual(statisticsContentTypes);
  });

  test('a module of one\'s own, its checksum and its pull policy', () => {
    const sha256 = 'a'.repeat(64);
    const { chart } = gateway({
      pluginOptions: {
        'gpustack-model-mapper': { url: WasmPluginUrl.oci('registry.example.com/mapper', { tag: '1' }), imagePullPolicy: WasmPluginPullPolicy.ALWAYS },
        'transformer': { sha256 },
      },
    });
    expect(pluginOf(chart, 'gpustack-model-mapper')).toMatchObject({ url: 'oci://registry.example.com/mapper:1', imagePullPolicy: 'Always' });
    expect(pluginOf(chart, 'gpustack-header-transformer')).toMatchObject({ sha256, imagePullPolicy: 'UNSPECIFIED_POLICY' });
  });

  test('authentication and model mapper have no pull policy, the others one that says nothing', () => {
    const policies = (release: GpuStackRelease) => objectsOf(gateway({ release }).chart).filter(({ kind }) => kind === 'WasmPlugin')
      .filter(({ spec }) => spec.imagePullPolicy === undefined).map(({ metadata }) => metadata.name).sort();
    for (const release of Object.values(GpuStackRelease)) expect(policies(release)).toEqual(['gpustack-llm-ext-auth', 'gpustack-model-mapper']);
  });
});

describe('secrets', () => {
  test('a token that is derived is in every plugin that calls the server, with one warning', () => {
    const { chart } = gateway({ token: GatewayToken.derive('golden-jwt-secret-key-not-a-real-secret') });
    const derived = 'bfae6887a811075af4564a705a72a236b5d0832209c127370a8164209acbfa00';
    expect(pluginOf(chart, 'gpustack-token-usage').defaultConfig.header_add).toEqual({ 'X-GPUStack-Auth-Token': derived });
    expect(pluginOf(chart, 'gpustack-llm-ext-auth').defaultConfig.authz.authorization_request.headers_to_add).toEqual({ 'X-GPUStack-Auth-Token': derived });
    expect(warningsOf(chart)).toEqual([expect.stringMatching(/IGW701 token: is a secret in plain text/)]);
  });

  test('a Secret of the cluster is referred to', () => {
    const { chart } = gateway({ token: SecretText.fromSecret('gpustack', 'token') });
    expect(pluginOf(chart, 'gpustack-token-usage').defaultConfig.header_add).toEqual({ 'X-GPUStack-Auth-Token': '${secret.gpustack.token}' });
    expect(warningsOf(chart)).toEqual([]);
  });

  test('a placeholder stands for a token that is not given, with a warning', () => {
    const { chart } = gateway({ token: undefined, authCacheKey: undefined });
    expect(pluginOf(chart, 'gpustack-token-usage').defaultConfig.header_add).toEqual({ 'X-GPUStack-Auth-Token': '<gpustack-gateway-token>' });
    expect(warningsOf(chart)).toEqual([
      expect.stringMatching(/IGW739 token: is not given.*set `token` to a SecretText/), expect.stringMatching(/IGW739 authCacheKey: is not given/),
    ]);
  });

  test('releases without an authentication cache ask for no key', () => {
    expect(warningsOf(gateway({ release: GpuStackRelease.V2_2_3, authCacheKey: undefined }).chart)).toEqual([]);
  });

  test('a reference that GPUStack would overwrite is warned of', () => {
    const { chart } = gateway({ ownership: Ownership.SHARED, token: SecretText.fromSecret('gpustack', 'token') });
    expect(warningsOf(chart)).toEqual([expect.stringMatching(/IGW739 token: refers to a Secret, and GPUStack writes the secret itself over it/)]);
  });
});

describe('warnings', () => {
  test('of a plugin URL that GPUStack writes otherwise', () => {
    const { chart } = gateway({ ownership: Ownership.SHARED, upstream: GpuStackUpstream.inCluster() });
    expect(warningsOf(chart)).toEqual([expect.stringMatching(/IGW740 pluginServerUrl.*gateway_plugin_server_url.*http:\/\/server\.gpustack-system\.svc:30080/)]);
    const [told] = [gateway({ ownership: Ownership.SHARED, upstream: GpuStackUpstream.inCluster(), pluginServerUrl }).chart];
    expect(warningsOf(told)).toEqual([]);
  });

  test('of a host name where Higress takes addresses only', () => {
    const { chart } = gateway({ upstream: GpuStackUpstream.external({ address: 'gpustack.internal.example.com' }) });
    expect(warningsOf(chart)).toEqual([expect.stringMatching(/IGW734 upstream.address is "gpustack.internal.example.com".*Higress leaves out/)]);
  });
});

describe('plugins and registries beside those of GPUStack', () => {
  const custom = (id: string, priority: number) => HigressPlugin.custom(id, {
    url: WasmPluginUrl.oci(`registry.example.com/plugins/${id}`), phase: WasmPluginPhase.AUTHN, priority,
  });

  test('a plugin joins the chain, without the label that lets GPUStack write it', () => {
    const { plugins, chart } = gateway();
    const added = plugins.addPlugin(custom('my-plugin', 500), { name: 'mine', priority: 501, matchRules: [{ domain: ['example.com'], config: { on: true } }] });
    expect([added.name, added.namespace]).toEqual(['mine', 'higress-system']);
    const object = objectsOf(chart).find(({ metadata }) => metadata.name === 'mine');
    expect(object.metadata.labels).toBeUndefined();
    expect(object.spec).toMatchObject({ phase: 'AUTHN', priority: 501, matchRules: [{ domain: ['example.com'], config: { on: true } }] });
  });

  test('fails for a plugin that runs too late', () => {
    const { plugins } = gateway();
    expect(() => plugins.addPlugin(custom('key-auth', 90), { phase: WasmPluginPhase.UNSPECIFIED })).toThrow(/IGW707 key-auth.*runs after gpustack-ai-proxy/);
    plugins.addPlugin(custom('key-auth', 380));
  });

  test('fails for a name of GPUStack', () => {
    expect(() => gateway().plugins.addPlugin(custom('x', 1), { name: 'gpustack-ai-proxy' }))
      .toThrow(/IGW742 name is "gpustack-ai-proxy": is the name of one of GPUStack's plugins; set another `name`/);
  });

  test('fails for a gateway that is disabled, of which nothing is rendered', () => {
    const { plugins, chart } = gateway({ upstream: GpuStackUpstream.disabled() });
    expect(() => plugins.addPlugin(custom('x', 1))).toThrow(/IGW742 plugin is "x": is added to a gateway that is disabled; make a WasmPlugin of your own/);
    expect(objectsOf(chart)).toEqual([]);
  });

  test('fails for a second model router', () => {
    expect(() => gateway().plugins.addPlugin(custom('model-router', 900))).toThrow(/IGW742 plugin is "model-router".*leave it out/);
  });

  test('registries stand before the server\'s and after it', () => {
    const { plugins } = gateway({ registries: [ServiceRegistry.dns('search', ['search.example.com'])] });
    plugins.addRegistry(ServiceRegistry.staticAddresses('cache', ['10.0.0.5:6379']));
    expect(plugins.mcpBridge!.object.toJson().spec.registries.map(({ name }: { name: string }) => name)).toEqual(['search', 'gpustack', 'cache']);
  });

  test('fails for a registry where GPUStack has the McpBridge', () => {
    const registry = ServiceRegistry.dns('search', ['search.example.com']);
    expect(() => gateway({ ownership: Ownership.SHARED }).plugins.addRegistry(registry)).toThrow(/IGW738 registry is "search".*Ownership.GITOPS or BOOTSTRAP/);
    expect(() => gateway({ ownership: Ownership.SHARED, registries: [registry] })).toThrow(/IGW738 registries: belongs to the McpBridge/);
    expect(() => gateway({ upstream: GpuStackUpstream.disabled() }).plugins.addRegistry(registry)).toThrow(/IGW738 registry is "search": is added to a gateway that is disabled/);
  });
});

describe('what GPUStack refuses', () => {
  test.each<[string, Partial<HigressPluginsProps>, RegExp]>([
    ['a worker with an embedded gateway', { role: GpuStackRole.WORKER },
      /IGW730 upstream is "embedded": is not a gateway that a worker can have; allowed: inCluster, external, disabled/],
    ['a server of plugins with an embedded gateway', { pluginServerUrl }, /IGW731 pluginServerUrl is "http:\/\/plugins.*remove `pluginServerUrl`/],
    ['audio/pcm', { statisticsContentTypes: ['application/json', 'audio/pcm'] }, /IGW733 statisticsContentTypes\[1\] is "audio\/pcm".*raw audio; remove it/],
    ['a mode that only the server can tell', { upstream: GpuStackUpstream.auto() }, /IGW732 upstream is "auto": is decided by the server when it starts/],
    ['a pull policy of a plugin that has one', { pluginOptions: { transformer: { imagePullPolicy: WasmPluginPullPolicy.ALWAYS } } },
      /IGW735 pluginOptions.transformer.imagePullPolicy is "Always": keeps GPUStack from starting.*allowed: the policy of gpustack-ext-auth, gpustack-model-mapper/],
    ['an external URL that is none', { externalUrl: 'gpustack.example.com' }, /IGW734 externalUrl is "gpustack.example.com": is not a URL/],
    ['an external URL with a dot at the end of its host', { externalUrl: 'https://gpustack.example.com./' }, /IGW734 externalUrl.*has a host that a rule of an Ingress cannot have/],
    ['an external URL with an underscore', { externalUrl: 'https://gpu_stack.example.com' }, /IGW734 externalUrl.*write the one host name that clients use/],
    ['a status that is none of an error', { authentication: { statusOnError: 200 } }, /IGW735 authentication.statusOnError is 200.*allowed: 400 to 599/],
    ['a timeout of nothing', { authentication: { timeout: Duration.millis(0) } }, /IGW735 authentication.timeout is "0ms"/],
  ])('fails for %s', (_, props, message) => {
    expect(() => gateway(props)).toThrow(message);
  });
});

describe('what cannot work', () => {
  test.each<[string, Partial<HigressPluginsProps>, RegExp]>([
    ['a plugin server with a slash at its end', { upstream: GpuStackUpstream.inCluster(), pluginServerUrl: `${pluginServerUrl}/` }, /IGW731.*without a slash at its end/],
    ['half a wildcard', { statisticsContentTypes: ['text/*'] }, /IGW733 statisticsContentTypes\[0\] is "text\/\*".*leave the \* out: what begins the same matches/],
    ['a word', { statisticsContentTypes: ['json'] }, /IGW733.*is no part of a content type; allowed: type\/subtype, type\/, \*/],
    ['an address with a port', { upstream: GpuStackUpstream.external({ address: '192.0.2.10:80' }) }, /IGW734 upstream.address.*the port as `port`/],
    ['a port that is none', { upstream: GpuStackUpstream.embedded({ port: 70000 }) }, /IGW734 upstream.port is 70000: is not a port; allowed: 1 to 65535/],
    ['a Service that is none', { upstream: GpuStackUpstream.inCluster({ service: 'a.b' }) }, /IGW101 upstream.service is "a.b"/],
    ['a namespace that is none', { gatewayNamespace: 'Higress' }, /IGW101 gatewayNamespace is "Higress"/],
    ['an Ingress that is none', { mirrorIngressName: 'a b' }, /IGW101 mirrorIngressName is "a b"/],
    ['a release without options of plugins', { release: GpuStackRelease.V2_2_3, pluginOptions: { 'ai-statistics': {} } }, /IGW735 pluginOptions.ai-statistics: cannot be set in release 2.2.3/],
    ['a release without local keys', { release: GpuStackRelease.REFERENCE, authentication: { localKeys: false } }, /IGW735 authentication.localKeys is false: has no effect/],
    ['the name of a WasmPlugin', { pluginOptions: { 'gpustack-llm-ext-auth': {} } }, /IGW735 pluginOptions.gpustack-llm-ext-auth.*use `gpustack-ext-auth`/],
    ['a plugin that is none', { pluginOptions: { waf: {} } }, /IGW735 pluginOptions.waf: is no plugin of this release; allowed: gpustack-ext-auth, ai-statistics/],
    ['a checksum that is none', { pluginOptions: { transformer: { sha256: 'ABC' } } }, /IGW735 pluginOptions.transformer.sha256 is "ABC"/],
    ['a pull policy that is none', { pluginOptions: { 'gpustack-ext-auth': { imagePullPolicy: 'Never' as WasmPluginPullPolicy } } }, /IGW735.*is "Never".*allowed: UNSPECIFIED_POLICY, IfNotPresent, Always/],
    ['half seconds', { idleTimeout: Duration.millis(1500) }, /IGW737 idleTimeout is "1500ms": is not in whole seconds/],
    ['a token that is no placeholder', { token: SecretText.placeholder('s3cret') }, /IGW702 token is "\(hidden\)"/],
  ])('fails for %s', (_, props, message) => {
    expect(() => gateway(props)).toThrow(message);
  });

  test('fails with all mistakes at once', () => {
    expect(() => gateway({ role: GpuStackRole.WORKER, pluginServerUrl, statisticsContentTypes: ['audio/pcm'] })).toThrow(/3 mistakes[^]*IGW730[^]*IGW731[^]*IGW733/);
  });
});
