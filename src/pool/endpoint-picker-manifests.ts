import { compact, Manifest } from '../core';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../policy';

export const PICKER_PORT = 9002;
export const PICKER_HEALTH_PORT = 9003;

const CONFIG_FILE = 'default-plugins.yaml';
const CONFIG_DIRECTORY = '/config';

/** What an endpoint picker is, with every default filled in. */
export interface EndpointPickerPlan {
  readonly name: string;
  readonly namespace: string;
  readonly pool: string;
  readonly image: string;
  /** The configuration document. */
  readonly config: string;
  readonly port: number;
  readonly cpuRequest: string;
  readonly memoryRequest: string;
  /** Who manages the pods: `airunway` where its controller would. */
  readonly managedBy: string;
}

export function pickerServiceAccount({ name, namespace }: EndpointPickerPlan): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

export function pickerRole({ name, namespace }: EndpointPickerPlan): Manifest {
  const read = ['get', 'watch', 'list'];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name, namespace },
    rules: [
      { apiGroups: [''], resources: ['pods'], verbs: read },
      { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools'], verbs: read },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update'] },
      { apiGroups: ['inference.networking.x-k8s.io'], resources: ['inferenceobjectives', 'inferencemodelrewrites'], verbs: read },
    ],
  };
}

export function pickerRoleBinding({ name, namespace }: EndpointPickerPlan): Manifest {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
}

export function pickerConfigMap({ name, namespace, config }: EndpointPickerPlan): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { [CONFIG_FILE]: config } };
}

export function pickerDeployment(plan: EndpointPickerPlan): Manifest {
  const labels = labelsOf(plan);
  const health = { grpc: { port: PICKER_HEALTH_PORT, service: 'inference-extension' } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: plan.name, namespace: plan.namespace },
    spec: {
      replicas: 1,
      // Two pickers side by side would each see half of the requests they score by.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...RESTRICTED_POD,
          serviceAccountName: plan.name,
          terminationGracePeriodSeconds: 130,
          containers: [{
            ...RESTRICTED_CONTAINER,
            name: 'epp',
            image: plan.image,
            imagePullPolicy: 'IfNotPresent',
            args: pickerArgs(plan),
            ports: [{ name: 'grpc', containerPort: plan.port }, { name: 'grpc-health', containerPort: PICKER_HEALTH_PORT }],
            env: [
              { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
              { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
            ],
            livenessProbe: { ...health, initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 5 },
            readinessProbe: { ...health, initialDelaySeconds: 10, periodSeconds: 5 },
            resources: { requests: { cpu: plan.cpuRequest, memory: plan.memoryRequest } },
            volumeMounts: [{ name: 'plugins-config', mountPath: CONFIG_DIRECTORY }],
          }],
          volumes: [{ name: 'plugins-config', configMap: { name: plan.name } }],
        },
      },
    },
  };
}

export function pickerService(plan: EndpointPickerPlan): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: plan.name, namespace: plan.namespace },
    spec: {
      type: 'ClusterIP',
      selector: labelsOf(plan),
      // Without appProtocol and without `grpc` in the port's name the gateway speaks HTTP/1 to it, and every request answers 500.
      ports: [compact({ name: 'grpc-ext-proc', protocol: 'TCP', port: plan.port, appProtocol: 'kubernetes.io/h2c' })],
    },
  };
}

function pickerArgs({ pool, namespace, port }: EndpointPickerPlan): string[] {
  return [
    '--pool-name', pool,
    '--pool-namespace', namespace,
    '--zap-encoder', 'json',
    '--config-file', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`,
    // The live controller moves Service, pool and container port, and leaves the process on 9002.
    ...(port === PICKER_PORT ? [] : ['--grpc-port', String(port)]),
    '--tracing=false',
  ];
}

function labelsOf({ name, pool, managedBy }: EndpointPickerPlan): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': pool, 'app.kubernetes.io/managed-by': managedBy };
}
