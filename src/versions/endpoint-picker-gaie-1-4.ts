import { EndpointPickerBuild, PROBE_SERVICES } from './endpoint-picker-build';
import { CONFIG_1_4 } from './endpoint-picker-config-shapes';
import { COMMON_FLAGS, FORBIDDEN_METRIC_FLAGS, METRIC_NAME_FLAGS, MODEL_SERVER_FLAGS } from './endpoint-picker-flags';
import { PINS } from './pins';

export const GAIE_CONFIG_VERSION = 'inference.networking.x-k8s.io/v1alpha1';
export const GAIE_OBJECTIVE_VERSION = 'inference.networking.x-k8s.io/v1alpha2';
export const GAIE_ENGINE_LABEL = 'inference.networking.k8s.io/engine-type';

export const GAIE_HEADERS: EndpointPickerBuild['headers'] = {
  objective: 'x-gateway-inference-objective',
  fairnessId: 'x-gateway-inference-fairness-id',
  modelNameRewrite: 'x-gateway-model-name-rewrite',
  ttftSlo: 'x-slo-ttft-ms',
  tpotSlo: 'x-slo-tpot-ms',
};

/** kubernetes-sigs/gateway-api-inference-extension v1.4.0: pkg/epp/server/options.go, cmd/epp/runner/runner.go, pkg/epp/config/loader. */
export const GAIE_1_4: EndpointPickerBuild = {
  name: 'GAIE 1.4',
  image: `registry.k8s.io/gateway-api-inference-extension/epp:${PINS.gaie14}`,
  repository: 'gateway-api-inference-extension/epp',
  release: '1.4',
  flags: { ...COMMON_FLAGS, ...MODEL_SERVER_FLAGS, ...METRIC_NAME_FLAGS },
  forbiddenFlags: FORBIDDEN_METRIC_FLAGS,
  removedFlags: {},
  configApiVersions: [GAIE_CONFIG_VERSION],
  config: CONFIG_1_4,
  dialect: {
    dataLayer: 'data',
    saturationDetector: 'thresholds',
    parser: 'none',
    dataLayerGate: true,
    orderedPlugins: true,
    disaggregation: 'pd-profile-handler',
    engineMetrics: 'extractor',
    precisePrefix: 'scorer',
  },
  featureGates: ['dataLayer', 'flowControl', 'prepareDataPlugins'],
  plugins: {
    scorer: [
      'prefix-cache-scorer', 'kv-cache-utilization-scorer', 'queue-scorer', 'running-requests-size-scorer', 'lora-affinity-scorer',
      'predicted-latency-scorer',
    ],
    filter: ['header-based-testing-filter'],
    picker: ['max-score-picker', 'random-picker', 'weighted-random-picker'],
    profileHandler: ['single-profile-handler'],
    fairnessPolicy: ['global-strict-fairness-policy', 'round-robin-fairness-policy'],
    orderingPolicy: ['fcfs-ordering-policy', 'edf-ordering-policy'],
    dataSource: ['metrics-data-source', 'k8s-notification-source'],
    extractor: ['model-server-protocol-metrics'],
    other: ['destination-endpoint-served-verifier', 'request-attribute-reporter'],
  },
  alphaPlugins: [],
  impliedPlugins: ['max-score-picker', 'single-profile-handler', 'global-strict-fairness-policy', 'fcfs-ordering-policy'],
  renamedPlugins: { 'core-metrics-extractor': 'model-server-protocol-metrics' },
  extensionGroups: ['inference.networking.x-k8s.io'],
  objectiveApiVersion: GAIE_OBJECTIVE_VERSION,
  probeServices: PROBE_SERVICES,
  engineTypeLabel: GAIE_ENGINE_LABEL,
  headers: GAIE_HEADERS,
  traceServiceName: 'gateway-api-inference-extension/epp',
  engines: ['vllm', 'sglang'],
};
