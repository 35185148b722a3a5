import type { FlagFact } from './endpoint-picker-build';

/** Flags of every build since GAIE 1.3 (pkg/epp/server/options.go, pkg/common/observability/logging/options.go). */
export const COMMON_FLAGS: Readonly<Record<string, FlagFact>> = {
  'grpc-port': { type: 'int', default: '9002' },
  'ha-enable-leader-election': { type: 'bool', default: 'false' },
  'pool-group': { type: 'string', default: 'inference.networking.k8s.io' },
  'pool-namespace': { type: 'string' },
  'pool-name': { type: 'string' },
  'endpoint-selector': { type: 'string' },
  'endpoint-target-ports': { type: 'ints' },
  'disable-endpoint-subset-filter': { type: 'bool', default: 'false' },
  'refresh-metrics-interval': { type: 'duration', default: '50ms' },
  'refresh-prometheus-metrics-interval': { type: 'duration', default: '5s' },
  'metrics-staleness-threshold': { type: 'duration', default: '2s' },
  'tracing': { type: 'bool', default: 'true' },
  'health-checking': { type: 'bool', default: 'false' },
  'metrics-port': { type: 'int', default: '9090' },
  'grpc-health-port': { type: 'int', default: '9003' },
  'enable-pprof': { type: 'bool', default: 'true' },
  'cert-path': { type: 'string' },
  'enable-cert-reload': { type: 'bool', default: 'false' },
  'secure-serving': { type: 'bool', default: 'true' },
  'metrics-endpoint-auth': { type: 'bool', default: 'true' },
  'config-file': { type: 'string' },
  'config-text': { type: 'string' },
  'v': { type: 'int', default: '2' },
  'zap-devel': { type: 'bool', default: 'true' },
  'zap-encoder': { type: 'string' },
  'zap-log-level': { type: 'string' },
  'zap-stacktrace-level': { type: 'string' },
  'zap-time-encoding': { type: 'string' },
};

/** How model servers are scraped; hidden since GAIE 1.5, gone in the llm-d router 0.10. */
export const MODEL_SERVER_FLAGS: Readonly<Record<string, FlagFact>> = {
  'model-server-metrics-scheme': { type: 'string', default: 'http' },
  'model-server-metrics-path': { type: 'string', default: '/metrics' },
  'model-server-metrics-port': { type: 'int' },
  'model-server-metrics-https-insecure-skip-verify': { type: 'bool', default: 'true' },
};

/** Names of metrics, read from flags before GAIE 1.4. */
export const METRIC_NAME_FLAGS: Readonly<Record<string, FlagFact>> = {
  'total-queued-requests-metric': { type: 'string', default: 'vllm:num_requests_waiting' },
  'total-running-requests-metric': { type: 'string', default: 'vllm:num_requests_running' },
  'kv-cache-usage-percentage-metric': { type: 'string', default: 'vllm:kv_cache_usage_perc' },
  'lora-info-metric': { type: 'string', default: 'vllm:lora_requests_info' },
  'cache-info-metric': { type: 'string', default: 'vllm:cache_config_info' },
};

const ENGINE_CONFIGS = 'set `modelServer`, or engineConfigs of the metrics extractor in the configuration';
const DATA_SOURCE = 'set `metricsSource`, or the parameters of metrics-data-source in the configuration';

/** Since GAIE 1.4 (#2161) the process exits when one of these is given. */
export const FORBIDDEN_METRIC_FLAGS: Readonly<Record<string, string>> = {
  'total-queued-requests-metric': ENGINE_CONFIGS,
  'total-running-requests-metric': ENGINE_CONFIGS,
  'kv-cache-usage-percentage-metric': ENGINE_CONFIGS,
  'lora-info-metric': ENGINE_CONFIGS,
  'cache-info-metric': ENGINE_CONFIGS,
};

export const REMOVED_MODEL_SERVER_FLAGS: Readonly<Record<string, string>> = {
  'model-server-metrics-scheme': DATA_SOURCE,
  'model-server-metrics-path': DATA_SOURCE,
  'model-server-metrics-port': 'remove it: the ports of the pool are scraped',
  'model-server-metrics-https-insecure-skip-verify': DATA_SOURCE,
};
