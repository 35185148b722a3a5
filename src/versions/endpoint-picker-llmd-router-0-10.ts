import type { EndpointPickerBuild, PluginKind } from './endpoint-picker-build';
import { CONFIG_ROUTER_0_10 } from './endpoint-picker-config-shapes';
import { COMMON_FLAGS, FORBIDDEN_METRIC_FLAGS, METRIC_NAME_FLAGS, REMOVED_MODEL_SERVER_FLAGS } from './endpoint-picker-flags';
import { LLMD_ROUTER_0_9 } from './endpoint-picker-llmd-router-0-9';
import { PINS } from './pins';

const ALPHA: Readonly<Partial<Record<PluginKind, readonly string[]>>> = {
  scorer: [
    'session-affinity-scorer', 'header-label-affinity-scorer', 'endpoint-attribute-scorer', 'topology-affinity-scorer', 'multicluster-queue-scorer',
    'multicluster-kv-cache-utilization-scorer', 'multicluster-prefix-cache-scorer',
  ],
  filter: [
    'session-affinity-filter', 'endpoint-attribute-filter', 'topology-affinity-filter', 'utilization-filter', 'multicluster-session-affinity-filter',
  ],
  profileHandler: ['header-profile-handler'],
  usageLimitPolicy: ['priority-holdback-policy', 'soft-reflective-ceiling-policy'],
  producer: ['burst-prefix-cache-producer', 'p2p-source-producer', 'multicluster-approx-prefix-cache-producer'],
  dataSource: ['dcgm-data-source', 'multicluster-metrics-data-source'],
  extractor: ['topology-extractor', 'dcgm-extractor', 'multicluster-metrics-extractor'],
  other: [
    'disaggregatedset-rollout-screener', 'sheddable-eviction-filter', 'priority-then-time-eviction-order-policy', 'multicluster-file-discovery',
    'agent-identity',
  ],
};

/** llm-d/llm-d-router v0.10.0: pkg/epp/server/options.go, cmd/epp/runner/runner.go, pkg/epp/config/loader, config/charts. */
export const LLMD_ROUTER_0_10: EndpointPickerBuild = {
  ...LLMD_ROUTER_0_9,
  name: 'llm-d router 0.10',
  image: `ghcr.io/llm-d/llm-d-router-endpoint-picker:${PINS.llmdRouter010}`,
  release: '0.10',
  flags: {
    ...COMMON_FLAGS,
    ...METRIC_NAME_FLAGS,
    'grpc-max-recv-msg-size': { type: 'string' },
    'grpc-max-send-msg-size': { type: 'string' },
    'enable-grpc-stream-metrics': { type: 'bool', default: 'false' },
    'drain-timeout': { type: 'duration', default: '30s' },
    'emit-endpoint-scores': { type: 'bool', default: 'false' },
    'allow-experimental-plugins': { type: 'bool', default: 'false' },
    'tls-min-version': { type: 'string' },
    'tls-cipher-suites': { type: 'strings' },
    'metrics-cert-dir': { type: 'string' },
    'metrics-client-ca-file': { type: 'string' },
  },
  forbiddenFlags: FORBIDDEN_METRIC_FLAGS,
  removedFlags: REMOVED_MODEL_SERVER_FLAGS,
  config: CONFIG_ROUTER_0_10,
  dialect: { ...LLMD_ROUTER_0_9.dialect, orderedPlugins: false },
  featureGates: ['flowControl', 'haPopulateNonLeaderDatastore'],
  plugins: withAlpha(),
  alphaPlugins: Object.values(ALPHA).flat(),
};

function withAlpha(): EndpointPickerBuild['plugins'] {
  const kinds = new Set([...Object.keys(LLMD_ROUTER_0_9.plugins), ...Object.keys(ALPHA)]) as Set<PluginKind>;
  return Object.fromEntries([...kinds].map((kind) => [kind, [...new Set([...LLMD_ROUTER_0_9.plugins[kind] ?? [], ...ALPHA[kind] ?? []])]]));
}
