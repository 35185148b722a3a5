import { isMap } from '../core';

/** Where a field is in a manifest: `['spec', 'listeners', 0, 'name']`. */
export type Path = readonly (string | number)[];

/*
 * Manifests of anyone may hold anything anywhere. These accessors never throw: what is not of the type asked for is as good as absent.
 * That the API server would refuse it is for its schema to say.
 */

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A string that is not empty. */
export function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The strings of a list, without what is none. */
export function texts(value: unknown): string[] {
  return list(value).filter((item): item is string => typeof item === 'string');
}

/** The fields of an object; none when it is something else. Keys that come from data are looked up with `at`. */
export function map(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

/** Labels and the like: what has a string as its value. */
export function textMap(value: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(map(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The value at a path. */
export function at(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

/** The items of a list in a manifest, each with its path. */
export function items(value: unknown, path: Path): { readonly value: unknown; readonly path: Path }[] {
  return list(at(value, path)).map((item, index) => ({ value: item, path: [...path, index] }));
}

const PLAIN_KEY = /^[A-Za-z_@$][\w@$-]*$/;

/** A path as messages write it: `spec.listeners[0].name`, `metadata.labels["a.b/c"]`. */
export function formatPath(path: Path): string {
  return path.map((step, index) => {
    if (typeof step === 'number') return `[${step}]`;
    if (!PLAIN_KEY.test(step)) return `[${JSON.stringify(step)}]`;
    return index === 0 ? step : `.${step}`;
  }).join('');
}
