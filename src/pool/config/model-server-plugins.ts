import type { EndpointPickerBuild } from '../../versions';
import { EndpointPickerConfigProps } from '../endpoint-picker-config-props';
import { EndpointPickerPlugin, EngineMetrics } from '../endpoint-picker-plugin';
import { ModelServerEngine } from '../model-server-engine';

/** Metric names of the engines that builds before GAIE 1.5 don't know (pkg/epp/framework/plugins/datalayer/extractor/metrics). */
const METRICS: Readonly<Partial<Record<ModelServerEngine, EngineMetrics>>> = {
  [ModelServerEngine.SGLANG]: {
    name: ModelServerEngine.SGLANG,
    queuedRequests: 'sglang:num_queue_reqs',
    runningRequests: 'sglang:num_running_reqs',
    kvCacheUsage: 'sglang:token_usage',
  },
  [ModelServerEngine.TRTLLM_SERVE]: {
    name: ModelServerEngine.TRTLLM_SERVE,
    queuedRequests: 'trtllm_num_requests_waiting',
    runningRequests: 'trtllm_num_requests_running',
    kvCacheUsage: 'trtllm_kv_cache_utilization',
  },
  [ModelServerEngine.TRITON_TENSORRT_LLM]: {
    name: ModelServerEngine.TRITON_TENSORRT_LLM,
    queuedRequests: 'nv_trt_llm_request_metrics{request_type=waiting}',
    runningRequests: 'nv_trt_llm_request_metrics{request_type=scheduled}',
    kvCacheUsage: 'nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type=fraction}',
  },
};

/** The metrics of an engine as flags, for builds whose extractor reads no parameters. */
export function modelServerFlags(engine: ModelServerEngine | undefined, build: EndpointPickerBuild): Record<string, string> {
  if (!engine || engine === ModelServerEngine.VLLM || build.dialect.engineMetrics !== 'flags') return {};
  const { queuedRequests = '', runningRequests = '', kvCacheUsage = '' } = METRICS[engine] ?? {};
  return {
    'total-queued-requests-metric': queuedRequests,
    'total-running-requests-metric': runningRequests,
    'kv-cache-usage-percentage-metric': kvCacheUsage,
    // Only vLLM has these two in the form that is read.
    'lora-info-metric': '',
    'cache-info-metric': '',
    ...(engine === ModelServerEngine.TRTLLM_SERVE ? { 'model-server-metrics-path': '/prometheus/metrics' } : {}),
  };
}

/**
 * The plugins that read the metrics of an engine. Upstream's chart also gives the metric names as flags, on which the endpoint picker exits; the
 * extractor alone is enough.
 */
export function withModelServer(
  props: EndpointPickerConfigProps, engine: ModelServerEngine | undefined, build: EndpointPickerBuild,
): EndpointPickerConfigProps {
  if (!engine || build.dialect.engineMetrics === 'flags') return props;
  const unknown = build.engines.includes(engine) ? undefined : METRICS[engine];
  const path = engine === ModelServerEngine.TRTLLM_SERVE ? '/prometheus/metrics' : undefined;
  return {
    ...props,
    metricsSource: props.metricsSource ?? EndpointPickerPlugin.metricsDataSource({ path }),
    metricsExtractor: props.metricsExtractor ?? EndpointPickerPlugin.coreMetricsExtractor({ defaultEngine: engine, engines: unknown && [unknown] }),
  };
}

/** vLLM speaks HTTP/2 in its server of gRPC only, whose requests no build reads unless told. */
export function withParser(
  props: EndpointPickerConfigProps, engine: ModelServerEngine | undefined, build: EndpointPickerBuild,
): EndpointPickerConfigProps {
  if (props.parser || engine !== ModelServerEngine.VLLM || build.dialect.parser === 'none') return props;
  return { ...props, parser: EndpointPickerPlugin.vllmGrpcParser() };
}
