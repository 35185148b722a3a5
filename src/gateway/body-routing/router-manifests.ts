import { compact, Manifest, MODEL_HEADER } from '../../core';
import { RESTRICTED_CONTAINER, RESTRICTED_POD, tracingEnv, TracingPlan } from '../../policy';

export const ROUTER_PORT = 9004;
export const ROUTER_HEALTH_PORT = 9005;
export const ROUTER_METRICS_PORT = 9090;

/** What the body-based router is, with every default filled in. */
export interface RouterPlan {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly replicas: number;
  readonly port: number;
  readonly healthPort: number;
  readonly verbosity: number;
  readonly cpuRequest: string;
  readonly memoryRequest: string;
  /** Whether LoRA ConfigMaps of all namespaces are read, or only the router's own. */
  readonly allNamespaces: boolean;
  /** Whether the gateway speaks TLS to the router, which then presents a self-signed certificate. */
  readonly secureServing: boolean;
  /** The Service's hint that its port speaks HTTP/2. */
  readonly appProtocol: string;
  /** Where traces go; absent when none are sent. */
  readonly tracing?: TracingPlan & { readonly serviceName?: string };
}

export function routerServiceAccount({ name, namespace }: RouterPlan): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

/** The right to read the ConfigMaps that map LoRA adapters to base models; named after both namespace and name when cluster-wide. */
export function routerRole(plan: RouterPlan): Manifest {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: plan.allNamespaces ? 'ClusterRole' : 'Role',
    metadata: roleMetadata(plan),
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
  };
}

export function routerRoleBinding(plan: RouterPlan): Manifest {
  const { name } = roleMetadata(plan);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: plan.allNamespaces ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: roleMetadata(plan),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: plan.allNamespaces ? 'ClusterRole' : 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: plan.name, namespace: plan.namespace }],
  };
}

export function routerDeployment(plan: RouterPlan): Manifest {
  // Upstream's chart sets no probes; the health server answers any service name once the process runs.
  const probe = { grpc: { port: plan.healthPort }, periodSeconds: 10 };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: plan.name, namespace: plan.namespace },
    spec: {
      replicas: plan.replicas,
      selector: { matchLabels: { app: plan.name } },
      template: {
        metadata: { labels: { app: plan.name } },
        spec: {
          ...RESTRICTED_POD,
          serviceAccountName: plan.name,
          containers: [compact({
            ...RESTRICTED_CONTAINER,
            name: 'bbr',
            image: plan.image,
            imagePullPolicy: 'IfNotPresent',
            args: routerArgs(plan),
            env: routerEnv(plan),
            ports: [{ containerPort: plan.port }, { containerPort: plan.healthPort }],
            livenessProbe: probe,
            readinessProbe: probe,
            resources: { requests: { cpu: plan.cpuRequest, memory: plan.memoryRequest } },
          })],
        },
      },
    },
  };
}

export function routerService({ name, namespace, port, appProtocol }: RouterPlan): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type: 'ClusterIP',
      selector: { app: name },
      ports: [{ protocol: 'TCP', port, targetPort: port, appProtocol }],
    },
  };
}

/** The router reads ConfigMaps of the namespace that NAMESPACE names, of all when it is absent: traces are then told the name itself. */
function routerEnv({ namespace, allNamespaces, tracing }: RouterPlan): object[] | undefined {
  const env = [
    ...(allNamespaces ? [] : [{ name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }]),
    ...(tracing ? tracingEnv(tracing.serviceName ?? TRACE_SERVICE_NAME, allNamespaces ? namespace : '$(NAMESPACE)', tracing) : []),
  ];
  return env.length > 0 ? env : undefined;
}

const TRACE_SERVICE_NAME = 'gateway-api-inference-extension/bbr';

function routerArgs({ verbosity, secureServing, tracing, port, healthPort }: RouterPlan): string[] {
  return [
    // Streaming here and full duplex in the gateway's filter go together; one without the other answers 404 and 500 at random.
    '--streaming',
    '--v', String(verbosity),
    // Upstream's chart moves everything but the process.
    ...(port === ROUTER_PORT ? [] : ['--grpc-port', String(port)]),
    ...(healthPort === ROUTER_HEALTH_PORT ? [] : ['--grpc-health-port', String(healthPort)]),
    '--plugin', `body-field-to-header:model-extractor:${JSON.stringify({ fieldName: 'model', headerName: MODEL_HEADER })}`,
    '--plugin', 'base-model-to-header:base-model-mapper',
    ...(secureServing ? [] : ['--secure-serving=false']),
    `--tracing=${tracing !== undefined}`,
  ];
}

function roleMetadata({ name, namespace, allNamespaces }: RouterPlan): { name: string; namespace?: string } {
  return allNamespaces ? { name: `${namespace}-${name}` } : { name, namespace };
}
