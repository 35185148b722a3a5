import { ApiClient, ApiError, ignoreMissing, Json } from './api-client';
import { KubeObject, textOf } from './kube-object';
import { waitUntil } from './wait';

export interface Applied {
  readonly object: KubeObject;
  readonly accepted: boolean;
  /** Why the server refused the object. */
  readonly message?: string;
  readonly resourceVersion?: string;
  /** Whether the server stored something: false where the object was already there just as it is. */
  readonly changed?: boolean;
}

// Kinds that others need at admission come first, kinds that can refuse others come last.
const ORDER = [
  ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'RuntimeClass'],
  ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicyBinding'],
];

/** Applies the objects, with the namespaces that they name, and says of each what the server made of it. */
export async function applyAll(client: ApiClient, objects: readonly KubeObject[]): Promise<Applied[]> {
  await createNamespaces(client, objects);
  const results: Applied[] = [];
  for (const object of inOrder(objects)) {
    results.push(await applyOne(client, object));
  }
  return results;
}

/** One server-side apply, without force: a field that somebody else owns is a conflict and a refusal. */
export async function applyOne(client: ApiClient, object: KubeObject): Promise<Applied> {
  try {
    const path = await client.pathOf(object);
    const before = await ignoreMissing(storeAgain(client, path));
    const after = await client.request('PATCH', path, {
      contentType: 'application/apply-patch+yaml',
      query: { fieldManager: 'cdk8s-inference-gateway-test', fieldValidation: 'Strict', force: 'false' },
      body: textOf(object),
    });
    if (object.kind === 'CustomResourceDefinition') {
      await waitUntilServed(client, path, after);
    }
    const { resourceVersion } = after.metadata;
    return { object, accepted: true, resourceVersion, changed: before?.metadata.resourceVersion !== resourceVersion };
  } catch (error) {
    if (error instanceof ApiError) {
      return { object, accepted: false, message: error.message };
    }
    throw error;
  }
}

/**
 * The object, after a write that says nothing. Defaults in the status of a kind are not stored when an object is created
 * but by the next write, whatever that is: this one, so that it is not taken for a change by the second apply.
 */
function storeAgain(client: ApiClient, path: string): Promise<Json> {
  return client.request('PATCH', path, { contentType: 'application/merge-patch+json', body: '{}' });
}

/** Removes what was applied, in the opposite order, and waits until it is gone. Namespaces stay, bare. */
export async function deleteAll(client: ApiClient, objects: readonly KubeObject[]): Promise<void> {
  const left: string[] = [];
  for (const object of inOrder(objects).reverse()) {
    const path = await ignoreMissing(client.pathOf(object));
    if (object.kind === 'Namespace') {
      // Only a controller could empty and remove it. Without our labels it is like one that was never applied.
      await applyOne(client, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: object.metadata.name } });
    } else if (path && await ignoreMissing(client.request('GET', path))) {
      if (object.metadata.finalizers) {
        // The controller that would remove them does not run.
        await applyOne(client, { ...object, metadata: { ...object.metadata, finalizers: undefined } });
      }
      await ignoreMissing(client.request('DELETE', path, { query: { propagationPolicy: 'Background' } }));
      left.push(path);
    }
  }
  for (const path of left) {
    await waitUntil(`${path} is gone`, 30, async () => await ignoreMissing(client.request('GET', path)) === undefined);
  }
}

function inOrder(objects: readonly KubeObject[]): KubeObject[] {
  const rank = ({ kind }: KubeObject) => {
    const first = ORDER[0].indexOf(kind);
    return first >= 0 ? first : ORDER[0].length + (ORDER[1].includes(kind) ? 1 : 0);
  };
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

async function createNamespaces(client: ApiClient, objects: readonly KubeObject[]): Promise<void> {
  for (const name of new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))) {
    try {
      await client.request('POST', '/api/v1/namespaces', { body: JSON.stringify({ metadata: { name } }) });
    } catch (error) {
      // It is there already, or its name is wrong, and then the objects in it are refused and say so.
      if (!(error instanceof ApiError)) {
        throw error;
      }
    }
  }
}

async function waitUntilServed(client: ApiClient, path: string, { metadata, spec }: Json): Promise<void> {
  await waitUntil(`${metadata.name} is established`, 30, async () => {
    const { status } = await client.request('GET', path);
    return status?.conditions?.some(({ type, status: value }: Json) => type === 'Established' && value === 'True') ?? false;
  });
  // Discovery learns of it a moment later.
  for (const { name: version } of spec.versions.filter(({ served }: Json) => served)) {
    await waitUntil(`${metadata.name} is served in ${version}`, 30, () => client.serves(`${spec.group}/${version}`, spec.names.kind));
  }
}
