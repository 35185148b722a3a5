import type { FieldSchema, KindSchema } from './index';

/*
 * The kinds of Kubernetes itself that an inference gateway consists of, as far as a mistake in them stops requests. What stands in a field that
 * is not gone into, such as affinity, is not looked at; the names of fields are complete for every object that is.
 */

type Properties = Readonly<Record<string, FieldSchema>>;

const ANY: FieldSchema = {};
const STRING: FieldSchema = { type: 'string' };
const FILLED: FieldSchema = { type: 'string', minLength: 1 };
const BOOLEAN: FieldSchema = { type: 'boolean' };
const COUNT: FieldSchema = { type: 'integer', minimum: 0 };
const PORT: FieldSchema = { type: 'integer', minimum: 1, maximum: 65535 };
const PORT_NAME_OR_NUMBER: FieldSchema = { 'x-kubernetes-int-or-string': true };
const STRINGS: FieldSchema = { type: 'array', items: STRING };
const TEXT_MAP: FieldSchema = { type: 'object', additionalProperties: STRING };
/** What labels may be is IGW1005. */
const LABELS: FieldSchema = {};
const PROTOCOL = choice('TCP', 'UDP', 'SCTP');
const PULL_POLICY = choice('Always', 'IfNotPresent', 'Never');

function choice(...words: string[]): FieldSchema {
  return { type: 'string', enum: words };
}

function list(items: FieldSchema, more: Partial<FieldSchema> = {}): FieldSchema {
  return { type: 'array', items, ...more };
}

/** An object whose fields are all known; those of `others` may hold anything. */
function object(properties: Properties, required: readonly string[] = [], others = ''): FieldSchema {
  return { type: 'object', properties: { ...properties, ...anything(others) }, required };
}

function anything(names: string): Properties {
  return Object.fromEntries(names.split(' ').filter((name) => name !== '').map((name) => [name, ANY]));
}

const KEY_OF = object({ name: FILLED, key: FILLED, optional: BOOLEAN }, ['name', 'key']);
const SOURCE_NAME = object({ name: FILLED, optional: BOOLEAN }, ['name']);

const FIELD_PATH: FieldSchema = {
  type: 'string',
  pattern: '^(metadata\\.(name|namespace|uid|labels|annotations)|metadata\\.(labels|annotations)\\[\'[^\']+\'\\]|spec\\.(nodeName|serviceAccountName)|status\\.(hostIPs?|podIPs?))$',
};

const VARIABLE = object({
  name: FILLED,
  value: STRING,
  valueFrom: {
    ...object({
      fieldRef: object({ apiVersion: STRING, fieldPath: FIELD_PATH }, ['fieldPath']),
      configMapKeyRef: KEY_OF,
      secretKeyRef: KEY_OF,
      resourceFieldRef: ANY,
      fileKeyRef: ANY,
    }),
    minProperties: 1,
  },
}, ['name']);

const PROBE: FieldSchema = {
  ...object({
    grpc: object({ port: PORT, service: STRING }, ['port']),
    httpGet: object({ host: STRING, httpHeaders: list(ANY), path: STRING, port: PORT_NAME_OR_NUMBER, scheme: choice('HTTP', 'HTTPS') }, ['port']),
    tcpSocket: object({ host: STRING, port: PORT_NAME_OR_NUMBER }, ['port']),
    exec: object({ command: STRINGS }),
    failureThreshold: COUNT,
    initialDelaySeconds: COUNT,
    periodSeconds: COUNT,
    successThreshold: COUNT,
    terminationGracePeriodSeconds: COUNT,
    timeoutSeconds: COUNT,
  }),
  'x-any-of': [['grpc', 'httpGet', 'tcpSocket', 'exec']],
};

