import { App } from 'cdk8s';
import { warningsOf } from '../../src/core';
import { rule as order } from '../../src/graph/rules/higress/plugin-order';
import {
  GpuStackRelease, GpuStackUpstream, HigressPlugin, HigressPlugins, Ownership, SecretText, WasmPlugin, WasmPluginFailStrategy, wasmPluginManifest,
  WasmPluginPhase, WasmPluginProps, WasmPluginPullPolicy, WasmPluginRouteType, WasmPluginUrl,
} from '../../src/higress';
import { linesOf } from '../graph/lint';
import { chartsOf, objectOf, objectsOf, stderrOf } from '../synth';

const url = WasmPluginUrl.http('http://10.0.0.1/wasm-plugins/cors/2.0.0/plugin.wasm');
const SHA = 'a'.repeat(64);

function render(props: WasmPluginProps): { object: any; warnings: string[] } {
  const [chart] = chartsOf('higress-system');
  new WasmPlugin(chart, 'plugin', props);
  return { object: objectOf(chart, 'WasmPlugin'), warnings: warningsOf(chart) };
}

test('the smallest plugin has a URL and nothing else', () => {
  expect(render({ url }).object).toEqual({
    apiVersion: 'extensions.higress.io/v1alpha1',
    kind: 'WasmPlugin',
    metadata: { name: 'plugin', namespace: 'higress-system' },
    spec: { url: 'http://10.0.0.1/wasm-plugins/cors/2.0.0/plugin.wasm' },
  });
});

test('everything that is given is rendered, empty things too', () => {
  const { object, warnings } = render({
    url: WasmPluginUrl.oci('registry.example.com/p/cors', { tag: '1.0.0', sha256: SHA }),
    name: 'other',
    namespace: 'gateway',
    labels: { a: 'b' },
    annotations: { c: 'd' },
    phase: WasmPluginPhase.UNSPECIFIED,
    priority: 0,
    failStrategy: WasmPluginFailStrategy.FAIL_OPEN,
    imagePullPolicy: WasmPluginPullPolicy.UNSPECIFIED,
    imagePullSecret: 'pull',
    verificationKey: '-----BEGIN PUBLIC KEY-----',
    pluginName: 'cors',
    defaultConfig: {},
    defaultConfigDisable: false,
    matchRules: [],
    env: [{ name: 'A', value: '' }, { name: 'B', fromHost: true }],
  });
  expect(object.metadata).toEqual({ name: 'other', namespace: 'gateway', labels: { a: 'b' }, annotations: { c: 'd' } });
  expect(object.spec).toEqual({
    url: 'oci://registry.example.com/p/cors:1.0.0',
    sha256: SHA,
    verificationKey: '-----BEGIN PUBLIC KEY-----',
    imagePullPolicy: 'UNSPECIFIED_POLICY',
    imagePullSecret: 'pull',
    pluginName: 'cors',
    phase: 'UNSPECIFIED_PHASE',
    priority: 0,
    failStrategy: 'FAIL_OPEN',
    vmConfig: { env: [{ name: 'A', value: '' }, { name: 'B', valueFrom: 'HOST' }] },
    defaultConfig: {},
    defaultConfigDisable: false,
    matchRules: [],
  });
  expect(warnings).toEqual([]);
});

test('match rules keep the lists that are given', () => {
  const rules = [
    { ingress: ['a', 'ns/b'], domain: [], service: ['m.static'], config: { x: 1 }, configDisable: false },
    { domain: ['*.example.com'], routeType: WasmPluginRouteType.HTTP },
  ];
  expect(render({ url, matchRules: rules }).object.spec.matchRules).toEqual(rules);
});

test('a plugin of the catalogue brings everything along, and what is given beside it wins', () => {
  const { object } = render({ plugin: HigressPlugin.cors(), priority: 5, url });
  expect(object.spec).toEqual({ url: url.url, phase: 'AUTHZ', priority: 5, failStrategy: 'FAIL_OPEN', defaultConfig: {} });
});

test('a rule takes a plugin of the catalogue', () => {
  const { object } = render({ plugin: HigressPlugin.cors(), defaultConfigDisable: true, matchRules: [{ domain: ['a.com'], plugin: HigressPlugin.cors({ allowOrigins: ['https://a.com'] }) }] });
  expect(object.spec.matchRules).toEqual([{ domain: ['a.com'], config: { allow_origins: ['https://a.com'] } }]);
});

test.each([
  [WasmPluginUrl.oci('oci://r.io/a/b', { digest: SHA }), `oci://r.io/a/b@sha256:${SHA}`],
  [WasmPluginUrl.oci('r.io:5000/a', { digest: `sha256:${SHA}` }), `oci://r.io:5000/a@sha256:${SHA}`],
  [WasmPluginUrl.oci('r.io/a'), 'oci://r.io/a'],
  [WasmPluginUrl.file('/opt/plugin.wasm'), 'file:///opt/plugin.wasm'],
  [WasmPluginUrl.http('https://h/p.wasm'), 'https://h/p.wasm'],
])('%# the URL of a module', (given, expected) => {
  expect(render({ url: given }).object.spec.url).toBe(expected);
});

