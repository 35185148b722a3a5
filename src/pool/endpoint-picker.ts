import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, kubeObject, Manifest, warn } from '../core';
import type { EndpointPickerOptions } from './endpoint-picker-options';
import { EndpointPickerTls } from './endpoint-picker-tls';
import {
  collectorAccess, metricsReader, pickerRole, pickerRoleBinding, pickerServiceAccount, tokenReviewBinding, tokenReviewRole,
} from './picker/access-manifests';
import { checkPicker } from './picker/check-picker';
import { pickerDestinationRule } from './picker/destination-rule';
import { latencyConfigMaps } from './picker/latency-manifests';
import { monitor } from './picker/monitoring-manifests';
import { EndpointPickerPlan, planPicker } from './picker/picker-plan';
import { disruptionBudget, networkPolicy } from './picker/protection-manifests';
import { pickerConfigMap, pickerDeployment, pickerService } from './picker/workload-manifests';

/** Properties of `EndpointPicker`. */
export interface EndpointPickerProps extends EndpointPickerOptions {
  /** Name of the InferencePool whose pods it picks. */
  readonly poolName: string;
  /** Namespace of the InferencePool; the picker runs there too. */
  readonly namespace: string;

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
    this.serviceAccount = kubeObject(this, 'ServiceAccount', pickerServiceAccount(plan));
    this.role = kubeObject(this, 'Role', pickerRole(plan));
    kubeObject(this, 'RoleBinding', pickerRoleBinding(plan));
    this.configMap = kubeObject(this, 'ConfigMap', pickerConfigMap(plan));
    this.deployment = kubeObject(this, 'Resource', pickerDeployment(plan));
    this.service = kubeObject(this, 'Service', pickerService(plan));
    this.renderAll('LatencyPredictor', latencyConfigMaps(plan));
    this.monitor = this.renderMonitoring(plan);
    if (props.podDisruptionBudget) kubeObject(this, 'PodDisruptionBudget', disruptionBudget(plan));
    if (props.networkPolicy) kubeObject(this, 'NetworkPolicy', networkPolicy(plan, props.networkPolicy));
  }

  /**
   * Tells Istio's data plane that the picker speaks TLS, and how to verify its certificate where there is a `caSecret`. Calling it again changes
   * nothing; neither does calling it for a picker without TLS.
   *
   * Renders a `DestinationRule` (networking.istio.io/v1beta1).
   */
  public addDestinationRule(): void {
    if (this.tls._mode === 'plaintext' || this.node.tryFindChild('DestinationRule')) return;
    kubeObject(this, 'DestinationRule', pickerDestinationRule(this.serviceName, this.namespace, this.tls));
  }

  private renderMonitoring(plan: EndpointPickerPlan): ApiObject | undefined {
    const { monitoring } = plan;
    if (plan.reviewsTokens) {
      kubeObject(this, 'TokenReviewRole', tokenReviewRole(plan));
      kubeObject(this, 'TokenReviewBinding', tokenReviewBinding(plan));
    }
    if (!monitoring) return undefined;
    if (plan.metricsAuth) {
      this.renderAll('MetricsReader', metricsReader(plan));
      if (monitoring._kind === 'PodMonitoring') {
        this.renderAll('Collector', collectorAccess(plan, monitoring._options.collectorNamespace ?? 'gmp-system'));
      }
    }
    return kubeObject(this, 'Monitor', monitor(plan, monitoring));
  }

  private renderAll(prefix: string, manifests: readonly Manifest[]): void {
    manifests.forEach((manifest) => kubeObject(this, `${prefix}-${manifest.kind}-${manifest.metadata.name}`, manifest));
  }
}
