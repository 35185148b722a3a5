import type { SecretText } from '../secret-text';
import { WasmPluginPhase } from '../wasm-plugin-options';
import type { PluginProfile } from './gpustack-profile';

/*
 * What the releases have in common. Source of all profiles: gpustack/gpustack gpustack/gateway/__init__.py.
 */

export const TOKEN_HEADER = 'X-GPUStack-Auth-Token';
export const CACHE_HEADER = 'x-gpustack-auth-cache';
export const MODEL_HEADER = 'x-higress-llm-model';
const INSTANCE_HEADER = 'X-GPUStack-Model-Instance';
const FALLBACK_PATH_HEADER = 'x-gpustack-fallback-path';
const CONSUMER_HEADER = 'x-mse-consumer';

/** How the Ingresses of model routes begin. */
export const ROUTE_PREFIX = 'ai-route-route-';

const OPENAI_PATHS = [
  '/chat/completions', '/completions', '/responses', '/embeddings',
  '/audio/transcriptions', '/audio/speech', '/images/generations', '/images/edits',
];

/** The ends of the paths that carry a model's name in their body: those of OpenAI, then those of Anthropic. */
export const MODEL_PATHS: readonly string[] = [
  ...['/v1', '/v1-openai'].flatMap((version) => OPENAI_PATHS.map((path) => `${version}${path}`)),
  ...['/audio/translations', '/images/variations', '/moderations', '/score'].map((path) => `/v1${path}`),
  '/v1/rerank', '/v2/rerank',
  ...['/messages', '/messages/count_tokens', '/complete'].map((path) => `/v1${path}`),
];

const exact = (...names: string[]) => names.map((name) => ({ exact: name }));
const keys = (...names: string[]) => names.map((key) => ({ key }));

/** What most plugins have alike. */
const COMMON = { onWorkers: true, pullPolicy: true, matchRules: () => [] };

/** The request that asks the server who a caller is. */
export function authorizationRequest(headers: readonly string[], token: SecretText): Record<string, unknown> {
  return { allowed_headers: exact(...headers), headers_to_add: { [TOKEN_HEADER]: token } };
}

/** The headers of the server's answer that go on to the model. */
export const AUTHORIZATION_RESPONSE = { allowed_upstream_headers: exact('X-Mse-Consumer', 'Authorization', 'cookie', CACHE_HEADER) };

/** Every path, the way the plugin's match lists say it. */
export function everyPath(type: 'whitelist' | 'blacklist'): Record<string, unknown> {
  return { match_list: [{ match_rule_path: '/', match_rule_type: 'prefix' }], match_type: type };
}

export function extAuth(version: Pick<PluginProfile, 'plugin' | 'version' | 'config' | 'matchRules' | 'writtenAtRunTime'>): PluginProfile {
  return { name: 'gpustack-llm-ext-auth', phase: WasmPluginPhase.AUTHN, priority: 360, onWorkers: true, pullPolicy: false, ...version };
}

export const AI_STATISTICS: PluginProfile = {
  ...COMMON,
  name: 'gpustack-ai-statistics',
  plugin: 'ai-statistics',
  version: '2.0.0',
  phase: WasmPluginPhase.UNSPECIFIED,
  priority: 900,
  config: ({ contentTypes }) => ({
    enable_content_types: contentTypes,
    attributes: [{ apply_to_log: true, apply_to_span: false, key: 'consumer', value: CONSUMER_HEADER, value_source: 'request_header' }],
  }),
};

export function modelRouter(version: Pick<PluginProfile, 'plugin' | 'version' | 'config' | 'writtenAtRunTime'>): PluginProfile {
  return { ...COMMON, name: 'gpustack-model-router', phase: WasmPluginPhase.AUTHN, priority: 900, ...version };
}

/** GPUStack's own router, which also knows the aliases of generic routes. */
export const GENERIC_PROXY_ROUTER = modelRouter({
  plugin: 'gpustack-generic-proxy-router',
  version: '1.0.1',
  config: () => ({ prefix: '/model/proxy/', targetHeader: MODEL_HEADER, enableOnPathSuffix: MODEL_PATHS, aliasNameMapping: {} }),
  writtenAtRunTime: ['/spec/defaultConfig/aliasNameMapping'],
});

export function aiProxy(plugin: string, version: string): PluginProfile {
  return {
    ...COMMON,
    name: 'gpustack-ai-proxy',
    plugin,
    version,
    phase: WasmPluginPhase.UNSPECIFIED,
    priority: 100,
    config: () => ({}),
    writtenAtRunTime: ['/spec/defaultConfig/providers', '/spec/matchRules'],
  };
}

export function setModelPreRoute(version: string): PluginProfile {
  return {
    ...COMMON,
    name: 'gpustack-set-model-pre-route',
    plugin: 'gpustack-set-header-pre-route',
    version,
    phase: WasmPluginPhase.AUTHN,
    priority: 90,
    config: () => ({
      clusterNameHeader: INSTANCE_HEADER,
      routeNameHeader: 'X-GPUStack-Route-Name',
      enableOnPathSuffix: MODEL_PATHS,
      enableOnPathPrefix: ['/model/proxy'],
    }),
  };
}

export function modelMapper(plugin: string, version: string): PluginProfile {
  return {
    ...COMMON,
    name: 'gpustack-model-mapper',
    plugin,
    version,
    phase: WasmPluginPhase.AUTHN,
    priority: 800,
    pullPolicy: false,
    config: () => ({ modelMapping: {} }),
    writtenAtRunTime: ['/spec/matchRules'],
  };
}

/** Takes from clients what they must not say of themselves, before `extAuth` says it. */
export function headerTransformer(...alsoRemoved: string[]): PluginProfile {
  return {
    ...COMMON,
    name: 'gpustack-header-transformer',
    plugin: 'transformer',
    version: '2.0.0',
    phase: WasmPluginPhase.AUTHN,
    priority: 810,
    onWorkers: false,
    config: () => ({
      reqRules: [
        { operate: 'remove', headers: keys(TOKEN_HEADER, INSTANCE_HEADER, ...alsoRemoved) },
        {
          operate: 'rename',
          headers: [{ oldKey: 'x-gpustack-model', newKey: MODEL_HEADER }, { oldKey: FALLBACK_PATH_HEADER, newKey: ':path' }],
        },
        {
          operate: 'dedupe',
          headers: [
            { key: 'x-gpustack-model', strategy: 'RETAIN_FIRST' },
            { key: MODEL_HEADER, strategy: 'RETAIN_FIRST' },
            { key: ':path', strategy: 'RETAIN_LAST' },
          ],
        },
        { operate: 'map', headers: [{ fromKey: ':path', toKey: 'x-gpustack-original-path' }] },
        { operate: 'remove', headers: keys(FALLBACK_PATH_HEADER) },
      ],
    }),
  };
}

export function tokenUsage(version: string, priority: number, more: Readonly<Record<string, unknown>> = {}): PluginProfile {
  return {
    ...COMMON,
    name: 'gpustack-token-usage',
    plugin: 'gpustack-token-usage',
    version,
    phase: WasmPluginPhase.UNSPECIFIED,
    priority,
    onWorkers: false,
    config: ({ service, servicePort, token }) => ({
      ...more,
      endpoint: { path: '/v2/usage/gateway-metrics', service_name: service, service_port: servicePort },
      header_add: { [TOKEN_HEADER]: token },
    }),
  };
}

export { CONSUMER_HEADER };
