import type { Mistake } from './errors';
import { isMap } from './manifest';

/** What belongs in a field: a scalar, a list or a map of things alike, or an object, whose fields that are not named may hold anything. */
export type Shape = 'text' | 'number' | 'flag' | { readonly list: Shape } | { readonly map: Shape } | { readonly fields: Readonly<Record<string, Shape>> };

const SCALARS = {
  text: { type: 'string', problem: 'is not text', allowed: 'text', fix: 'put the value in quotes' },
  number: { type: 'number', problem: 'is not a number', allowed: 'numbers', fix: 'write a number, without quotes' },
  flag: { type: 'boolean', problem: 'is neither true nor false', allowed: 'true, false', fix: 'write true or false, without quotes' },
} as const;

/**
 * Text where a list belongs and the like, in what is read in: later checks rely on it. A null is the same as an absent field, as it is to
 * the API server.
 */
export function checkShape(value: unknown, shape: Shape, field: string): Mistake[] {
  return value === undefined || value === null ? [] : checkPresent(value, shape, field);
}

/** What was read in without its nulls, which stand for absent fields. */
export function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null).map(([key, item]) => [key, withoutNulls(item)])) as T;
}

function checkPresent(value: unknown, shape: Shape, field: string): Mistake[] {
  const wrong = (problem: string, allowed: string, fix: string): Mistake[] => [{ code: 'IGW201', field, value, problem, allowed, fix }];
  if (typeof shape === 'string') {
    const { type, problem, allowed, fix } = SCALARS[shape];
    return typeof value === type ? [] : wrong(problem, allowed, fix);
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong('is not a list', 'a list', 'write a list');
    return value.flatMap((item, index) => checkPresent(item, shape.list, `${field}[${index}]`));
  }
  if (!isMap(value)) return wrong('is not an object', 'an object of fields', 'write the fields below it');
  const shapes = 'map' in shape ? Object.keys(value).map((key) => [key, shape.map] as const) : Object.entries(shape.fields);
  return shapes.flatMap(([key, below]) => checkShape(value[key], below, `${field}.${key}`));
}