const CONTAINER_NAME: FieldSchema = { type: 'string', minLength: 1, maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' };
/** The name of a port of a container. */
const SHORT_NAME: FieldSchema = { type: 'string', minLength: 1, maxLength: 15, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' };

const CONTAINER = object({
  name: CONTAINER_NAME,
  image: FILLED,
  imagePullPolicy: PULL_POLICY,
  command: STRINGS,
  args: STRINGS,
  workingDir: STRING,
  env: list(VARIABLE),
  envFrom: list({ ...object({ configMapRef: SOURCE_NAME, secretRef: SOURCE_NAME, prefix: STRING }), 'x-any-of': [['configMapRef', 'secretRef']] }),
  ports: list(object({ containerPort: PORT, hostIP: STRING, hostPort: COUNT, name: SHORT_NAME, protocol: PROTOCOL }, ['containerPort'])),
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  startupProbe: PROBE,
  resources: object({ limits: { type: 'object' }, requests: { type: 'object' }, claims: list(ANY) }),
  volumeMounts: list(object({
    mountPath: FILLED, name: FILLED, readOnly: BOOLEAN, subPath: STRING, subPathExpr: STRING, mountPropagation: STRING, recursiveReadOnly: STRING,
  }, ['name', 'mountPath']), { 'x-kubernetes-list-map-keys': ['mountPath'] }),
  stdin: BOOLEAN,
  stdinOnce: BOOLEAN,
  tty: BOOLEAN,
}, ['name', 'image'], 'lifecycle resizePolicy restartPolicy restartPolicyRules securityContext terminationMessagePath terminationMessagePolicy volumeDevices');

const VOLUME_ITEMS = list(object({ key: FILLED, path: FILLED, mode: COUNT }, ['key', 'path']));

const VOLUME = object({
  name: CONTAINER_NAME,
  configMap: object({ name: FILLED, items: VOLUME_ITEMS, optional: BOOLEAN, defaultMode: COUNT }, ['name']),
  secret: object({ secretName: FILLED, items: VOLUME_ITEMS, optional: BOOLEAN, defaultMode: COUNT }, ['secretName']),
  persistentVolumeClaim: object({ claimName: FILLED, readOnly: BOOLEAN }, ['claimName']),
  hostPath: object({ path: FILLED, type: STRING }, ['path']),
}, ['name'], 'awsElasticBlockStore azureDisk azureFile cephfs cinder csi downwardAPI emptyDir ephemeral fc flexVolume flocker gcePersistentDisk gitRepo '
  + 'glusterfs image iscsi nfs photonPersistentDisk portworxVolume projected quobyte rbd scaleIO storageos vsphereVolume');

const BY_NAME: Partial<FieldSchema> = { 'x-kubernetes-list-map-keys': ['name'] };

const POD_SPEC = object({
  containers: list(CONTAINER, { minItems: 1, ...BY_NAME }),
  initContainers: list(CONTAINER, BY_NAME),
  volumes: list(VOLUME, BY_NAME),
  serviceAccountName: STRING,
  serviceAccount: STRING,
  automountServiceAccountToken: BOOLEAN,
  restartPolicy: choice('Always', 'OnFailure', 'Never'),
  terminationGracePeriodSeconds: COUNT,
  nodeSelector: LABELS,
  imagePullSecrets: list(object({ name: STRING })),
  tolerations: list(object({}, [], 'effect key operator tolerationSeconds value')),
  hostNetwork: BOOLEAN,
  hostPID: BOOLEAN,
  hostIPC: BOOLEAN,
  enableServiceLinks: BOOLEAN,
  shareProcessNamespace: BOOLEAN,
}, ['containers'], 'activeDeadlineSeconds affinity dnsConfig dnsPolicy ephemeralContainers hostAliases hostUsers hostname hostnameOverride nodeName os overhead '
  + 'preemptionPolicy priority priorityClassName readinessGates resourceClaims resources runtimeClassName schedulerName schedulingGates securityContext '
  + 'setHostnameAsFQDN subdomain topologySpreadConstraints workloadRef');

const SELECTOR: FieldSchema = {
  ...object({
    matchLabels: { ...LABELS, minProperties: 1 },
    matchExpressions: list(object({ key: FILLED, operator: choice('In', 'NotIn', 'Exists', 'DoesNotExist'), values: STRINGS }, ['key', 'operator'])),
  }),
  minProperties: 1,
};

const TEMPLATE = object({ metadata: object({ labels: LABELS, annotations: LABELS }, [], 'name namespace creationTimestamp finalizers generateName ownerReferences'), spec: POD_SPEC }, ['spec']);
const ROLLING_UPDATE = object({ maxSurge: PORT_NAME_OR_NUMBER, maxUnavailable: PORT_NAME_OR_NUMBER, partition: COUNT });

const WORKLOAD: Properties = { replicas: COUNT, selector: SELECTOR, template: TEMPLATE, minReadySeconds: COUNT, revisionHistoryLimit: COUNT };
const NEEDS = ['selector', 'template'];

const SERVICE_PORT = object({
  name: { type: 'string', maxLength: 63, pattern: '^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$' },
  port: PORT,
  targetPort: PORT_NAME_OR_NUMBER,
  nodePort: COUNT,
  protocol: PROTOCOL,
  appProtocol: STRING,
}, ['port']);

const SERVICE = object({
  type: choice('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  selector: LABELS,
  ports: list(SERVICE_PORT),
  clusterIP: STRING,
  clusterIPs: STRINGS,
  externalName: STRING,
  publishNotReadyAddresses: BOOLEAN,
  externalTrafficPolicy: choice('Cluster', 'Local'),
  internalTrafficPolicy: choice('Cluster', 'Local'),
  sessionAffinity: choice('None', 'ClientIP'),
}, [], 'allocateLoadBalancerNodePorts externalIPs healthCheckNodePort ipFamilies ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges '
  + 'sessionAffinityConfig topologyKeys trafficDistribution');

const RBAC = 'rbac.authorization.k8s.io';
const RULES = list({
  ...object({ apiGroups: STRINGS, resources: STRINGS, resourceNames: STRINGS, nonResourceURLs: STRINGS, verbs: list(STRING, { minItems: 1 }) }, ['verbs']),
  'x-any-of': [['apiGroups', 'nonResourceURLs'], ['resources', 'nonResourceURLs']],
});
const ROLE_REF = object({ apiGroup: choice(RBAC, ''), kind: choice('Role', 'ClusterRole'), name: FILLED }, ['kind', 'name']);
const SUBJECTS = list(object({ apiGroup: choice('', RBAC), kind: choice('ServiceAccount', 'User', 'Group'), name: FILLED, namespace: STRING }, ['kind', 'name']));

function fields(properties: Properties, required: readonly string[] = []): KindSchema {
  return { required: false, spec: ANY, fields: object(properties, required) };
}

function spec(schema: FieldSchema): KindSchema {
  return { required: true, spec: schema };
}

const ROLE = fields({ rules: RULES });
const CLUSTER_ROLE = fields({ rules: RULES, aggregationRule: ANY });
const BINDING = fields({ roleRef: ROLE_REF, subjects: SUBJECTS }, ['roleRef']);

/** What kinds of Kubernetes hold, by apiVersion and kind. */
export const BUILT_IN: Readonly<Record<string, KindSchema>> = {
  'v1/ConfigMap': fields({ data: TEXT_MAP, binaryData: TEXT_MAP, immutable: BOOLEAN }),
  'v1/Secret': fields({ data: TEXT_MAP, stringData: TEXT_MAP, type: STRING, immutable: BOOLEAN }),
  'v1/ServiceAccount': fields({ automountServiceAccountToken: BOOLEAN, imagePullSecrets: list(object({ name: STRING })), secrets: list(ANY) }),
  'v1/Service': spec(SERVICE),
  'v1/Pod': spec(POD_SPEC),
  'apps/v1/Deployment': spec(object({
    ...WORKLOAD,
    strategy: object({ type: choice('RollingUpdate', 'Recreate'), rollingUpdate: ROLLING_UPDATE }),
    paused: BOOLEAN,
    progressDeadlineSeconds: COUNT,
  }, NEEDS)),
  'apps/v1/StatefulSet': spec(object({
    ...WORKLOAD,
    serviceName: STRING,
    podManagementPolicy: choice('OrderedReady', 'Parallel'),
    updateStrategy: object({ type: choice('RollingUpdate', 'OnDelete'), rollingUpdate: ROLLING_UPDATE }),
  }, NEEDS, 'ordinals persistentVolumeClaimRetentionPolicy volumeClaimTemplates')),
  'apps/v1/DaemonSet': spec(object({
    selector: SELECTOR,
    template: TEMPLATE,
    minReadySeconds: COUNT,
    revisionHistoryLimit: COUNT,
    updateStrategy: object({ type: choice('RollingUpdate', 'OnDelete'), rollingUpdate: ROLLING_UPDATE }),
  }, NEEDS)),
  [`${RBAC}/v1/Role`]: ROLE,
  [`${RBAC}/v1/ClusterRole`]: CLUSTER_ROLE,
  [`${RBAC}/v1/RoleBinding`]: BINDING,
  [`${RBAC}/v1/ClusterRoleBinding`]: BINDING,
};

/** The kinds of groups of Kubernetes, complete; the older versions of some were removed. */
export const BUILT_IN_KINDS: Readonly<Record<string, { readonly version: string; readonly kinds: readonly string[] }>> = {
  '': {
    version: 'v1',
    kinds: words('Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate '
      + 'ReplicationController ResourceQuota Secret Service ServiceAccount'),
  },
  'apps': { version: 'v1', kinds: words('ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet') },
  [RBAC]: { version: 'v1', kinds: words('ClusterRole ClusterRoleBinding Role RoleBinding') },
};

/** Kinds that groups have and whose fields are not checked: none of them is a misspelt other one. */
export const MORE_KINDS: Readonly<Record<string, readonly string[]>> = {
  'gateway.networking.k8s.io': words('TCPRoute UDPRoute BackendLBPolicy'),
  'gateway.networking.x-k8s.io': words('XListenerSet XBackendTrafficPolicy XMesh'),
  'inference.networking.k8s.io': words('InferenceObjective InferenceModelRewrite'),
  'inference.networking.x-k8s.io': words('InferenceModel InferencePool InferencePoolImport'),
  'networking.istio.io': words('Gateway ProxyConfig ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup'),
};

function words(text: string): string[] {
  return text.split(' ');
}
