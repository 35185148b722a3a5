import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, checkServiceName, kubeObject, LONGEST_LABEL, Mistake, parseQuantity, sizeToQuantity } from '../core';
import { destinationRuleManifest } from '../policy';
import { PINS } from '../versions';
import { EndpointPickerConfig } from './endpoint-picker-config';
import {
  EndpointPickerPlan, PICKER_PORT, pickerConfigMap, pickerDeployment, pickerRole, pickerRoleBinding, pickerService, pickerServiceAccount,
} from './endpoint-picker-manifests';

/** Options of an endpoint picker. */
export interface EndpointPickerOptions {
  /**
   * Name of the endpoint picker and of everything it needs.
   *
   * @default - `<pool>-epp`
   */
  readonly name?: string;

  /**
   * Container image.
   *
   * @default - the one of the pinned Gateway API Inference Extension release
   */
  readonly image?: string;

  /**
   * Its configuration file.
   *
   * @default EndpointPickerConfig.upstreamDefault()
   */
  readonly config?: EndpointPickerConfig;

  /**
   * Port the gateway calls it on.
   *
   * @default 9002
   */
  readonly port?: number;

  /**
   * CPU its pod requests, as a Kubernetes quantity.
   *
   * @default 250m
   */
  readonly cpuRequest?: string;

  /**
   * Memory its pod requests.
   *
   * @default Size.mebibytes(512)
   */
  readonly memoryRequest?: Size;
}

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
 * Renders a ServiceAccount, Role, RoleBinding, ConfigMap, Deployment and Service.
 *
 * Source of the shapes: AI Runway, controller/internal/controller/gateway_reconciler.go. Beyond it the pod meets the Pod Security
 * "restricted" profile, requests what it needs, and is told its port when that is not 9002.
 *
 * Errors: IGW101 and IGW102 for the name, IGW204 for requests, IGW503 for the port.
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

  public constructor(scope: Construct, id: string, props: EndpointPickerProps) {
    super(scope, id);
    const plan = planOf(props);
    assertNoMistakes(this, checkPlan(plan));
    this.serviceName = plan.name;
    this.namespace = plan.namespace;
    this.port = plan.port;
    this.serviceAccount = kubeObject(this, 'ServiceAccount', pickerServiceAccount(plan));
    this.role = kubeObject(this, 'Role', pickerRole(plan));
    kubeObject(this, 'RoleBinding', pickerRoleBinding(plan));
    this.configMap = kubeObject(this, 'ConfigMap', pickerConfigMap(plan));
    this.deployment = kubeObject(this, 'Resource', pickerDeployment(plan));
    this.service = kubeObject(this, 'Service', pickerService(plan));
  }

  /**
   * Tells Istio's data plane that the picker speaks TLS, with a certificate it signs itself. Calling it again changes nothing.
   *
   * Renders a `DestinationRule` (networking.istio.io/v1beta1).
   */
  public addDestinationRule(): void {
    if (this.node.tryFindChild('DestinationRule')) return;
    const { serviceName, namespace } = this;
    kubeObject(this, 'DestinationRule', destinationRuleManifest({ name: serviceName, namespace, service: serviceName, version: 'v1beta1' }));
  }
}

function planOf(props: EndpointPickerProps): EndpointPickerPlan {
  return {
    name: props.name ?? `${props.poolName}-epp`,
    namespace: props.namespace,
    pool: props.poolName,
    image: props.image ?? `registry.k8s.io/gateway-api-inference-extension/epp:${PINS.gaie}`,
    config: (props.config ?? EndpointPickerConfig.upstreamDefault()).document,
    port: props.port ?? PICKER_PORT,
    cpuRequest: props.cpuRequest ?? '250m',
    memoryRequest: sizeToQuantity(props.memoryRequest ?? Size.mebibytes(512)),
    managedBy: props.managedBy ?? 'cdk8s',
  };
}

function checkPlan({ name, pool, port, cpuRequest }: EndpointPickerPlan): Mistake[] {
  const mistakes: Mistake[] = [];
  // The pool's name is a label value of the picker's pods, and the picker's name one of its own: both end at 63 characters.
  if (name === `${pool}-epp` && name.length > LONGEST_LABEL) {
    mistakes.push({
      code: 'IGW102', field: 'metadata.name', value: pool, problem: `has ${pool.length} characters, and its endpoint picker ${name} is a label and a Service of at most ${LONGEST_LABEL}`, allowed: `at most ${LONGEST_LABEL - '-epp'.length} characters`, fix: 'choose a shorter name, or give the endpoint picker one of its own',
    });
  } else {
    mistakes.push(...checkServiceName('endpointPicker.name', name));
  }
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    mistakes.push({ code: 'IGW503', field: 'endpointPicker.port', value: port, problem: 'is not a port', allowed: 'whole numbers from 1 to 65535', fix: 'set another port' });
  } else if (RESERVED_PORTS.includes(port)) {
    mistakes.push({
      code: 'IGW503', field: 'endpointPicker.port', value: port, problem: 'is where the endpoint picker answers health checks (9003) or metrics (9090)', fix: 'set another port',
    });
  }
  if (parseQuantity(cpuRequest) === undefined) {
    mistakes.push({ code: 'IGW204', field: 'endpointPicker.cpuRequest', value: cpuRequest, problem: 'is not a quantity', allowed: 'for example 250m or 2', fix: 'write a Kubernetes quantity' });
  }
  return mistakes;
}

const RESERVED_PORTS = [9003, 9090];
