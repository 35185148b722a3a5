import { isMap } from '../core';
import type { GraphObject } from './graph-object';
import { at, Path } from './json';

/** What reports and pictures show in place of a secret. */
export const HIDDEN = '(hidden)';

const HEADER_FILTERS: readonly unknown[] = ['requestHeaderModifier', 'responseHeaderModifier'];
const TRANSFORMER_RULES: readonly unknown[] = ['reqRules', 'respRules'];
/** A variable that rules are about, and that everybody may know. */
const NAMESPACE = 'NAMESPACE';
const SECRET_ENTRIES: readonly unknown[] = ['value', 'newValue', 'appendValue'];

/** Whether a field is one of those that secrets stand in: data of a Secret, environment variables, headers that are set. */
export function isSecretPlace(object: GraphObject, field: Path): boolean {
  return isSecret(object) || listIn(field) >= 0;
}

/** A value as it may be printed: of what stands in secret places, and of credentials in URLs, nothing is left. */
export function withoutSecrets(object: GraphObject, field: Path, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withoutSecrets(object, [...field, index], item));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(object, [...field, key], item)]));
  if (isSecretValue(object, field, value)) return HIDDEN;
  return typeof value === 'string' ? value.replace(/\/\/[^/@\s]+@/g, `//${HIDDEN}@`) : value;
}

/** Whether a text, number or the like at a field is to be hidden. */
function isSecretValue(object: GraphObject, field: Path, value: unknown): boolean {
  // What stands in place of a whole list or map: a text may be all of it, a number is how many entries there are.
  const isAll = typeof value === 'string';
  if (isSecret(object)) return (field[0] === 'data' || field[0] === 'stringData') && (isAll || field.length > 1);
  const list = listIn(field);
  if (list < 0) return false;
  const [index, entry] = field.slice(list + 1);
  if (index === undefined) return isAll;
  if (isSwitch(value) || at(object.manifest, [...field.slice(0, list + 2), 'name']) === NAMESPACE) return false;
  // Names are keys where a map stands in place of the list.
  return typeof index !== 'number' || entry === undefined || SECRET_ENTRIES.includes(entry);
}

/** What switches something on or off tells nothing. */
function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean' || (typeof value === 'string' && /^(true|false)$/i.test(value));
}

function isSecret({ group, kind }: GraphObject): boolean {
  return group === '' && kind === 'Secret';
}

/** Where in a path the list is whose entries have a name and a secret value. */
function listIn(field: Path): number {
  return field.findIndex((step, index) => {
    const [owner, before] = [field[index - 2], field[index - 1]];
    if (step === 'env') return typeof before === 'number' || before === 'vmConfig' || (before === 'spec' && index === 1);
    if (step === 'set' || step === 'add') return HEADER_FILTERS.includes(before);
    return step === 'httpHeaders' || (step === 'headers' && TRANSFORMER_RULES.includes(owner));
  });
}
