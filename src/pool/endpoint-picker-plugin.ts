import { compact } from '../core';

/** Options every plugin has. */
export interface EndpointPickerPluginOptions {
  /**
   * The name other parts of the configuration refer to it by.
   *
   * @default - its type
   */
  readonly name?: string;

  /**
   * Its parameters, as upstream documents them for the type. They win over those given by properties.
   *
   * @default - upstream's defaults
   */
  readonly parameters?: { [key: string]: any };
}

/** Options of `EndpointPickerPlugin.prefixCacheScorer`. */
export interface PrefixCacheScorerOptions extends EndpointPickerPluginOptions {
  /**
   * Whether block size and capacity are taken from the metrics of the model servers.
   *
   * @default - true
   */
  readonly autoTune?: boolean;

  /**
   * Size of a block of the prefix, in tokens.
   *
   * @default - 16
   */
  readonly blockSizeTokens?: number;

  /**
   * Blocks of a prompt that are compared at most.
   *
   * @default - 256
   */
  readonly maxPrefixBlocksToMatch?: number;

  /**
   * Blocks remembered per model server.
   *
   * @default - 31250
   */
  readonly lruCapacityPerServer?: number;

  /**
   * Name of the producer plugin that finds the cached prefix; the llm-d router knows several.
   *
   * @default - the approximate one
   */
  readonly prefixMatchInfoProducerName?: string;
}

/** Options of the pickers. */
export interface PickerPluginOptions extends EndpointPickerPluginOptions {
  /**
   * Endpoints handed to the gateway, the best first; the others are for retries.
   *
   * @default - 1
   */
  readonly maxNumOfEndpoints?: number;
}

/** Options of `EndpointPickerPlugin.utilizationDetector`. */
export interface UtilizationDetectorOptions extends EndpointPickerPluginOptions {
  /**
   * Waiting requests above which a model server is full.
   *
   * @default - 5
   */
  readonly queueDepthThreshold?: number;

  /**
   * Share of the KV cache in use, 0 to 1, above which a model server is full.
   *
   * @default - 0.8
   */
  readonly kvCacheUtilThreshold?: number;

  /**
   * Age above which metrics don't count, as a Go duration.
   *
   * @default - 200ms
   */
  readonly metricsStalenessThreshold?: string;
}

/** Options of `EndpointPickerPlugin.concurrencyDetector`. */
export interface ConcurrencyDetectorOptions extends EndpointPickerPluginOptions {
  /**
   * Requests in flight above which a model server is full.
   *
   * @default - 100
   */
  readonly maxConcurrency?: number;

  /**
   * Share by which a single model server may go above it.
   *
   * @default - 0
   */
  readonly headroom?: number;
}

/** Options of `EndpointPickerPlugin.metricsDataSource`. */
export interface MetricsDataSourceOptions extends EndpointPickerPluginOptions {
  /**
   * `http` or `https`.
   *
   * @default - http
   */
  readonly scheme?: string;

  /**
   * Path of the metrics on the model servers.
   *
   * @default - /metrics
   */
  readonly path?: string;

  /**
   * Whether certificates of the model servers are not verified.
   *
   * @default - true
   */
  readonly insecureSkipVerify?: boolean;
}

/** Names of the metrics of one engine, each as `name` or `name{label=value}`. */
export interface EngineMetrics {
  /** Name of the engine, as the pod label says it. */
  readonly name: string;

  /**
   * Waiting requests.
   *
   * @default - not read
   */
  readonly queuedRequests?: string;

  /**
   * Running requests.
   *
   * @default - not read
   */
  readonly runningRequests?: string;

  /**
   * Share of the KV cache in use, 0 to 1.
   *
   * @default - not read
   */
  readonly kvCacheUsage?: string;

  /**
   * LoRA adapters loaded.
   *
   * @default - not read
   */
  readonly loraInfo?: string;

  /**
   * Block size and number of blocks of the cache, as labels.
   *
   * @default - not read
   */
  readonly cacheInfo?: string;
}

