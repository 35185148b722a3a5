import type { Manifest } from '../core';

/** What tells an object from all others of a cluster. */
export interface ObjectId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function idOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): ObjectId {
  return { apiVersion, kind, namespace, name };
}

/** The same text for the same object, whichever version of its API group it is written in. */
export function keyOf({ apiVersion, kind, namespace, name }: ObjectId, defaultNamespace: string): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${kind}.${group} ${namespace ?? defaultNamespace}/${name}`;
}

/** How options and messages name an object. */
export function nameOf({ metadata }: Manifest, defaultNamespace: string): string {
  return `${metadata.namespace ?? defaultNamespace}/${metadata.name}`;
}
