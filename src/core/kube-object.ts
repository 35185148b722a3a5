import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import type { Manifest } from './manifest';
import { checkAtSynth } from './synth-check';

const OBJECTS = Symbol.for('cdk8s-inference-gateway.objects');

/** A manifest, and what its object is called in the tree of constructs. */
export interface PlacedManifest {
  readonly id: string;
  readonly manifest: Manifest;
  readonly patches?: readonly JsonPatch[];
}

interface ObjectBook {
  /** What renders the objects so far, by kind, group, namespace and name; most have one owner. */
  readonly byKey: Map<string, IConstruct | IConstruct[]>;
  /** The keys that more than one object has. */
  readonly shared: Set<string>;
}

/**
 * Makes the `ApiObject` of a manifest: the only place that does. The object stays raw, so JSON patches keep fields no schema knows.
 *
 * Two constructs that render the same object are an error at synth that names both (IGW103).
 */
export function kubeObject(scope: Construct, id: string, manifest: Manifest): ApiObject {
  const object = new ApiObject(scope, id, manifest);
  // cdk8s gives every object the chart's namespace, cluster-scoped ones too (cdk8s-team/cdk8s#1558). A manifest says what it wants.
  (object.metadata as { namespace?: string }).namespace = manifest.metadata.namespace;
  claimKey(object, `${object.kind}.${object.apiGroup} ${object.metadata.namespace ?? '-'}/${object.name}`);
  return object;
}

/** Makes the objects of several manifests, by their ids. */
export function kubeObjects(scope: Construct, placed: readonly PlacedManifest[]): Map<string, ApiObject> {
  return new Map(placed.map(({ id, manifest, patches = [] }) => {
    const object = kubeObject(scope, id, manifest);
    object.addJsonPatch(...patches);
    return [id, object];
  }));
}

/** Claims an object for a construct that renders it without an `ApiObject`; false when it is rendered already, which is an error at synth. */
export function claimObject(owner: IConstruct, manifest: Manifest): boolean {
  return claimKey(owner, objectKey(manifest));
}

/** What an object is called in messages, and what no two objects of an app share. */
export function objectKey({ apiVersion, kind, metadata }: Manifest): string {
  const slash = apiVersion.indexOf('/');
  return `${kind}.${slash < 0 ? 'core' : apiVersion.slice(0, slash)} ${metadata.namespace ?? '-'}/${metadata.name}`;
}

/** The same as `claimObject`, by the key of the object. */
export function claimKey(owner: IConstruct, key: string): boolean {
  const book = bookOf(owner.node.root);
  const others = book.byKey.get(key);
  if (others === undefined) {
    book.byKey.set(key, owner);
    return true;
  }
  if (Array.isArray(others)) others.push(owner);
  else book.byKey.set(key, [others, owner]);
  book.shared.add(key);
  return false;
}

function bookOf(root: IConstruct): ObjectBook {
  const holder = root as IConstruct & { [OBJECTS]?: ObjectBook };
  if (!holder[OBJECTS]) {
    const book: ObjectBook = { byKey: new Map(), shared: new Set() };
    Object.defineProperty(holder, OBJECTS, { value: book });
    root.node.addValidation({ validate: () => [...book.shared].flatMap((key) => collisionsOf(key, book.byKey.get(key) as IConstruct[])) });
    checkAtSynth(root);
  }
  return holder[OBJECTS]!;
}

function collisionsOf(key: string, owners: readonly IConstruct[]): string[] {
  const [first, ...others] = owners.filter(isAttached).map(({ node }) => node.path);
  return others.map((other) => [
    `IGW103 ${key} is rendered by both ${first} and ${other}: the last one applied would win;`,
    'give one of them another `name` or `namespace`',
  ].join(' '));
}

/** Whether a construct is still in the tree: it or a parent may have been removed. */
export function isAttached(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isAttached(scope));
}
