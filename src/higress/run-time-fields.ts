import { isMap } from '../core';

/** A value without the fields that JSON pointers name. Only what lies on the way is copied. */
export function withoutFields<T>(value: T, pointers: readonly string[]): T {
  return pointers.reduce((left, pointer) => without(left, pointer.split('/').slice(1)) as T, value);
}

function without(value: unknown, [key, ...below]: readonly string[]): unknown {
  if (!isMap(value) || !(key in value)) return value;
  if (below.length === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: without(value[key], below) };
}
