import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, kubeObjects, warn } from '../core';
import type { EndpointPickerOptions } from './endpoint-picker-options';
import { EndpointPickerTls } from './endpoint-picker-tls';
import { checkPicker } from './picker/check-picker';
import { pickerObjects, pickerTrust } from './picker/picker-objects';
import { planPicker } from './picker/picker-plan';
import { PoolAppProtocol } from './pool-app-protocol';

/** Properties of `EndpointPicker`. */
export interface EndpointPickerProps extends EndpointPickerOptions {
  /** Name of the InferencePool whose pods it picks. */
  readonly poolName: string;
  /** Namespace of the InferencePool; the picker runs there too. */
  readonly namespace: string;

  /**
   * The protocol of the InferencePool. With `PoolAppProtocol.H2C` and `modelServer` VLLM, whose one server of HTTP/2 is that of gRPC, the
   * picker parses gRPC, unless `config` has a parser or is YAML. GAIE 1.5 and later.
   *
   * @default - HTTP/1.1
   */
  readonly appProtocol?: PoolAppProtocol;

  /**
   * Value of the label `app.kubernetes.io/managed-by`.
   *
   * @default cdk8s
   */
  readonly managedBy?: string;
}

/**
 * The endpoint picker (EPP) of an InferencePool: the gateway asks it for the best pod of each request.
 *
 * Renders a ServiceAccount, Role, RoleBinding, ConfigMap, Deployment and Service; by options also a ClusterRole and ClusterRoleBinding for the
 * review of tokens, a ServiceAccount, Secret, ClusterRole and ClusterRoleBinding for the reader of metrics with its ServiceMonitor or
 * PodMonitoring, ConfigMaps of the latency predictor, a PodDisruptionBudget and a NetworkPolicy.
 *
 * Source of the shapes: AI Runway, controller/internal/controller/gateway_reconciler.go; of the options: Gateway API Inference Extension v1.5.0,
 * config/charts/inferencepool and config/charts/epplib. Beyond both the pod meets the Pod Security "restricted" profile, requests what it needs,
 * and is told its port when that is not 9002.
 *
 * Errors: IGW101 and IGW102 for the name, IGW204 for resources, IGW209 for the environment, IGW503 for ports and numbers, IGW504 for flags,
 * IGW505, IGW506 and IGW507 for the configuration. IGW508 warns of settings without effect.
 */
export class EndpointPicker extends Construct {
  /** Name of the endpoint picker's Service. */
  public readonly serviceName: string;
  /** Namespace it runs in. */
  public readonly namespace: string;
  /** Port of the Service. */
  public readonly port: number;
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The Service the pool refers to. */
  public readonly service: ApiObject;
  /** The ConfigMap with the configuration file. */
  public readonly configMap: ApiObject;
  /** The Role. */
  public readonly role: ApiObject;
  /** The ServiceAccount. */
  public readonly serviceAccount: ApiObject;
  /** The ServiceMonitor or PodMonitoring, where `monitoring` is given. */
  public readonly monitor?: ApiObject;

  private readonly tls: EndpointPickerTls;

  public constructor(scope: Construct, id: string, props: EndpointPickerProps) {
    super(scope, id);
    const plan = planPicker(props);
    assertNoMistakes(this, [...checkPicker(plan), ...plan.config.mistakes]);
    plan.config.notices.forEach((notice) => warn(this, notice));
    this.serviceName = plan.name;
    this.namespace = plan.namespace;
    this.port = plan.port;
    this.tls = plan.tls;
    const objects = kubeObjects(this, pickerObjects(plan, props.podDisruptionBudget));
    this.serviceAccount = objects.get('ServiceAccount')!;
    this.role = objects.get('Role')!;
    this.configMap = objects.get('ConfigMap')!;
    this.deployment = objects.get('Resource')!;
    this.service = objects.get('Service')!;
    this.monitor = objects.get('Monitor');
  }

  /**
   * Tells Istio's data plane that the picker speaks TLS, and how to verify its certificate where there is a `caSecret`. Calling it again changes
   * nothing; neither does calling it for a picker without TLS.
   *
   * Renders a `DestinationRule` (networking.istio.io/v1beta1).
   */
  public addDestinationRule(): void {
    if (this.node.tryFindChild('DestinationRule')) return;
    kubeObjects(this, pickerTrust({ name: this.serviceName, namespace: this.namespace, tls: this.tls }));
  }
}
