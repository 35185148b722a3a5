import type { GraphObject, ObjectName } from './graph-object';
import type { Path } from './json';

/** What a reference is for. */
export enum ReferenceType {
  /** Gateway to GatewayClass. */
  GATEWAY_CLASS = 'gatewayClass',
  /** Route or ListenerSet to its Gateway, ListenerSet or Service. */
  PARENT = 'parent',
  /** Route to what it sends requests to. */
  BACKEND = 'backend',
  /** Route to what it sends copies of requests to. */
  MIRROR = 'mirror',
  /** Route to the object a filter or other extension stands in. */
  EXTENSION = 'extension',
  /** InferencePool to the Service of its endpoint picker. */
  ENDPOINT_PICKER = 'endpointPicker',
  /** InferencePool or Service to a workload whose pods it selects. */
  SELECTS = 'selects',
  /** Endpoint picker to its InferencePool, by flag. */
  POOL_FLAG = 'poolFlag',
  /** InferenceObjective, InferenceModelRewrite and the like to their pool. */
  POOL = 'pool',
  /** Listener to the Secret of its certificate, or to a CA. */
  CERTIFICATE = 'certificate',
  /** Policy, EnvoyFilter, WasmPlugin to what it applies to. */
  TARGET = 'target',
  /** What plugs a body-based router or the like in, to its Service. */
  PLUGIN_SERVICE = 'pluginService',
  /** DestinationRule to the Service of its host. */
  HOST = 'host',
  /** Workload to its ServiceAccount. */
  SERVICE_ACCOUNT = 'serviceAccount',
  /** Role binding to its role. */
  ROLE = 'role',
  /** Role binding to a ServiceAccount. */
  SUBJECT = 'subject',
  /** Workload to a ConfigMap. */
  CONFIG_MAP = 'configMap',
  /** Workload to a Secret. */
  SECRET = 'secret',
  /** Workload to a PersistentVolumeClaim. */
  VOLUME_CLAIM = 'volumeClaim',
  /** Autoscaler to what it scales. */
  SCALES = 'scales',
  /** Ingress to a Service or to the Secret of its certificate. */
  INGRESS = 'ingress',
}

/** One object naming another. The target is there, or it is outside of the set. */
export interface Reference extends ObjectName {
  readonly type: ReferenceType;
  readonly from: GraphObject;
  /** The field that names it: a map with `name` in it, or the name itself. */
  readonly path: Path;
  readonly port?: number;
  /** Listener, key of a ConfigMap or Secret: the part that is meant. */
  readonly section?: string;
  /** Whether the reference says that the target may be missing. */
  readonly optional?: boolean;
  readonly to?: GraphObject;
}
