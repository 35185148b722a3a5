import { EndpointPickerBuild, PROBE_SERVICES } from './endpoint-picker-build';
import { CONFIG_ROUTER_0_9 } from './endpoint-picker-config-shapes';
import { COMMON_FLAGS, FORBIDDEN_METRIC_FLAGS, METRIC_NAME_FLAGS, MODEL_SERVER_FLAGS } from './endpoint-picker-flags';
import { GAIE_CONFIG_VERSION } from './endpoint-picker-gaie-1-4';
import { PINS } from './pins';

/** llm-d/llm-d-router v0.9.0: pkg/epp/server/options.go, cmd/epp/runner/runner.go, pkg/epp/config/loader, config/charts. */
export const LLMD_ROUTER_0_9: EndpointPickerBuild = {
  name: 'llm-d router 0.9',
  image: `ghcr.io/llm-d/llm-d-router-endpoint-picker:${PINS.llmdRouter09}`,
  repository: 'llm-d/llm-d-router-endpoint-picker',
  release: '0.9',
  flags: {
    ...COMMON_FLAGS,
    ...MODEL_SERVER_FLAGS,
    ...METRIC_NAME_FLAGS,
    'grpc-max-recv-msg-size': { type: 'string' },
    'grpc-max-send-msg-size': { type: 'string' },
    'enable-grpc-stream-metrics': { type: 'bool', default: 'false' },
  },
  forbiddenFlags: FORBIDDEN_METRIC_FLAGS,
  removedFlags: {},
  // The group of GAIE is still read, with a deprecation in the log.
  configApiVersions: ['llm-d.ai/v1alpha1', GAIE_CONFIG_VERSION],
  config: CONFIG_ROUTER_0_9,
  dialect: {
    dataLayer: 'dataLayer',
    saturationDetector: 'flowControl',
    parser: 'requestHandler',
    dataLayerGate: false,
    orderedPlugins: true,
    disaggregation: 'disagg-profile-handler',
    engineMetrics: 'extractor',
    precisePrefix: 'producer',
  },
  featureGates: ['dataLayer', 'flowControl'],
  plugins: {
    scorer: [
      'prefix-cache-scorer', 'kv-cache-utilization-scorer', 'queue-scorer', 'running-requests-size-scorer', 'lora-affinity-scorer',
      'token-load-scorer', 'no-hit-lru-scorer', 'active-request-scorer', 'precise-prefix-cache-scorer', 'mm-embeddings-cache-scorer',
      'load-aware-scorer', 'session-affinity-scorer', 'context-length-aware', 'latency-scorer',
    ],
    filter: [
      'label-selector-filter', 'by-label-selector', 'by-label', 'encode-filter', 'decode-filter', 'prefill-filter', 'session-affinity-filter',
      'context-length-aware', 'prefix-cache-affinity-filter', 'slo-headroom-tier-filter', 'header-based-testing-filter', 'concurrency-detector',
      'utilization-detector',
    ],
    picker: ['max-score-picker', 'random-picker', 'weighted-random-picker'],
    profileHandler: ['single-profile-handler', 'data-parallel-profile-handler', 'disagg-profile-handler', 'pd-profile-handler'],
    decider: ['prefix-based-pd-decider', 'always-disagg-pd-decider', 'always-disagg-multimodal-decider'],
    fairnessPolicy: ['global-strict-fairness-policy', 'round-robin-fairness-policy', 'program-aware-fairness'],
    orderingPolicy: ['fcfs-ordering-policy', 'edf-ordering-policy', 'slo-deadline-ordering-policy'],
    usageLimitPolicy: ['static-usage-limit-policy'],
    saturationDetector: ['concurrency-detector', 'utilization-detector'],
    producer: [
      'approx-prefix-cache-producer', 'inflight-load-producer', 'mm-embeddings-cache-producer', 'predicted-latency-producer', 'token-producer',
      'tokenizer', 'session-id-producer', 'precise-prefix-cache-producer', 'precise-prefix-cache-scorer',
    ],
    admitter: ['latency-slo-admitter', 'probabilistic-admitter'],
    dataSource: ['metrics-data-source', 'models-data-source', 'k8s-notification-source', 'endpoint-notification-source'],
    extractor: [
      'core-metrics-extractor', 'models-data-extractor', 'inflight-load-producer', 'mm-embeddings-cache-producer', 'precise-prefix-cache-producer',
      'precise-prefix-cache-scorer',
    ],
    parser: ['anthropic-parser', 'openai-parser', 'vllmgrpc-parser', 'vllmhttp-parser', 'passthrough-parser', 'vertexai-parser'],
    other: [
      'disagg-headers-handler', 'prefill-header-handler', 'destination-endpoint-served-verifier', 'request-attribute-reporter', 'file-discovery',
      'agent-identity',
    ],
  },
  alphaPlugins: [],
  impliedPlugins: [
    'max-score-picker', 'single-profile-handler', 'global-strict-fairness-policy', 'fcfs-ordering-policy', 'static-usage-limit-policy',
    'utilization-detector', 'anthropic-parser', 'openai-parser', 'vllmgrpc-parser', 'vllmhttp-parser', 'passthrough-parser', 'vertexai-parser',
  ],
  renamedPlugins: { 'model-server-protocol-metrics': 'core-metrics-extractor', 'model-server-protocol-models': 'models-data-extractor' },
  extensionGroups: ['inference.networking.x-k8s.io', 'llm-d.ai'],
  objectiveApiVersion: 'llm-d.ai/v1alpha2',
  probeServices: PROBE_SERVICES,
  engineTypeLabel: 'llm-d.ai/engine-type',
  headers: {
    objective: 'x-llm-d-inference-objective',
    fairnessId: 'x-llm-d-inference-fairness-id',
    modelNameRewrite: 'x-llm-d-model-name-rewrite',
    ttftSlo: 'x-llm-d-slo-ttft-ms',
    tpotSlo: 'x-llm-d-slo-tpot-ms',
  },
  traceServiceName: 'llm-d-router/epp',
  engines: ['vllm', 'sglang', 'trtllm-serve', 'triton-tensorrt-llm'],
};
