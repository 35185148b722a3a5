import type { ConfigMap, ConfigShape } from './endpoint-picker-build';

const map = (keys: Record<string, ConfigShape>, replaced?: Record<string, string>): ConfigMap => ({ keys, replaced });
const ref = map({ pluginRef: 'string' });

const head: Record<string, ConfigShape> = {
  apiVersion: 'string',
  kind: 'string',
  featureGates: { listOf: 'string' },
  plugins: { listOf: map({ name: 'string', type: 'string', parameters: 'any' }) },
  schedulingProfiles: { listOf: map({ name: 'string', plugins: { listOf: map({ pluginRef: 'string', weight: 'number' }) } }) },
};

const sources: ConfigShape = { listOf: map({ pluginRef: 'string', extractors: { listOf: ref } }) };

function flowControl(band: Record<string, ConfigShape>, more: Record<string, ConfigShape>, replaced?: Record<string, string>): ConfigMap {
  const bands = map({ priority: 'integer', ...band, fairnessPolicyRef: 'string', orderingPolicyRef: 'string' }, replaced);
  return map({ ...band, defaultRequestTTL: 'duration', defaultPriorityBand: bands, priorityBands: { listOf: bands }, ...more }, replaced);
}

const quantities: Record<string, ConfigShape> = { maxBytes: 'quantity', maxRequests: 'quantity' };

/** apix/config/v1alpha1 of GAIE up to 1.4, and of the llm-d schedulers built on it. */
export const CONFIG_1_4 = map({
  ...head,
  saturationDetector: map(
    { queueDepthThreshold: 'integer', kvCacheUtilThreshold: 'number', metricsStalenessThreshold: 'duration' },
    { pluginRef: 'queueDepthThreshold, kvCacheUtilThreshold and metricsStalenessThreshold' },
  ),
  data: map({ sources }),
  flowControl: flowControl({ maxBytes: 'integer' }, {}, { maxRequests: 'maxBytes' }),
}, { dataLayer: 'data' });

const thresholds = 'pluginRef of a utilization-detector with these parameters';

const detector = map({ pluginRef: 'string' }, {
  queueDepthThreshold: thresholds, kvCacheUtilThreshold: thresholds, metricsStalenessThreshold: thresholds,
});

/** apix/config/v1alpha1 of GAIE 1.5. */
export const CONFIG_1_5 = map({
  ...head,
  saturationDetector: detector,
  dataLayer: map({ sources }),
  flowControl: flowControl(quantities, { usageLimitPolicyPluginRef: 'string' }, { saturationDetector: 'the top-level saturationDetector' }),
  parser: ref,
}, { data: 'dataLayer', requestHandler: 'parser' });

const router = (dataLayer: Record<string, ConfigShape>, flow: Record<string, ConfigShape>) => map({
  ...head,
  // Read for old files and moved by the router itself.
  saturationDetector: detector,
  parser: ref,
  dataLayer: map({ injectDefaults: 'boolean', sources, discovery: ref, ...dataLayer }),
  flowControl: flowControl(quantities, {
    defaultNegativePriorityBand: map({ priority: 'integer', ...quantities, fairnessPolicyRef: 'string', orderingPolicyRef: 'string' }),
    usageLimitPolicyPluginRef: 'string',
    saturationDetector: detector,
    ...flow,
  }),
  requestHandler: map({ parsers: { listOf: ref } }),
}, { data: 'dataLayer' });

/** apix/config/v1alpha1 of the llm-d router 0.9. */
export const CONFIG_ROUTER_0_9 = router({}, {});

/** apix/config/v1alpha1 of the llm-d router 0.10. */
export const CONFIG_ROUTER_0_10 = router(
  { crossReplicaSyncerPluginRef: 'string', crossReplicaSyncInterval: 'duration' }, { enableEviction: 'boolean' },
);
