/** A Kubernetes object as plain data, before it becomes an `ApiObject`. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
  readonly [field: string]: unknown;
}

export interface ManifestMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

/**
 * A generated import type as plain data: string enums become their words, and the classes that `cdk8s import`
 * generates for int-or-string become a number or a string. It lets manifests be typed without loading the imports.
 */
export type Plain<T> = T extends string
  ? `${T}`
  : T extends number | boolean | undefined | null
    ? T
    : T extends Date
      ? string
      : T extends { readonly value: infer V }
        ? number extends V ? (string extends V ? V : PlainFields<T>) : PlainFields<T>
        : T extends (infer E)[]
          ? readonly Plain<E>[]
          : T extends object
            ? PlainFields<T>
            : T;

type PlainFields<T> = { [K in keyof T]: Plain<T[K]> };

/** Drops keys whose value is undefined, so that an absent option leaves no trace in the YAML. */
export function compact<T extends object>(value: T): T {
  // Mostly nothing is absent, and a copy is cheaper than entries.
  for (const key of Object.keys(value)) {
    if (value[key as keyof T] === undefined) return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
  }
  return { ...value };
}

/**
 * A deep copy of plain data. Under jest, objects that `structuredClone` made are not of the test's own `Object`, and cdk8s
 * takes those with a `value` for int-or-string classes and drops their other fields.
 */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Whether a value is an object of fields, not a list. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
