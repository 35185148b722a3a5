import { Size } from 'cdk8s';
import { sizeToQuantity } from '../../core';
import { buildOfImage, EndpointPickerBuild, GAIE_1_5 } from '../../versions';
import { modelServerFlags } from '../config/model-server-plugins';
import type { ResolvedConfig } from '../config/resolved-config';
import { EndpointPickerConfig } from '../endpoint-picker-config';
import type { EndpointPickerOptions, PickerNetworkPolicy } from '../endpoint-picker-options';
import { EndpointPickerTls } from '../endpoint-picker-tls';
import type { LatencyPredictor } from '../latency-predictor';
import { PoolAppProtocol } from '../pool-app-protocol';

export const PICKER_PORT = 9002;
export const PICKER_HEALTH_PORT = 9003;
export const PICKER_METRICS_PORT = 9090;

/** What an endpoint picker is, with every default filled in. */
export interface EndpointPickerPlan {
  readonly name: string;
  readonly namespace: string;
  readonly pool: string;
  /** Who manages the pods: `airunway` where its controller would. */
  readonly managedBy: string;
  /** The build whose conventions are rendered. */
  readonly build: EndpointPickerBuild;
  /** The build that flags and configuration are checked against; undefined when the image is not known. */
  readonly checkedBuild?: EndpointPickerBuild;
  readonly image: string;
  /** The configuration document and what is wrong with it. */
  readonly config: ResolvedConfig;
  readonly port: number;
  readonly replicas: number;
  readonly flags: Readonly<Record<string, string>>;
  /** What tells older builds the metrics of the model servers. */
  readonly engineFlags: Readonly<Record<string, string>>;
  readonly verbosity?: number;
  readonly tls: EndpointPickerTls;
  readonly metricsAuth: boolean;
  /** Whether the rights to check tokens are rendered. */
  readonly reviewsTokens: boolean;
  readonly monitoring?: EndpointPickerOptions['monitoring'];
  readonly tracing?: EndpointPickerOptions['tracing'];
  readonly latencyPredictor?: LatencyPredictor;
  readonly resources: { readonly requests: Resources; readonly limits?: Resources };
  readonly env: Readonly<Record<string, string>>;
  readonly networkPolicy?: PickerNetworkPolicy;
  readonly scheduling: Pick<EndpointPickerOptions,
    'nodeSelector' | 'tolerations' | 'affinity' | 'topologySpreadConstraints' | 'priorityClassName' | 'imagePullSecrets'>;
}

interface Resources { readonly cpu?: string; readonly memory?: string }

export interface PickerPlanInput extends EndpointPickerOptions {
  readonly poolName: string;
  readonly namespace: string;
  readonly managedBy?: string;
  readonly appProtocol?: PoolAppProtocol;
}

export function planPicker(props: PickerPlanInput): EndpointPickerPlan {
  const known = props.runtime?._build ?? (props.image === undefined ? GAIE_1_5 : buildOfImage(props.image));
  const build = known ?? GAIE_1_5;
  const limits = props.cpuLimit || props.memoryLimit
    ? { ...(props.cpuLimit && { cpu: props.cpuLimit }), ...(props.memoryLimit && { memory: sizeToQuantity(props.memoryLimit) }) }
    : undefined;
  return {
    name: props.name ?? `${props.poolName}-epp`,
    namespace: props.namespace,
    pool: props.poolName,
    managedBy: props.managedBy ?? 'cdk8s',
    build,
    checkedBuild: known,
    image: props.image ?? build.image,
    config: resolveConfig(props, build, known),
    port: props.port ?? PICKER_PORT,
    replicas: props.replicas ?? 1,
    flags: props.flags ?? {},
    engineFlags: modelServerFlags(props.modelServer, build),
    verbosity: props.verbosity,
    tls: props.tls ?? EndpointPickerTls.selfSigned(),
    metricsAuth: props.metricsAuth ?? true,
    reviewsTokens: (props.metricsAuth ?? props.monitoring !== undefined),
    monitoring: props.monitoring,
    tracing: props.tracing,
    latencyPredictor: props.latencyPredictor,
    resources: {
      requests: { cpu: props.cpuRequest ?? '250m', memory: sizeToQuantity(props.memoryRequest ?? Size.mebibytes(512)) },
      ...(limits && { limits }),
    },
    env: props.env ?? {},
    networkPolicy: props.networkPolicy,
    scheduling: props,
  };
}

/** Made once: a configuration remembers what it was resolved to. */
const UPSTREAM_DEFAULT = EndpointPickerConfig.upstreamDefault();
const PREDICTED_LATENCY = EndpointPickerConfig.predictedLatency();

function resolveConfig(
  props: PickerPlanInput, build: EndpointPickerBuild, checked: EndpointPickerBuild | undefined,
): ResolvedConfig {
  return (props.config ?? (props.latencyPredictor ? PREDICTED_LATENCY : UPSTREAM_DEFAULT))._resolve({
    rendered: build, checked, engine: props.modelServer, http2: props.appProtocol === PoolAppProtocol.H2C, allowAlpha: props.flags?.['allow-experimental-plugins'] === 'true',
  });
}

export function pickerLabels({ name, pool, managedBy }: EndpointPickerPlan): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': pool, 'app.kubernetes.io/managed-by': managedBy };
}
