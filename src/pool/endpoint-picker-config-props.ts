import { Duration } from 'cdk8s';
import { EndpointPickerPlugin } from './endpoint-picker-plugin';

/** A plugin of a scheduling profile. */
export interface ProfilePlugin {
  /**
   * The plugin; it is added to the configuration's plugins.
   *
   * @default - `pluginRef` names one
   */
  readonly plugin?: EndpointPickerPlugin;

  /**
   * Name of a plugin that is listed in `plugins` or in another profile.
   *
   * @default - `plugin` is given
   */
  readonly pluginRef?: string;

  /**
   * How much a scorer counts. Every scorer needs one.
   *
   * @default - none, for filters, pickers and producers
   */
  readonly weight?: number;
}

/** How the pod of a request is chosen: filters, then weighted scorers, then a picker. */
export interface SchedulingProfile {
  /**
   * Name of the profile. Handlers of prefill and decode look for `prefill` and `decode`.
   *
   * @default default
   */
  readonly name?: string;

  /** Its plugins, in order. Without a picker, the one with the highest score is taken. */
  readonly plugins: ProfilePlugin[];
}

/** Limits and policies for requests of one priority. */
export interface PriorityBand {
  /** The priority, as `InferenceObjective` gives it. Higher ones go first; negative ones may be refused when the pool is full. */
  readonly priority: number;

  /**
   * Most bytes of waiting requests, as a Kubernetes quantity.
   *
   * @default - 1G
   */
  readonly maxBytes?: string;

  /**
   * Most waiting requests. GAIE 1.5 and later.
   *
   * @default - no limit
   */
  readonly maxRequests?: number;

  /**
   * How flows of the band take turns.
   *
   * @default - global-strict-fairness-policy
   */
  readonly fairness?: EndpointPickerPlugin;

  /**
   * Order of requests within a flow.
   *
   * @default - fcfs-ordering-policy: first come, first served
   */
  readonly ordering?: EndpointPickerPlugin;
}

/** Queueing in the endpoint picker while all pods are full. */
export interface FlowControl {
  /**
   * Most bytes of waiting requests of all priorities, as a Kubernetes quantity.
   *
   * @default - no limit
   */
  readonly maxBytes?: string;

  /**
   * Most waiting requests of all priorities. GAIE 1.5 and later.
   *
   * @default - no limit
   */
  readonly maxRequests?: number;

  /**
   * Longest time a request waits.
   *
   * @default - until the client gives up
   */
  readonly defaultRequestTtl?: Duration;

  /**
   * Limits and policies of single priorities.
   *
   * @default - all as `defaultPriorityBand`
   */
  readonly priorityBands?: PriorityBand[];

  /**
   * Limits and policies of priorities without a band of their own. Its `priority` is not used.
   *
   * @default - upstream's
   */
  readonly defaultPriorityBand?: PriorityBand;

  /**
   * How much of the pool's capacity each priority may use. GAIE 1.5 and later.
   *
   * @default - all of it
   */
  readonly usageLimitPolicy?: EndpointPickerPlugin;
}

/** A data source besides the metrics, and what reads it. */
export interface PickerDataSource {
  /** The source. */
  readonly source: EndpointPickerPlugin;
  /** What reads it. */
  readonly extractors: EndpointPickerPlugin[];
}

/** Properties of `EndpointPickerConfig.of`. */
export interface EndpointPickerConfigProps {
  /**
   * Plugins beyond those of the profiles and sections, or those in an order of your own.
   *
   * @default - none
   */
  readonly plugins?: EndpointPickerPlugin[];

  /**
   * How pods are chosen.
   *
   * @default - one profile of all filters, scorers and pickers, each scorer with weight 1
   */
  readonly schedulingProfiles?: SchedulingProfile[];

  /**
   * What tells that a pod is full: `EndpointPickerPlugin.utilizationDetector` or `concurrencyDetector`. Before GAIE 1.5 only the first, whose
   * thresholds are written into the section.
   *
   * @default - the utilization detector with upstream's thresholds
   */
  readonly saturationDetector?: EndpointPickerPlugin;

  /**
   * Queueing. Switches the feature gate `flowControl` on.
   *
   * @default - requests are not queued; sheddable ones are refused while all pods are full
   */
  readonly flowControl?: FlowControl;

  /**
   * Scrapes the model servers.
   *
   * @default - upstream's: http, /metrics
   */
  readonly metricsSource?: EndpointPickerPlugin;

  /**
   * Finds the values in what was scraped, per engine.
   *
   * @default - upstream's: vLLM, and other engines by pod label
   */
  readonly metricsExtractor?: EndpointPickerPlugin;

  /**
   * Data sources besides the metrics. Where there are any, the metrics are listed too.
   *
   * @default - none
   */
  readonly dataSources?: PickerDataSource[];

  /**
   * Reads the requests. GAIE 1.5 and later.
   *
   * @default - OpenAI; the llm-d router also Anthropic and vLLM; vLLM's gRPC for `PoolAppProtocol.H2C` and `modelServer` VLLM
   */
  readonly parser?: EndpointPickerPlugin;

  /**
   * Feature gates to switch on.
   *
   * @default - those the other properties need
   */
  readonly featureGates?: string[];
}