test('an http module with a checksum has it', () => {
  expect(render({ url: WasmPluginUrl.http('http://h/p.wasm', { sha256: SHA }) }).object.spec.sha256).toBe(SHA);
});

test('the manifest keeps a null priority', () => {
  expect(wasmPluginManifest({ name: 'a' }, { url: 'u', priority: null as any }).spec).toEqual({ url: 'u', priority: null });
});

test.each<[string, WasmPluginProps, RegExp]>([
  ['no URL', {}, /higress-system\/plugin: 1 mistake\n {2}IGW703 url: is missing; set `url`, or `plugin`/],
  ['a URL of another scheme', { url: WasmPluginUrl.http('ftp://x') }, /IGW703 url is "ftp:\/\/x": is not an HTTP URL; allowed: http/],
  ['a relative file', { url: WasmPluginUrl.file('p.wasm') }, /IGW703 url is "p\.wasm": is not an absolute path/],
  ['a tag in the image', { url: WasmPluginUrl.oci('r.io/a:1') }, /IGW703 url is "r\.io\/a:1": is no registry and repository/],
  ['tag and digest', { url: WasmPluginUrl.oci('r.io/a', { tag: '1', digest: SHA }) }, /are a tag and a digest/],
  ['a bad tag', { url: WasmPluginUrl.oci('r.io/a', { tag: 'a b' }) }, /"a b": is not a tag/],
  ['a bad digest', { url: WasmPluginUrl.oci('r.io/a', { digest: 'abc' }) }, /"abc": is not a digest/],
  ['another checksum than the digest', { url: WasmPluginUrl.oci('r.io/a', { digest: SHA, sha256: 'b'.repeat(64) }) }, /is not the digest a{64}/],
  ['a bad checksum', { url, sha256: 'A'.repeat(64) }, /IGW703 sha256 is "A{64}": is no SHA-256/],
  ['a bad checksum of a URL', { url: WasmPluginUrl.http('http://h/p', { sha256: 'x' }) }, /IGW703 url\.sha256 is "x"/],
  ['two checksums', { url: WasmPluginUrl.http('http://h/p', { sha256: SHA }), sha256: 'b'.repeat(64) }, /IGW703 sha256 is "b{64}": is not that of `url`/],
  ['a fraction as priority', { url, priority: 1.5 }, /IGW703 priority is 1\.5: is not a 32-bit integer/],
  ['a priority that is too large', { url, priority: 2 ** 31 }, /IGW703 priority is 2147483648/],
  ['a rule without condition', { url, matchRules: [{ config: {}, ingress: [] }] }, /IGW703 matchRules\[0\]: has no condition, so Higress refuses the whole plugin/],
  ['a domain beside an Ingress', { url, matchRules: [{ domain: ['a.com'], ingress: ['a'] }] }, /matchRules\[0\]\.domain: is given beside ingress: plugins in Go ignore/],
  ['an empty condition', { url, matchRules: [{ domain: [''] }] }, /IGW703 matchRules\[0\]\.domain\[0\] is "": matches nothing/],
  ['an Ingress with two slashes', { url, matchRules: [{ ingress: ['a/b/c'] }] }, /IGW703 matchRules\[0\]\.ingress\[0\] is "a\/b\/c"/],
  ['a list as configuration', { url, defaultConfig: [] }, /IGW703 defaultConfig is \[\]: is not an object/],
  ['a key that Higress writes', { url, matchRules: [{ domain: ['a'], config: { _match_route_: [] } }] }, /IGW703 matchRules\[0\]\.config\._match_route_: is written by Higress itself/],
  ['pluginConfig beside the rest', { url, pluginConfig: {}, defaultConfig: {}, matchRules: [] }, /IGW703 pluginConfig: makes Higress ignore defaultConfig and matchRules/],
  ['two configurations', { plugin: HigressPlugin.cors(), defaultConfig: {} }, /IGW703 defaultConfig: is given beside `plugin`/],
  ['two configurations of a rule', { url, matchRules: [{ domain: ['a'], plugin: HigressPlugin.cors(), config: {} }] }, /matchRules\[0\]\.config: is given beside `plugin`/],
  ['a rule of another plugin', { plugin: HigressPlugin.cors(), matchRules: [{ domain: ['a'], plugin: HigressPlugin.modelMapper() }] }, /matchRules\[0\]\.plugin is "model-mapper": is another plugin.*configure cors/],
  ['a bad variable', { url, env: [{ name: 'A-B' }] }, /IGW703 env\[0\]\.name is "A-B"/],
  ['a variable that is given twice', { url, env: [{ name: 'A' }, { name: 'A' }] }, /env\[1\]\.name is "A": is given twice/],
  ['a value beside fromHost', { url, env: [{ name: 'A', value: 'x', fromHost: true }] }, /env\[0\]\.value: is given beside `fromHost`/],
  ['an empty plugin name', { url, pluginName: '' }, /IGW703 pluginName is ""/],
  ['a bad pull secret', { url, imagePullSecret: 'A B' }, /IGW101 imagePullSecret is "A B"/],
  ['a bad name', { url, name: 'A' }, /IGW101 name is "A"/],
])('fails for %s', (_, props, message) => {
  expect(() => render(props)).toThrow(message);
});

