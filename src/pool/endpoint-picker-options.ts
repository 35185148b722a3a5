import { Size } from 'cdk8s';
import { EndpointPickerConfig } from './endpoint-picker-config';
import { EndpointPickerMonitoring } from './endpoint-picker-monitoring';
import { EndpointPickerRuntime } from './endpoint-picker-runtime';
import { EndpointPickerTls } from './endpoint-picker-tls';
import { LatencyPredictor } from './latency-predictor';
import { ModelServerEngine } from './model-server-engine';

/** A taint that pods may be scheduled in spite of, with Kubernetes' own words. */
export interface PickerToleration {
  /**
   * Key of the taint.
   *
   * @default - every taint
   */
  readonly key?: string;

  /**
   * `Equal` or `Exists`.
   *
   * @default - Equal
   */
  readonly operator?: string;

  /**
   * Value of the taint.
   *
   * @default - none
   */
  readonly value?: string;

  /**
   * `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - every effect
   */
  readonly effect?: string;

  /**
   * Seconds until a running pod is evicted.
   *
   * @default - never
   */
  readonly tolerationSeconds?: number;
}

/** Where traces of an endpoint picker go. */
export interface PickerTracing {
  /** The OTLP endpoint, as in `http://otel-collector.observability:4317`. */
  readonly endpoint: string;

  /**
   * Share of traces kept that no caller decided upon, 0 to 1.
   *
   * @default 0.1
   */
  readonly sampleRatio?: number;

  /**
   * Sampler, by its OpenTelemetry name.
   *
   * @default parentbased_traceidratio
   */
  readonly sampler?: string;
}

/** Who may connect to an endpoint picker. */
export interface PickerNetworkPolicy {
  /**
   * Namespaces whose pods may ask it for endpoints: those of the Gateways' pods.
   *
   * @default - every namespace
   */
  readonly gatewayNamespaces?: string[];

  /**
   * Namespaces whose pods may scrape its metrics.
   *
   * @default - every namespace
   */
  readonly metricsNamespaces?: string[];
}

/** Options of an endpoint picker. */
export interface EndpointPickerOptions {
  /**
   * Name of the endpoint picker and of everything it needs.
   *
   * @default - `<pool>-epp`
   */
  readonly name?: string;

  /**
   * The build that runs: decides image, flags, configuration, RBAC and probes.
   *
   * @default - the one `image` is, else EndpointPickerRuntime.GAIE_1_5
   */
  readonly runtime?: EndpointPickerRuntime;

  /**
   * Container image. An image that is no known build is run like GAIE 1.5, and its flags and plugins are not checked; name it with
   * `EndpointPickerRuntime.of` to have them checked.
   *
   * @default - the one of the runtime
   */
  readonly image?: string;

  /**
   * Its configuration file.
   *
   * @default EndpointPickerConfig.upstreamDefault()
   */
  readonly config?: EndpointPickerConfig;

  /**
   * The engine of the model servers, whose metrics are read. Pods can also say it by the label `EndpointPickerRuntime.engineTypeLabel`.
   *
   * @default - vLLM
   */
  readonly modelServer?: ModelServerEngine;

  /**
   * Port the gateway calls it on.
   *
   * @default 9002
   */
  readonly port?: number;

  /**
   * Number of pods. With more than one, a leader is elected and serves alone; the others stand by.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Further command-line flags, by name without dashes. Written as `--name=value`.
   *
   * @default - none
   */
  readonly flags?: { [name: string]: string };

  /**
   * Log verbosity, 0 to 5.
   *
   * @default - upstream's, 2
   */
  readonly verbosity?: number;

  /**
   * How the gateway's connection is protected.
   *
   * @default EndpointPickerTls.selfSigned()
   */
  readonly tls?: EndpointPickerTls;

  /**
   * Whether `/metrics` asks for a token. Where it does and something scrapes it, the rights to check tokens are rendered.
   *
   * @default true
   */
  readonly metricsAuth?: boolean;

  /**
   * Scrapes the metrics. Renders a monitor, and unless `metricsAuth` is false a ServiceAccount with a token for it.
   *
   * @default - the metrics are not scraped
   */
  readonly monitoring?: EndpointPickerMonitoring;

  /**
   * Sends traces.
   *
   * @default - none are sent
   */
  readonly tracing?: PickerTracing;

  /**
   * Servers beside the picker that learn and predict latencies, for `EndpointPickerConfig.predictedLatency`, which is then the default config.
   *
   * @default - none
   */
  readonly latencyPredictor?: LatencyPredictor;

  /**
   * CPU its pod requests, as a Kubernetes quantity.
   *
   * @default 250m
   */
  readonly cpuRequest?: string;

  /**
   * Most CPU its pod gets, as a Kubernetes quantity.
   *
   * @default - no limit
   */
  readonly cpuLimit?: string;

  /**
   * Memory its pod requests.
   *
   * @default Size.mebibytes(512)
   */
  readonly memoryRequest?: Size;

  /**
   * Most memory its pod gets.
   *
   * @default - no limit
   */
  readonly memoryLimit?: Size;

  /**
   * Further environment variables.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Labels of the nodes it may run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints it may run in spite of.
   *
   * @default - none
   */
  readonly tolerations?: PickerToleration[];

  /**
   * Affinity of its pods, as Kubernetes writes it.
   *
   * @default - none
   */
  readonly affinity?: any;

  /**
   * Spread of its pods over zones or nodes. The selector of each defaults to the picker's pods.
   *
   * @default - none
   */
  readonly topologySpreadConstraints?: any[];

  /**
   * PriorityClass of its pods.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * Secrets to pull the image with.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Renders a `PodDisruptionBudget` (policy/v1) that keeps the serving pod from being evicted. Draining its node then waits until the pod is
   * deleted by hand; standbys can be evicted.
   *
   * @default false
   */
  readonly podDisruptionBudget?: boolean;

  /**
   * Renders a `NetworkPolicy` (networking.k8s.io/v1) that lets nothing in but requests of gateways, health checks and scrapes.
   *
   * @default - none
   */
  readonly networkPolicy?: PickerNetworkPolicy;
}