/** Options of `EndpointPickerPlugin.coreMetricsExtractor`. */
export interface CoreMetricsExtractorOptions extends EndpointPickerPluginOptions {
  /**
   * Engine of pods without the engine label.
   *
   * @default - vllm
   */
  readonly defaultEngine?: string;

  /**
   * Metrics of engines the build does not know, or other ones than it knows.
   *
   * @default - the build's own
   */
  readonly engines?: EngineMetrics[];

  /**
   * Pod label that names the engine.
   *
   * @default - the build's own, `EndpointPickerRuntime.engineTypeLabel`
   */
  readonly engineLabelKey?: string;
}

/** Options of `EndpointPickerPlugin.prefixCacheAffinityFilter`. */
export interface PrefixCacheAffinityFilterOptions extends EndpointPickerPluginOptions {
  /**
   * Share of the prompt that must be cached for a pod to be kept, 0 to 1.
   *
   * @default - upstream's
   */
  readonly affinityThreshold?: number;
}

/** Options of `EndpointPickerPlugin.prefixBasedPdDecider`. */
export interface PrefixBasedPdDeciderOptions extends EndpointPickerPluginOptions {
  /**
   * Prompt tokens that are not cached on the decode pod, from which on a prefill pod is used.
   *
   * @default - 0, which never does
   */
  readonly nonCachedTokens?: number;
}

/** Options of `EndpointPickerPlugin.disaggProfileHandler`. */
export interface DisaggProfileHandlerOptions extends EndpointPickerPluginOptions {
  /**
   * Name of the plugin that decides whether a request needs a prefill pod.
   *
   * @default - none: no request does
   */
  readonly prefillDecider?: string;

  /**
   * Name of the plugin that decides whether a request needs an encode pod.
   *
   * @default - none: no request does
   */
  readonly encodeDecider?: string;
}

/** Options of `EndpointPickerPlugin.pdProfileHandler`. */
export interface PdProfileHandlerOptions extends EndpointPickerPluginOptions {
  /** Name of the plugin that decides whether a request needs a prefill pod. */
  readonly decider: string;

  /**
   * Port of the pods the gateway is sent to, when the routing sidecar listens on another than the model server.
   *
   * @default - the pool's
   */
  readonly primaryPort?: number;
}

/**
 * A plugin of the endpoint picker: its type, name and parameters.
 *
 * Which types exist depends on the runtime; `EndpointPickerRuntime.pluginTypes` lists them. A type the runtime lacks is error IGW506.
 *
 * Source: pkg/epp/framework/plugins of the Gateway API Inference Extension v1.5.0 and of the llm-d router v0.10.0.
 */
