import { Mistake, parseQuantity } from '../../core';
import type { ConfigShape } from '../../versions';

const DURATION = /^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|^0$/;

const SCALARS: Record<string, { readonly is: (value: unknown) => boolean; readonly allowed: string }> = {
  string: { is: (value) => typeof value === 'string', allowed: 'text' },
  integer: { is: (value) => Number.isInteger(value), allowed: 'a whole number' },
  number: { is: (value) => typeof value === 'number' && Number.isFinite(value), allowed: 'a number' },
  boolean: { is: (value) => typeof value === 'boolean', allowed: 'true or false' },
  quantity: { is: (value) => (typeof value === 'number' || typeof value === 'string') && parseQuantity(String(value)) !== undefined, allowed: 'a Kubernetes quantity such as 100 or 1Gi' },
  duration: { is: (value) => typeof value === 'string' && DURATION.test(value), allowed: 'a duration such as 500ms or 1m30s' },
};

/** What a strict decoder would refuse: unknown keys and values of another type. `null` counts as left out, as it does upstream. */
export function checkShape(value: unknown, shape: ConfigShape, field: string, build: string): Mistake[] {
  if (value === undefined || value === null || shape === 'any') return [];
  if (typeof shape === 'string') {
    const { is, allowed } = SCALARS[shape];
    return is(value) ? [] : [{ code: 'IGW505', field, value, problem: 'has the wrong type', allowed, fix: 'write it as such' }];
  }
  if ('listOf' in shape) {
    if (!Array.isArray(value)) return [{ code: 'IGW505', field, value, problem: 'is not a list', fix: 'write it as a list' }];
    return value.flatMap((item, index) => checkShape(item, shape.listOf, `${field}[${index}]`, build));
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return [{ code: 'IGW505', field, value, problem: 'is not a map', allowed: Object.keys(shape.keys).join(', '), fix: 'write these keys below it' }];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    const path = `${field}.${key}`;
    if (inner !== undefined) return checkShape(item, inner, path, build);
    const replacement = shape.replaced && Object.hasOwn(shape.replaced, key) ? shape.replaced[key] : undefined;
    return [replacement
      ? { code: 'IGW507', field: path, problem: `is no key of ${build}`, fix: `use ${replacement} instead` }
      : { code: 'IGW507', field: path, problem: `is no key of ${build}`, allowed: Object.keys(shape.keys).join(', '), fix: 'remove it' }];
  });
}
