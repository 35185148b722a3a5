import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { formatMistake } from '../../src/core';
import { chainedPlugin, ChainedSpec, checkPluginChain, PLACES, pluginIdOf } from '../../src/higress';
import { withGoldens } from '../goldens';

const at = (id: string, phase?: string, priority?: number, more: Partial<ChainedSpec> = {}) => (
  chainedPlugin(`my-${id}`, { url: `oci://registry.example.com/plugins/${id}:2.0.0`, phase, priority, ...more })
);
const check = (...plugins: ReturnType<typeof at>[]) => checkPluginChain(plugins).map(formatMistake);
const BY_ROUTE = { matchRules: [{ ingress: ['a'], config: {} }] };

test('one plugin has no order', () => {
  expect(check(at('key-auth', 'AUTHN', 310))).toEqual([]);
});

test('the places of the catalogue are in order, with match rules by route', () => {
  expect(check(...Object.entries(PLACES).map(([id, { phase, priority }]) => at(id, phase, priority, BY_ROUTE)))).toEqual([]);
});

test('the order they are given in does not matter', () => {
  const plugins = Object.entries(PLACES).map(([id, { phase, priority }]) => at(id, phase, priority, BY_ROUTE));
  fc.assert(fc.property(fc.shuffledSubarray(plugins), (some) => checkPluginChain(some).length === 0));
});

test.each([
  ['ai-load-balancer after ai-proxy', [at('ai-load-balancer', undefined, 50), at('ai-proxy', undefined, 100)],
    /^IGW707 my-ai-load-balancer is "UNSPECIFIED_PHASE 50": runs after my-ai-proxy \(UNSPECIFIED_PHASE 100\).*404; allowed: UNSPECIFIED_PHASE 101 and up, or an earlier phase/],
  ['model-router after key-auth by route', [at('model-router', 'AUTHN', 300), at('key-auth', 'AUTHN', 310, BY_ROUTE)], /my-model-router .*allowed: AUTHN 311 and up;/],
  ['model-router after ext-auth that reads the model', [
    at('model-router', 'AUTHN', 300), at('ext-auth', 'AUTHN', 360, { defaultConfig: { allowed_headers: [{ exact: 'X-Higress-LLM-Model' }] } }),
  ], /runs after my-ext-auth/],
  ['model-router after model-mapper', [at('model-router', 'AUTHN', 700), at('model-mapper', 'AUTHN', 800)], /runs after my-model-mapper/],
  ['a transformer that adds the header after the router', [
    at('transformer', 'AUTHN', 410, { defaultConfig: { reqRules: [{ operate: 'add', headers: [{ key: 'X-Higress-LLM-Model' }] }] } }),
    at('model-router', 'AUTHN', 900, { defaultConfig: { modelToHeader: 'x-higress-llm-model' } }),
  ], /my-transformer .*the router has written it already/],
  ['model-mapper after ai-proxy', [at('model-mapper', undefined, 50), at('ai-proxy', undefined, 100)], /maps models of paths/],
  ['ai-statistics after ai-proxy', [at('ai-statistics', undefined, 10), at('ai-proxy', undefined, 100)], /in the OpenAI format/],
  ['key-auth after ai-cache', [at('key-auth', undefined, 10), at('ai-cache', undefined, 800)], /refuses callers after/],
  ['key-auth after ai-quota', [at('key-auth', undefined, 10), at('ai-quota', undefined, 750)], /names the consumer after/],
  ['key-auth after a limit by consumer', [
    at('key-auth', undefined, 10), at('ai-token-ratelimit', undefined, 600, { defaultConfig: { rule_items: [{ limit_by_consumer: '' }] } }),
  ], /names the consumer after/],
])('fails for %s', (_, plugins, message) => {
  expect(check(...plugins)).toEqual([expect.stringMatching(message)]);
});

test.each([
  ['model-router after key-auth for all', [at('model-router', 'AUTHN', 300), at('key-auth', 'AUTHN', 310, { matchRules: [{ domain: ['a'] } as any] })]],
  ['model-router after a rule that is off', [at('model-router', 'AUTHN', 300), at('key-auth', 'AUTHN', 310, { matchRules: [{ ingress: ['a'], configDisable: true }] })]],
  ['a transformer that renames after the router', [
    at('transformer', 'AUTHN', 810, { defaultConfig: { reqRules: [{ operate: 'rename', headers: [{ newKey: 'x-higress-llm-model' }] }] } }),
    at('model-router', 'AUTHN', 900, { defaultConfig: { modelToHeader: 'x-higress-llm-model' } }),
  ]],
  ['a limit for all before key-auth', [at('key-auth', undefined, 10), at('ai-token-ratelimit', undefined, 600, { defaultConfig: { global_threshold: {} } })]],
  ['plugins that are not known', [chainedPlugin('x', {}), at('my-own', 'AUTHN', 1)]],
])('%s is fine', (_, plugins) => {
  expect(check(...plugins)).toEqual([]);
});

test('plugins of one place run by name', () => {
  const early = chainedPlugin('a', { url: 'oci://r/p/ai-proxy:1' });
  expect(check(early, chainedPlugin('b', { url: 'oci://r/p/ai-cache:1' }))).toHaveLength(1);
  expect(check({ ...early, name: 'c' }, chainedPlugin('b', { url: 'oci://r/p/ai-cache:1' }))).toEqual([]);
});

test.each([
  ['oci://registry.example.com:5000/plugins/key-auth:2.0.0', 'key-auth'],
  [`oci://registry.example.com/plugins/key-auth@sha256:${'a'.repeat(64)}`, 'key-auth'],
  ['oci://registry.example.com/plugins/key-auth', 'key-auth'],
  ['http://127.0.0.1:30080/wasm-plugins/ai-proxy/2.0.0/plugin.wasm', 'ai-proxy'],
  ['http://plugins/wasm-plugins/gpustack-generic-proxy-router/1.0.1/plugin.wasm', 'model-router'],
  ['file:///opt/plugins/key-auth.wasm', undefined],
  ['', undefined],
])('%s is %s', (url, id) => {
  expect(pluginIdOf(url)).toBe(id);
});

withGoldens('the chains of GPUStack are in order', (folder) => {
  test('the chains of GPUStack are in order', () => {
    const directory = join(folder, 'gpustack');
    const chains = readdirSync(directory).filter((file) => file.endsWith('.json')).map((file) => {
      const { expected } = JSON.parse(readFileSync(join(directory, file), 'utf8'));
      return { file, plugins: [expected].flat().filter((object: any) => object?.kind === 'WasmPlugin') };
    }).filter(({ plugins }) => plugins.length > 1);
    expect(chains.length).toBeGreaterThan(20);
    chains.forEach(({ file, plugins }) => {
      const chain = plugins.map(({ metadata, spec }: any) => chainedPlugin(metadata.name, spec));
      expect({ file, mistakes: checkPluginChain(chain) }).toEqual({ file, mistakes: [] });
    });
  });
});
