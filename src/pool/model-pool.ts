import { ApiObject, Duration } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { assertNoMistakes, checkObjectName, kubeObject, kubeObjects, namespaceOf, warn } from '../core';
import type { IInferenceGateway } from '../gateway';
import { backendPolicySeconds, DEFAULT_TIMEOUT, ModelRoute, ModelRouteOptions, recordPoolTimeout } from '../routing';
import { EndpointPicker } from './endpoint-picker';
import { EndpointPickerOptions } from './endpoint-picker-options';
import { EndpointPickerRuntime } from './endpoint-picker-runtime';
import { InferenceModelRewrite, InferenceModelRewriteOptions } from './inference-model-rewrite';
import { InferenceObjective, InferenceObjectiveOptions } from './inference-objective';
import { PoolAppProtocol } from './pool-app-protocol';
import { checkPool } from './pool-parts/check-pool';
import { HealthCheck, healthCheckOf, poolManifest, poolPolicies } from './pool-parts/pool-manifests';
import { checkTemplate, labelPods, PodTemplate, templateOfObject, templateOfWorkload } from './workload-labels';

/** What the gateway does with a request when the endpoint picker does not answer. */
export enum FailureMode {
  /** Sends it to any pod of the pool. */
  FAIL_OPEN = 'FailOpen',
  /** Refuses it. */
  FAIL_CLOSE = 'FailClose',
}

/** An endpoint picker that exists, named by its Service in the pool's namespace. */
export interface EndpointPickerServiceRef {
  /** Name of the Service. */
  readonly name: string;

  /**
   * Port of the Service.
   *
   * @default 9002
   */
  readonly port?: number;
}

/** Properties of `ModelPool`. */
export interface ModelPoolProps {
  /**
   * The workload that serves the model. Its pods get the labels the pool selects by.
   *
   * @default - the pods are found by `matchLabels` alone
   */
  readonly workload?: Workload;

  /**
   * The workload as any cdk8s object: a Deployment, StatefulSet, LeaderWorkerSet, custom resource. Where it has a pod template at `spec.template`,
   * its pods get the labels the pool selects by; for others give `matchLabels`.
   *
   * @default - `workload`, or `matchLabels` alone
   */
  readonly workloadObject?: ApiObject;

  /**
   * Labels of the serving pods. They must be in the pool's namespace.
   *
   * @default - with a workload: `cdk8s-inference-gateway/pool: <name>`
   */
  readonly matchLabels?: { [key: string]: string };

  /**
   * Port the model server listens on in its pods.
   *
   * @default - `ports` is given
   */
  readonly port?: number;

  /**
   * Ports of a data-parallel server, 1 to 8 of them, each a rank of its own.
   *
   * @default - the one `port`
   */
  readonly ports?: number[];

  /**
   * The protocol the gateway speaks to the pods. vLLM speaks HTTP/2 in its gRPC server only: with `endpointPicker.modelServer` VLLM and `H2C`
   * the picker parses gRPC.
   *
   * @default - not written; the API server defaults it to `http`
   */
  readonly appProtocol?: PoolAppProtocol;

  /**
   * Name of the InferencePool.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the InferencePool.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /**
   * The endpoint picker made for this pool.
   *
   * @default - one with defaults
   */
  readonly endpointPicker?: EndpointPickerOptions;

  /**
   * An endpoint picker that exists, instead of one made for this pool.
   *
   * @default - `endpointPicker` is made
   */
  readonly endpointPickerService?: EndpointPickerServiceRef;

  /**
   * What happens to requests while the endpoint picker does not answer.
   *
   * @default - not written; the API server defaults it to `FailClose`
   */
  readonly failureMode?: FailureMode;

  /**
   * Path a health check of the model server asks for. Used where the gateway checks health itself (GKE).
   *
   * @default - /health; with `PoolAppProtocol.H2C` the check is one of gRPC
   */
  readonly healthPath?: string;

  /**
   * Value of the label `app.kubernetes.io/managed-by` of the endpoint picker.
   *
   * @default cdk8s
   */
  readonly managedBy?: string;
}

/**
 * The serving pods of a model as one backend for routes: an InferencePool and its endpoint picker.
 *
 * Renders an `InferencePool` (inference.networking.k8s.io/v1) and the objects of an `EndpointPicker`; for a GKE Gateway also a
 * `GCPBackendPolicy` and a `HealthCheckPolicy`.
 *
 * Errors: IGW101 and IGW102 for names, IGW501 for labels and ports.
 */
export class ModelPool extends Construct {
  /** Name of the InferencePool. */
  public readonly name: string;
  /** Namespace of the InferencePool. */
  public readonly namespace: string;
  /** The InferencePool object. */
  public readonly inferencePool: ApiObject;
  /** The endpoint picker; undefined when one that exists is referred to. */
  public readonly endpointPicker?: EndpointPicker;

