import { ApiClient, ignoreMissing } from './api-client';
import { KubeObject, groupOf } from './kube-object';

/**
 * CRDs that take any content, for the kinds among the objects that the server does not know in any version. Of such a
 * kind only the frame is tested: that the object has a valid name, labels and so on.
 */
export async function stubCrds(client: ApiClient, objects: readonly KubeObject[]): Promise<KubeObject[]> {
  const kinds = new Map<string, KubeObject[]>();
  for (const object of objects.filter(mayBeStubbed)) {
    const key = crdName(object);
    kinds.set(key, [...kinds.get(key) ?? [], object]);
  }
  const stubs: KubeObject[] = [];
  for (const ofOneKind of kinds.values()) {
    if (!await isKnown(client, ofOneKind[0])) {
      stubs.push(stub(ofOneKind));
    }
  }
  return stubs;
}

/** Groups of Kubernetes itself: a kind that the server lacks there is a mistake, or its CRD is missing from the folder. */
function mayBeStubbed(object: KubeObject): boolean {
  const group = groupOf(object);
  return group.includes('.') && !/(^|\.)(k8s|kubernetes)\.io$/.test(group);
}

/** In any version: an object in a version that its CRD does not have must be refused, not stubbed. */
async function isKnown(client: ApiClient, object: KubeObject): Promise<boolean> {
  const group = await ignoreMissing(client.request('GET', `/apis/${groupOf(object)}`));
  for (const { groupVersion } of group?.versions ?? []) {
    if (await client.serves(groupVersion, object.kind)) {
      return true;
    }
  }
  return false;
}

function stub(objects: readonly KubeObject[]): KubeObject {
  const { kind } = objects[0];
  const versions = [...new Set(objects.map(({ apiVersion }) => apiVersion.split('/')[1]))];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: crdName(objects[0]) },
    spec: {
      group: groupOf(objects[0]),
      names: { kind, listKind: `${kind}List`, singular: kind.toLowerCase(), plural: plural(kind) },
      scope: objects.some(({ metadata }) => metadata.namespace) ? 'Namespaced' : 'Cluster',
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      })),
    },
  };
}

function crdName(object: KubeObject): string {
  return `${plural(object.kind)}.${groupOf(object)}`;
}

function plural(kind: string): string {
  return kind.toLowerCase().replace(/(s|x|z|ch|sh)$/, '$1e').replace(/([^aeiou])y$/, '$1ie') + 's';
}