export class EndpointPickerPlugin {
  /** Scorer: pods with fewer waiting requests. */
  public static queueScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('queue-scorer', options);
  }

  /** Scorer: pods with more free KV cache. */
  public static kvCacheUtilizationScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('kv-cache-utilization-scorer', options);
  }

  /** Scorer: pods that were sent the longest prefix of the prompt before. */
  public static prefixCacheScorer(options: PrefixCacheScorerOptions = {}): EndpointPickerPlugin {
    const { autoTune, blockSizeTokens, maxPrefixBlocksToMatch, lruCapacityPerServer, prefixMatchInfoProducerName } = options;
    return plugin('prefix-cache-scorer', options, {
      autoTune, blockSizeTokens, maxPrefixBlocksToMatch, lruCapacityPerServer, prefixMatchInfoProducerName,
    });
  }

  /** Scorer of llm-d: pods that hold the longest prefix of the prompt, told by the events of their KV cache. */
  public static precisePrefixCacheScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('precise-prefix-cache-scorer', options);
  }

  /** Scorer: pods with fewer running requests. */
  public static runningRequestsScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('running-requests-size-scorer', options);
  }

  /** Scorer: pods that have the LoRA adapter loaded, then those with room for it. */
  public static loraAffinityScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('lora-affinity-scorer', options);
  }

  /** Scorer: pods with fewer tokens in flight. */
  public static tokenLoadScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('token-load-scorer', options);
  }

  /** Scorer: pods with the best predicted latency; needs `predictedLatencyProducer`. */
  public static latencyScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('latency-scorer', options);
  }

  /** Scorer of llm-d: pods whose queue is below a threshold. */
  public static loadAwareScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('load-aware-scorer', options);
  }

  /** Scorer of llm-d: the pod the session was served by before. */
  public static sessionAffinityScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('session-affinity-scorer', options);
  }

  /** Scorer of llm-d: pods with fewer requests in flight. */
  public static activeRequestScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('active-request-scorer', options);
  }

  /** Scorer of llm-d: spreads requests whose prefix no pod has cached. */
  public static noHitLruScorer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('no-hit-lru-scorer', options);
  }

  /** Picker: the pod with the highest score. */
  public static maxScorePicker(options: PickerPluginOptions = {}): EndpointPickerPlugin {
    return plugin('max-score-picker', options, { maxNumOfEndpoints: options.maxNumOfEndpoints });
  }

  /** Picker: any pod. */
  public static randomPicker(options: PickerPluginOptions = {}): EndpointPickerPlugin {
    return plugin('random-picker', options, { maxNumOfEndpoints: options.maxNumOfEndpoints });
  }

  /** Picker: any pod, those with a higher score more often. */
  public static weightedRandomPicker(options: PickerPluginOptions = {}): EndpointPickerPlugin {
    return plugin('weighted-random-picker', options, { maxNumOfEndpoints: options.maxNumOfEndpoints });
  }

  /** Profile handler: runs the only profile. */
  public static singleProfileHandler(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('single-profile-handler', options);
  }

  /** Profile handler of llm-d's router: runs the profiles `decode`, `prefill` and `encode`. */
  public static disaggProfileHandler(options: DisaggProfileHandlerOptions = {}): EndpointPickerPlugin {
    const deciders = compact({ prefill: options.prefillDecider, encode: options.encodeDecider });
    return plugin('disagg-profile-handler', options, { deciders: Object.keys(deciders).length > 0 ? deciders : undefined });
  }

  /** Profile handler of llm-d's scheduler: runs the profiles `decode` and `prefill`. */
  public static pdProfileHandler(options: PdProfileHandlerOptions): EndpointPickerPlugin {
    return plugin('pd-profile-handler', options, { primaryPort: options.primaryPort, deciderPluginName: options.decider });
  }

  /** Profile handler of llm-d: for data-parallel servers with one port per rank. */
  public static dataParallelProfileHandler(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('data-parallel-profile-handler', options);
  }

  /** Filter of llm-d: pods labelled `llm-d.ai/role` decode or both, or not at all. */
  public static decodeFilter(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('decode-filter', options);
  }

  /** Filter of llm-d: pods labelled `llm-d.ai/role` prefill. */
  public static prefillFilter(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('prefill-filter', options);
  }

  /** Filter of llm-d's router: pods a label selector chooses. */
  public static labelSelectorFilter(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('label-selector-filter', options);
  }

  /** Filter: pods that have enough of the prefix cached, when there are any. */
  public static prefixCacheAffinityFilter(options: PrefixCacheAffinityFilterOptions = {}): EndpointPickerPlugin {
    return plugin('prefix-cache-affinity-filter', options, { affinityThreshold: options.affinityThreshold });
  }

  /** Filter: pods predicted to keep the latency asked for, when there are any. */
  public static sloHeadroomTierFilter(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('slo-headroom-tier-filter', options);
  }

  /** Decider of llm-d: a prefill pod is used when enough of the prompt is not cached. */
  public static prefixBasedPdDecider(options: PrefixBasedPdDeciderOptions = {}): EndpointPickerPlugin {
    return plugin('prefix-based-pd-decider', options, { nonCachedTokens: options.nonCachedTokens });
  }

  /** Decider of llm-d: a prefill pod is always used. */
  public static alwaysDisaggPdDecider(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('always-disagg-pd-decider', options);
  }

  /** Saturation detector: by queue and KV cache of the model servers. */
  public static utilizationDetector(options: UtilizationDetectorOptions = {}): EndpointPickerPlugin {
    const { queueDepthThreshold, kvCacheUtilThreshold, metricsStalenessThreshold } = options;
    return plugin('utilization-detector', options, { queueDepthThreshold, kvCacheUtilThreshold, metricsStalenessThreshold });
  }

  /** Saturation detector: by requests in flight. */
  public static concurrencyDetector(options: ConcurrencyDetectorOptions = {}): EndpointPickerPlugin {
    return plugin('concurrency-detector', options, { maxConcurrency: options.maxConcurrency, headroom: options.headroom });
  }

  /** Data source: scrapes the metrics of the model servers. */
  public static metricsDataSource(options: MetricsDataSourceOptions = {}): EndpointPickerPlugin {
    const { scheme, path, insecureSkipVerify } = options;
    return plugin('metrics-data-source', options, { scheme, path, insecureSkipVerify });
  }

  /** Extractor: finds queue, running requests and cache in the metrics of each engine. */
  public static coreMetricsExtractor(options: CoreMetricsExtractorOptions = {}): EndpointPickerPlugin {
    const engineConfigs = options.engines?.map((engine) => compact({
      name: engine.name,
      queuedRequestsSpec: engine.queuedRequests,
      runningRequestsSpec: engine.runningRequests,
      kvUsageSpec: engine.kvCacheUsage,
      loraSpec: engine.loraInfo,
      cacheInfoSpec: engine.cacheInfo,
    }));
    return plugin('core-metrics-extractor', options, {
      engineLabelKey: options.engineLabelKey, defaultEngine: options.defaultEngine, engineConfigs,
    });
  }

  /** Parser of OpenAI requests. */
  public static openAiParser(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('openai-parser', options);
  }

  /** Parser of vLLM's gRPC requests. */
  public static vllmGrpcParser(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('vllmgrpc-parser', options);
  }

  /** Parser that looks at nothing, for any protocol. */
  public static passthroughParser(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('passthrough-parser', options);
  }

  /** Producer: predicts latencies with the servers of `LatencyPredictor`. */
  public static predictedLatencyProducer(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('predicted-latency-producer', options);
  }

  /** Admission: refuses sheddable requests that no pod can serve in time. */
  public static latencySloAdmitter(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('latency-slo-admitter', options);
  }

  /** Fairness of flow control: each flow in turn. */
  public static roundRobinFairness(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('round-robin-fairness-policy', options);
  }

  /** Order of flow control: the earliest deadline first. */
  public static earliestDeadlineOrdering(options?: EndpointPickerPluginOptions): EndpointPickerPlugin {
    return EndpointPickerPlugin.of('edf-ordering-policy', options);
  }

  /**
   * A plugin of any type.
   *
   * @param type the type, as the build registers it
   */
  public static of(type: string, options: EndpointPickerPluginOptions = {}): EndpointPickerPlugin {
    return new EndpointPickerPlugin(type, options.name ?? type, options.parameters);
  }

  /** Its type. */
  public readonly type: string;
  /** The name it is referred to by. */
  public readonly name: string;
  /** Its parameters. */
  public readonly parameters?: { [key: string]: any };

  private constructor(type: string, name: string, parameters?: { [key: string]: any }) {
    this.type = type;
    this.name = name;
    this.parameters = parameters;
  }
}

function plugin(type: string, { name, parameters }: EndpointPickerPluginOptions, given: object): EndpointPickerPlugin {
  const all = { ...compact(given), ...parameters };
  return EndpointPickerPlugin.of(type, { name, parameters: Object.keys(all).length > 0 ? all : undefined });
}
