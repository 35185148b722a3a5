import type { EndpointPickerBuild } from './endpoint-picker-build';
import { COMMON_FLAGS, METRIC_NAME_FLAGS, MODEL_SERVER_FLAGS } from './endpoint-picker-flags';
import { GAIE_1_4 } from './endpoint-picker-gaie-1-4';
import { PINS } from './pins';

/**
 * llm-d/llm-d-inference-scheduler v0.6.0: pkg/plugins/register.go, on GAIE at commit fd30cb97714a, between 1.3 and 1.4. Metric names are still
 * read from flags, and there are no policies of flow control to choose from.
 */
export const LLMD_SCHEDULER_0_6: EndpointPickerBuild = {
  ...GAIE_1_4,
  name: 'llm-d inference scheduler 0.6',
  image: `ghcr.io/llm-d/llm-d-inference-scheduler:v${PINS.llmd}`,
  repository: 'llm-d/llm-d-inference-scheduler',
  release: '0.6',
  flags: { ...COMMON_FLAGS, ...MODEL_SERVER_FLAGS, ...METRIC_NAME_FLAGS },
  forbiddenFlags: {},
  // Its extractor reads no parameters.
  dialect: { ...GAIE_1_4.dialect, engineMetrics: 'flags' },
  plugins: {
    scorer: [
      'prefix-cache-scorer', 'kv-cache-utilization-scorer', 'queue-scorer', 'running-requests-size-scorer', 'lora-affinity-scorer',
      'predicted-latency-scorer', 'precise-prefix-cache-scorer', 'load-aware-scorer', 'session-affinity-scorer', 'active-request-scorer',
      'no-hit-lru-scorer',
    ],
    filter: ['by-label', 'by-label-selector', 'decode-filter', 'prefill-filter', 'header-based-testing-filter'],
    picker: ['max-score-picker', 'random-picker', 'weighted-random-picker'],
    profileHandler: ['single-profile-handler', 'data-parallel-profile-handler', 'pd-profile-handler'],
    decider: ['prefix-based-pd-decider', 'always-disagg-pd-decider'],
    dataSource: ['metrics-data-source', 'models-data-source'],
    extractor: ['model-server-protocol-metrics', 'model-server-protocol-models'],
    other: ['prefill-header-handler', 'destination-endpoint-served-verifier'],
  },
  impliedPlugins: ['max-score-picker', 'single-profile-handler', 'global-strict-fairness-policy', 'fcfs-ordering-policy'],
  traceServiceName: 'llm-d-inference-scheduler/epp',
};