  private readonly port: number;
  private readonly runtime: EndpointPickerRuntime;
  private readonly healthCheck: HealthCheck;
  private hasGcpPolicies = false;

  public constructor(scope: Construct, id: string, props: ModelPoolProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    const ports = props.ports ?? (props.port === undefined ? [] : [props.port]);
    const { workload, workloadObject } = props;
    const template = workload ? templateOfWorkload(workload) : workloadObject && templateOfObject(workloadObject);
    const matchLabels = props.matchLabels ?? (template ? { 'cdk8s-inference-gateway/pool': this.name } : {});
    assertNoMistakes(this, [
      ...checkObjectName('metadata.name', this.name),
      ...checkPool(props, ports, matchLabels, this.namespace, template?.namespace),
      ...(workloadObject && template ? checkTemplate(template, matchLabels, props.matchLabels !== undefined) : []),
    ]);
    if (template) warnOfPorts(this, ports, template);
    this.port = ports[0];
    this.runtime = runtimeOf(props.endpointPicker);
    this.healthCheck = healthCheckOf(props);
    Object.entries(matchLabels).forEach(([key, value]) => workload?.podMetadata.addLabel(key, value));
    if (workloadObject && template) labelPods(workloadObject, template, matchLabels);

    this.inferencePool = kubeObject(this, 'Resource', poolManifest({ ...props, name: this.name, namespace: this.namespace, ports, matchLabels }));
    if (props.endpointPickerService) return;
    this.endpointPicker = new EndpointPicker(this, 'EndpointPicker', {
      ...props.endpointPicker, poolName: this.name, namespace: this.namespace, managedBy: props.managedBy, appProtocol: props.appProtocol,
    });
  }

  /**
   * Routes a model name of a Gateway to this pool, in the pool's namespace.
   *
   * Renders the objects of a `ModelRoute`, and those of `connectTo`.
   */
  public routeFrom(gateway: IInferenceGateway, options: ModelRouteOptions): ModelRoute {
    this.connectTo(gateway, options.timeout);
    return new ModelRoute(this, `Route-${options.name ?? this.name}`, {
      ...options, gateway, pool: { name: this.name, namespace: this.namespace }, namespace: this.namespace,
    });
  }

  /**
   * Gives requests that name it a priority. Renders an `InferenceObjective` of the group the endpoint picker reads.
   *
   * @param name name of the InferenceObjective, which clients send
   */
  public addObjective(name: string, options: InferenceObjectiveOptions = {}): InferenceObjective {
    return new InferenceObjective(this, `Objective-${name}`, {
      name, runtime: this.runtime, ...options, poolName: this.name, namespace: this.namespace,
    });
  }

  /**
   * Has the endpoint picker send requests for one model name to others. Renders an `InferenceModelRewrite` of the group it reads.
   *
   * @param name name of the InferenceModelRewrite
   */
  public addModelRewrite(name: string, options: InferenceModelRewriteOptions): InferenceModelRewrite {
    return new InferenceModelRewrite(this, `ModelRewrite-${name}`, {
      name, runtime: this.runtime, ...options, poolName: this.name, namespace: this.namespace,
    });
  }

  /**
   * Renders what the implementation of a Gateway needs to reach this pool: a DestinationRule on Istio, a GCPBackendPolicy and a
   * HealthCheckPolicy on GKE. `routeFrom` does it by itself; call it for a route that exists.
   *
   * @param gateway where requests come from
   * @param timeout longest time a request may take, on GKE; 300 seconds by default, 0 for the longest there is
   */
  public connectTo(gateway: IInferenceGateway, timeout: Duration = DEFAULT_TIMEOUT): void {
    const { capabilities } = gateway.implementation;
    if (capabilities.destinationRules) this.endpointPicker?.addDestinationRule();
    if (!capabilities.gcpPolicies || this.hasGcpPolicies) return;
    this.hasGcpPolicies = true;
    const timeoutSeconds = backendPolicySeconds(timeout);
    recordPoolTimeout(this, this, timeoutSeconds);
    kubeObjects(this, poolPolicies({ pool: this.name, namespace: this.namespace, port: this.port, ...this.healthCheck, timeoutSeconds }));
  }
}

function runtimeOf(picker: EndpointPickerOptions | undefined): EndpointPickerRuntime {
  return picker?.runtime ?? (picker?.image ? EndpointPickerRuntime.fromImage(picker.image) : undefined) ?? EndpointPickerRuntime.GAIE_1_5;
}

/** Ports need not be declared, so one that is not may still be served. */
function warnOfPorts(pool: ModelPool, ports: number[], { ports: declared }: PodTemplate): void {
  if (declared.length === 0) return;
  ports.filter((port) => !declared.includes(port)).forEach((port) => warn(pool, {
    code: 'IGW501', field: 'spec.targetPorts', value: port, problem: 'is none of the ports the containers of the workload declare', allowed: declared.join(', '), fix: 'set the port the model server listens on',
  }));
}