test('fails with all mistakes at once', () => {
  expect(() => render({ priority: 0.5, name: 'A' })).toThrow(/3 mistakes/);
});

test.each<[string, WasmPluginProps, RegExp]>([
  ['a pull policy of a download', { url, imagePullPolicy: WasmPluginPullPolicy.ALWAYS }, /IGW708 imagePullPolicy: has no effect/],
  ['a pull secret of a download', { url, imagePullSecret: 'a' }, /IGW708 imagePullSecret: has no effect/],
  ['a plugin that is off', { url, defaultConfigDisable: true, matchRules: [{ configDisable: true, ingress: ['a'] }] }, /IGW708 defaultConfigDisable: turns the plugin off/],
  ['a gRPC rule by Ingress', { url, matchRules: [{ ingress: ['a'], routeType: WasmPluginRouteType.GRPC }] }, /IGW708 matchRules\[0\]\.ingress: never matches/],
  ['a notice of a rule', { plugin: HigressPlugin.modelRouter(), matchRules: [{ domain: ['a'], plugin: HigressPlugin.modelRouter({ enableOnPathSuffix: [] }) }] }, /IGW708 matchRules\[0\]\.plugin\.enableOnPathSuffix/],
])('warns of %s', (_, props, message) => {
  expect(render(props).warnings).toEqual([expect.stringMatching(message)]);
});

describe('the chain of one namespace', () => {
  // A build of one's own: its URL does not say that it is ai-proxy, so the graph cannot know.
  const build = WasmPluginUrl.oci('registry.example.com/acme/llm', { tag: '1' });
  function synth(proxyPriority: number, ...namespaces: string[]): () => unknown {
    const charts = chartsOf(...namespaces);
    new WasmPlugin(charts[0], 'ai-proxy', { plugin: HigressPlugin.aiProxy({}), url: build, priority: proxyPriority });
    new WasmPlugin(charts[charts.length - 1], 'ai-statistics', { plugin: HigressPlugin.aiStatistics() });
    return () => stderrOf(App.of(charts[0]) as App);
  }

  test('in order', () => {
    expect(synth(100, 'higress-system')).not.toThrow();
  });

  test('of two installations are two', () => {
    expect(synth(901, 'higress-a', 'higress-b')).not.toThrow();
  });

  test('fails when it does not work', () => {
    expect(synth(901, 'higress-system')).toThrow(/higress-system\/ai-statistics: IGW707 ai-statistics is "UNSPECIFIED_PHASE 900": runs after ai-proxy/);
  });

  test('what the URLs tell is left to the graph, so that it is told once', () => {
    const [chart] = chartsOf('higress-system');
    new WasmPlugin(chart, 'ai-proxy', { plugin: HigressPlugin.aiProxy({}), priority: 901 });
    new WasmPlugin(chart, 'ai-statistics', { plugin: HigressPlugin.aiStatistics() });
    expect(() => stderrOf(App.of(chart) as App)).not.toThrow();
    expect(linesOf(objectsOf(chart), order)).toEqual([expect.stringMatching(/IGW1701 spec.priority is "UNSPECIFIED_PHASE 900": runs after ai-proxy/)]);
  });

  test('fails when it does not work with a module of GPUStack that was replaced', () => {
    const [chart] = chartsOf('higress-system');
    new HigressPlugins(chart, 'gpustack', {
      release: GpuStackRelease.HEAD_2026_08, upstream: GpuStackUpstream.embedded(), ownership: Ownership.GITOPS, pluginOptions: { 'gpustack-ai-proxy': { url: build } },
      token: SecretText.placeholder('<token>'), authCacheKey: SecretText.placeholder('<key>'),
    });
    new WasmPlugin(chart, 'ai-statistics', { plugin: HigressPlugin.aiStatistics(), priority: 50 });
    expect(() => stderrOf(App.of(chart) as App)).toThrow(/IGW707 ai-statistics is "UNSPECIFIED_PHASE 50": runs after gpustack-ai-proxy/);
  });

  test('a plugin that is removed again does not count', () => {
    const [chart] = chartsOf('higress-system');
    new WasmPlugin(chart, 'ai-proxy', { plugin: HigressPlugin.aiProxy({}), url: build, priority: 901 });
    new WasmPlugin(chart, 'ai-statistics', { plugin: HigressPlugin.aiStatistics() });
    chart.node.tryRemoveChild('ai-proxy');
    expect(() => stderrOf(App.of(chart) as App)).not.toThrow();
  });
});
