import type { Manifest } from '../../core';
import type { EndpointPickerPlan } from './picker-plan';

const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'watch', 'list'];

export function pickerServiceAccount({ name, namespace }: EndpointPickerPlan): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

export function pickerRole({ name, namespace, replicas, build }: EndpointPickerPlan): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: { name, namespace },
    rules: [
      { apiGroups: [''], resources: ['pods'], verbs: READ },
      { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools'], verbs: READ },
      // AI Runway's controller grants it to a single picker too, which never asks.
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update'] },
      { apiGroups: build.extensionGroups, resources: ['inferenceobjectives', 'inferencemodelrewrites'], verbs: READ },
      // Who became the leader is recorded.
      ...(replicas > 1 ? [{ apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] }] : []),
    ],
  };
}

export function pickerRoleBinding({ name, namespace }: EndpointPickerPlan): Manifest {
  return binding('RoleBinding', { name, namespace }, { kind: 'Role', name }, { name, namespace });
}

/** A name no other picker of the cluster has: neither namespaces nor Services have a dot in theirs. */
function clusterName({ name, namespace }: EndpointPickerPlan, role: string): string {
  return `${namespace}.${name}-${role}`;
}

/** Without these rights `/metrics` answers 500 to a valid token. */
export function tokenReviewRole(plan: EndpointPickerPlan): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: clusterName(plan, 'token-review') },
    rules: [
      { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
      { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    ],
  };
}

export function tokenReviewBinding(plan: EndpointPickerPlan): Manifest {
  const name = clusterName(plan, 'token-review');
  return binding('ClusterRoleBinding', { name }, { kind: 'ClusterRole', name }, plan);
}

export function readerName({ name }: EndpointPickerPlan): string {
  return `${name}-metrics-reader`;
}

/**
 * Upstream's chart has Prometheus use the picker's own token, which may read pods and objectives too, in a Secret of the same name in every release.
 */
export function metricsReader(plan: EndpointPickerPlan): Manifest[] {
  const { namespace } = plan;
  const name = readerName(plan);
  const role = clusterName(plan, 'metrics-reader');
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace, annotations: { 'kubernetes.io/service-account.name': name } },
      type: 'kubernetes.io/service-account-token',
    },
    {
      apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: role }, rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    },
    binding('ClusterRoleBinding', { name: role }, { kind: 'ClusterRole', name: role }, { name, namespace }),
  ];
}

/** GKE's collectors read the token themselves. */
export function collectorAccess(plan: EndpointPickerPlan, collectorNamespace: string): Manifest[] {
  const name = `${readerName(plan)}-secret`;
  const metadata = { name, namespace: plan.namespace };
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [readerName(plan)], verbs: ['get', 'list', 'watch'] }],
    },
    binding('RoleBinding', metadata, { kind: 'Role', name }, { name: 'collector', namespace: collectorNamespace }),
  ];
}

function binding(
  kind: string, metadata: Manifest['metadata'], role: { readonly kind: string; readonly name: string },
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata,
    roleRef: { apiGroup: RBAC, kind: role.kind, name: role.name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
}
