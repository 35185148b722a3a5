import { KubeObject } from './kube-object';

export const RESTRICTED_NAMESPACE: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'restricted', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};

/** Deployments of ours; model servers keep what upstream gives them. */
const OURS = /(-epp|^body-based-router)$/;

/** The pods of endpoint pickers and body-based routers, for a namespace that enforces the Pod Security "restricted" profile. */
export function restrictedPods(objects: readonly KubeObject[]): KubeObject[] {
  const deployments = objects.filter(({ kind, metadata }) => kind === 'Deployment' && OURS.test(metadata.name));
  const pods = deployments.map(({ metadata, spec }: any): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${metadata.namespace}-${metadata.name}`, namespace: RESTRICTED_NAMESPACE.metadata.name },
    spec: spec.template.spec,
  }));
  const distinct = new Map(pods.map((pod) => [pod.metadata.name, pod]));
  return distinct.size > 0 ? [RESTRICTED_NAMESPACE, ...distinct.values()] : [];
}

/** Shows that the profile is enforced at all. */
export function privilegedPod(): KubeObject[] {
  const container = { name: 'main', image: 'example', securityContext: { privileged: true } };
  return [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'privileged', namespace: RESTRICTED_NAMESPACE.metadata.name }, spec: { containers: [container] } }];
}
