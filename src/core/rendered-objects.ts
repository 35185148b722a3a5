import { ApiObject, ApiObjectMetadataDefinition, App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { sortedKeys } from './emit-yaml';

const rendered = new WeakMap<IConstruct, Map<ApiObject, any>>();

/** Keeps what objects of an app render to while something runs, so that those who check them and those who write them share the work. */
export function keepRendered<T>(root: IConstruct, run: () => T): T {
  rendered.set(root, new Map());
  try {
    return run();
  } finally {
    rendered.delete(root);
  }
}

/** What an object renders to. It is not to be changed. */
export function renderedObject(object: ApiObject): any {
  const kept = rendered.get(object.node.root);
  if (!kept) return plainJson(object) ?? object.toJson();
  let manifest = kept.get(object);
  if (manifest === undefined) {
    manifest = plainJson(object) ?? object.toJson();
    kept.set(object, manifest);
  }
  return manifest;
}

/** To be called when an object was changed after it was rendered, or is not needed any more. */
export function forgetRendered(object: ApiObject): void {
  rendered.get(object.node.root)?.delete(object);
}

/** Resolvers that every App has. */
const BUILT_IN = 3;

/** What is not plain data: a token, a class, a key or a null that cdk8s has its own way with. */
const NOT_PLAIN = Symbol('not plain');

/**
 * The same as `toJson` of an object that is plain data, which cdk8s takes most of its time for: it asks every resolver about every value.
 * Undefined for all others.
 */
export function plainJson(object: ApiObject): any {
  const { metadata } = object;
  const { props, patches } = object as unknown as { props: Record<string, unknown>; patches: unknown[] };
  const isPlain = object.toJson === ApiObject.prototype.toJson && metadata.toJson === ApiObjectMetadataDefinition.prototype.toJson
    && Array.isArray(patches) && patches.length === 0 && App.of(object).resolvers.length === BUILT_IN;
  if (!isPlain) return undefined;
  const { name, namespace, annotations, finalizers, ownerReferences, labels, _additionalAttributes: more } = metadata as any;
  return plainManifest({ ...props, metadata: { ...more, name, namespace, annotations, finalizers, ownerReferences, labels } });
}

/** What an object with this manifest renders to; undefined where it is not plain data. */
export function plainManifest({ metadata, ...others }: Readonly<Record<string, unknown>>): any {
  if (process.env.CDK8S_DISABLE_SORT) return undefined;
  try {
    const rest: Record<string, unknown> = cleaned(others, false) ?? {};
    const cleanMetadata = cleaned(metadata, true);
    const result: Record<string, unknown> = {};
    if ('apiVersion' in rest) result.apiVersion = rest.apiVersion;
    if ('kind' in rest) result.kind = rest.kind;
    if (cleanMetadata !== undefined) result.metadata = cleanMetadata;
    for (const key of Object.keys(rest)) result[key] = rest[key];
    return result;
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

/** Without what is null, and without what is empty where that is left out too; keys sorted. */
function cleaned(value: unknown, leavesOutEmpty: boolean): any {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    throw NOT_PLAIN;
  }
  if (Array.isArray(value)) {
    if (leavesOutEmpty && value.length === 0) return undefined;
    return value.map((item) => {
      const clean: unknown = cleaned(item, leavesOutEmpty);
      // cdk8s keeps the place of a null in a list.
      if (clean === undefined) throw NOT_PLAIN;
      return clean;
    });
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) throw NOT_PLAIN;
  const result: Record<string, unknown> = {};
  let isEmpty = true;
  for (const key of sortedKeys(Object.keys(value))) {
    if (key === '__proto__' || key === 'constructor') throw NOT_PLAIN;
    const clean: unknown = cleaned((value as Record<string, unknown>)[key], leavesOutEmpty);
    if (clean === undefined) continue;
    result[key] = clean;
    isEmpty = false;
  }
  return leavesOutEmpty && isEmpty ? undefined : result;
}
