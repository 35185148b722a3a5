import { EndpointPickerBuild, PROBE_SERVICES } from './endpoint-picker-build';
import { CONFIG_1_5 } from './endpoint-picker-config-shapes';
import { COMMON_FLAGS, FORBIDDEN_METRIC_FLAGS, METRIC_NAME_FLAGS, MODEL_SERVER_FLAGS } from './endpoint-picker-flags';
import { GAIE_CONFIG_VERSION, GAIE_ENGINE_LABEL, GAIE_HEADERS, GAIE_OBJECTIVE_VERSION } from './endpoint-picker-gaie-1-4';
import { PINS } from './pins';

const IMAGES = 'registry.k8s.io/gateway-api-inference-extension';

/** kubernetes-sigs/gateway-api-inference-extension v1.5.0: pkg/epp/server/options.go, cmd/epp/runner/runner.go, pkg/epp/config/loader. */
export const GAIE_1_5: EndpointPickerBuild = {
  name: 'GAIE 1.5',
  image: `${IMAGES}/epp:${PINS.gaie}`,
  repository: 'gateway-api-inference-extension/epp',
  release: '1.5',
  flags: { ...COMMON_FLAGS, ...MODEL_SERVER_FLAGS, ...METRIC_NAME_FLAGS },
  forbiddenFlags: FORBIDDEN_METRIC_FLAGS,
  removedFlags: {},
  configApiVersions: [GAIE_CONFIG_VERSION],
  config: CONFIG_1_5,
  dialect: {
    dataLayer: 'dataLayer',
    saturationDetector: 'pluginRef',
    parser: 'parser',
    dataLayerGate: false,
    orderedPlugins: true,
    disaggregation: 'disagg-profile-handler',
    engineMetrics: 'extractor',
    precisePrefix: 'producer',
  },
  featureGates: ['dataLayer', 'enableLegacyMetrics', 'flowControl'],
  plugins: {
    scorer: [
      'prefix-cache-scorer', 'kv-cache-utilization-scorer', 'queue-scorer', 'running-requests-size-scorer', 'lora-affinity-scorer',
      'token-load-scorer', 'predicted-latency-scorer', 'latency-scorer',
    ],
    filter: [
      'prefix-cache-affinity-filter', 'slo-headroom-tier-filter', 'header-based-testing-filter', 'concurrency-detector', 'utilization-detector',
    ],
    picker: ['max-score-picker', 'random-picker', 'weighted-random-picker'],
    profileHandler: ['single-profile-handler'],
    fairnessPolicy: ['global-strict-fairness-policy', 'round-robin-fairness-policy'],
    orderingPolicy: ['fcfs-ordering-policy', 'edf-ordering-policy', 'slo-deadline-ordering-policy'],
    usageLimitPolicy: ['static-usage-limit-policy'],
    saturationDetector: ['concurrency-detector', 'utilization-detector'],
    producer: ['approx-prefix-cache-producer', 'predicted-latency-producer', 'inflight-load-producer'],
    admitter: ['latency-slo-admitter'],
    dataSource: ['metrics-data-source', 'k8s-notification-source', 'endpoint-notification-source'],
    extractor: ['core-metrics-extractor', 'inflight-load-producer'],
    parser: ['openai-parser', 'vllmgrpc-parser', 'passthrough-parser'],
    other: ['destination-endpoint-served-verifier', 'request-attribute-reporter'],
  },
  alphaPlugins: [],
  impliedPlugins: [
    'max-score-picker', 'single-profile-handler', 'global-strict-fairness-policy', 'fcfs-ordering-policy', 'static-usage-limit-policy',
    'openai-parser', 'utilization-detector',
  ],
  renamedPlugins: { 'model-server-protocol-metrics': 'core-metrics-extractor' },
  extensionGroups: ['inference.networking.x-k8s.io'],
  objectiveApiVersion: GAIE_OBJECTIVE_VERSION,
  probeServices: PROBE_SERVICES,
  engineTypeLabel: GAIE_ENGINE_LABEL,
  headers: GAIE_HEADERS,
  traceServiceName: 'gateway-api-inference-extension/epp',
  engines: ['vllm', 'sglang', 'trtllm-serve', 'triton-tensorrt-llm'],
  latencyPredictor: { training: `${IMAGES}/latency-training-server:${PINS.gaie}`, prediction: `${IMAGES}/latency-prediction-server:${PINS.gaie}` },
};
