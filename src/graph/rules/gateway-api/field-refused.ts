import { isMap } from '../../../core';
import type { GraphObject } from '../../graph-object';
import type { Path } from '../../json';
import { distance } from '../../presence';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { FieldSchema, schemaOf, versionsOf } from '../../schemas';
import { isPatch } from '../../views/workloads';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1801',
  title: 'the API server refuses a field',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: '`kubectl apply` fails: a field is unknown, required, of the wrong type or none of the supported values. Helm and Argo CD may drop an unknown field without a word.',
  breaks: 'The CustomResourceDefinition of the kind, or Kubernetes itself, says which fields there are and what they may hold.',
  source: 'The pinned CustomResourceDefinitions of Gateway API, Gateway API Inference Extension, Istio and Higress; the Kubernetes API',
  * check(graph) {
    for (const object of graph.objects) {
      const { apiVersion, group, kind, manifest } = object;
      const schema = schemaOf(apiVersion, kind);
      if (!schema) {
        const versions = kind === '' ? [] : versionsOf(group, kind);
        if (versions.length > 0) {
          yield {
            object, field: ['apiVersion'], value: apiVersion, problem: `is no version that the pinned release serves ${kind} in`,
            allowed: versions.map((version) => `${group}/${version}`).join(', '), fix: `write ${group}/${versions[0]}`, severity: Severity.WARNING,
          };
        }
        continue;
      }
      if (isPatch(object)) continue;
      const { spec } = manifest;
      if (schema.fields) {
        yield* checkFields(object, schema.fields);
      } else if (spec === undefined || spec === null) {
        if (schema.required) yield { object, field: ['spec'], problem: 'is missing', fix: 'write the spec' };
      } else {
        yield* check(object, ['spec'], spec, schema.spec);
      }
    }
  },
};

/** The fields of a kind that has no spec. */
function* checkFields(object: GraphObject, schema: FieldSchema): Iterable<Problem> {
  const { apiVersion: _, kind: __, metadata: ___, ...own } = object.manifest;
  yield* check(object, [], own, schema);
}

function* check(object: GraphObject, field: Path, value: unknown, schema: FieldSchema): Iterable<Problem> {
  // The API server takes null for absent.
  if (value === null || value === undefined || isPlaceholder(value)) return;
  const wrong = (problem: string, fix: string, allowed?: string): Problem => ({ object, field, value, problem, fix, allowed });
  const type = typeProblem(value, schema);
  if (type) {
    yield wrong(type.problem, type.fix);
    return;
  }
  if (schema.enum && !schema.enum.includes(value)) {
    if (typeof value === 'string' && EXPERIMENTAL.has(value)) {
      yield { ...wrong('is a value of the experimental release only', 'see whether the cluster has that release'), severity: Severity.WARNING };
      return;
    }
    const words = schema.enum.map((word) => String(word));
    yield wrong('is none of the values that the field takes', `write ${nearestFirst(words, String(value)).split(', ')[0]}, for example`, words.join(', '));
    return;
  }
  if (typeof value === 'number') yield* checkNumber(wrong, value, schema);
  else if (typeof value === 'string') yield* checkText(wrong, value, schema);
  else if (Array.isArray(value)) yield* checkList(object, field, value, schema, wrong);
  else if (isMap(value)) yield* checkMap(object, field, value, schema, wrong);
}

/** Values of fields that the standard release of the Gateway API does not list. */
const EXPERIMENTAL = new Set(['ExternalAuth']);

type Wrong = (problem: string, fix: string, allowed?: string) => Problem;

function typeProblem(value: unknown, { type, ...schema }: FieldSchema): { problem: string; fix: string } | undefined {
  if (schema['x-kubernetes-int-or-string']) return typeof value === 'string' || Number.isInteger(value) ? undefined : { problem: 'is neither a number nor text', fix: 'write a number or text' };
  const is = Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : typeof value === 'string' ? 'text' : `a ${typeof value}`;
  const problem = (words: string, fix: string) => ({ problem: `is ${is}, not ${words}`, fix });
  switch (type) {
    case 'string': return typeof value === 'string' ? undefined : problem('text', typeof value === 'object' ? 'write text' : `put it in quotes: "${value}"`);
    case 'integer': return Number.isInteger(value) ? undefined : problem('a whole number', typeof value === 'string' && /^[0-9]+$/.test(value) ? `leave the quotes out: ${value}` : 'write a whole number');
    case 'number': return typeof value === 'number' ? undefined : problem('a number', 'write a number');
    case 'boolean': return typeof value === 'boolean' ? undefined : problem('true or false', 'write true or false, without quotes');
    case 'array': return Array.isArray(value) ? undefined : problem('a list', 'put a hyphen before it, to make it the item of a list');
    case 'object': return isMap(value) ? undefined : problem('a map', 'write fields below it');
    default: return undefined;
  }
}

function* checkNumber(wrong: Wrong, value: number, { minimum, maximum }: FieldSchema): Iterable<Problem> {
  if ((minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum)) return;
  const allowed = minimum === undefined ? `at most ${maximum}` : maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
  yield wrong('is out of range', 'choose a number in range', allowed);
}

/** What a template fills in later: `${PORT}`, and `{NAME}`, which YAML reads as a map when it is not quoted. */
function isPlaceholder(value: unknown): boolean {
  if (typeof value === 'string') return /\{[A-Z_]+\}|\$\{|\{\{|^\$[A-Z_][A-Z0-9_]*$|^<[A-Za-z][\w -]*>$/.test(value);
  const [[name, content] = [], ...more] = isMap(value) ? Object.entries(value) : [];
  return name !== undefined && more.length === 0 && content === null && /^[A-Z_]{3,}$/.test(name);
}

/** Longer texts are not compared with patterns: some take time that grows faster than the text. */
const LONGEST_COMPARED = 4096;

function* checkText(wrong: Wrong, value: string, { minLength, maxLength, pattern }: FieldSchema): Iterable<Problem> {
  if (minLength !== undefined && value.length < minLength) yield wrong(value === '' ? 'is empty' : 'is too short', 'fill it in, or leave the field out', `at least ${minLength} characters`);
  else if (maxLength !== undefined && value.length > maxLength) yield wrong('is too long', 'shorten it', `at most ${maxLength} characters`);
  else if (pattern !== undefined && value.length <= LONGEST_COMPARED && !new RegExp(pattern).test(value)) yield wrong('does not have the form that the field takes', 'correct it', pattern);
}

function* checkList(object: GraphObject, field: Path, value: readonly unknown[], schema: FieldSchema, wrong: Wrong): Iterable<Problem> {
  const { minItems, maxItems, items } = schema;
  if (minItems !== undefined && value.length < minItems) yield { ...wrong(value.length === 0 ? 'is empty' : 'has too few items', 'add an item, or leave the field out', `at least ${minItems}`), value: value.length };
  if (maxItems !== undefined && value.length > maxItems) yield { ...wrong('is the number of items: too many', 'split it into several objects', `at most ${maxItems}`), value: value.length };
  const keys = schema['x-kubernetes-list-map-keys'];
  const seen = new Set<string>();
  for (const [index, item] of value.entries()) {
    if (item === null && items?.type !== undefined && items.type !== 'string') {
      yield { object, field: [...field, index], problem: 'is empty, and an item of this list cannot be', fix: 'remove the hyphen, or write what belongs there' };
    }
    if (items) yield* check(object, [...field, index], item, items);
    if (!keys || !isMap(item)) continue;
    const values = keys.map((key) => (Object.hasOwn(item, key) ? (item as Record<string, unknown>)[key] : undefined));
    const id = JSON.stringify(values);
    if (values.every((one) => one !== undefined) && seen.has(id)) {
      yield { object, field: [...field, index], value: values.join(' '), problem: `is there twice: ${keys.join(' and ')} of the items have to differ`, fix: 'leave one of them out' };
    }
    seen.add(id);
  }
}

function* checkMap(object: GraphObject, field: Path, value: object, schema: FieldSchema, wrong: Wrong): Iterable<Problem> {
  const { properties, additionalProperties, required = [], maxProperties, minProperties } = schema;
  const entries = Object.entries(value);
  if (maxProperties !== undefined && entries.length > maxProperties) yield { ...wrong('is the number of entries: too many', 'leave some out', `at most ${maxProperties}`), value: entries.length };
  if (minProperties !== undefined && entries.filter(([, inner]) => inner !== null).length < minProperties) yield wrong('has too few entries', 'add one', `at least ${minProperties}`);
  for (const name of required) {
    const there = entries.find(([key]) => key === name)?.[1];
    if (there === undefined || there === null) yield { object, field: [...field, name], problem: 'is missing', fix: 'write it: the API server requires it' };
  }
  for (const names of schema['x-any-of'] ?? []) {
    if (entries.some(([name, inner]) => names.includes(name) && isThere(inner))) continue;
    yield { object, field, problem: `has no ${names.join(' and no ')}: the API server refuses it`, fix: `add ${names.join(' or ')}` };
  }
  for (const [name, inner] of entries) {
    if (properties && Object.hasOwn(properties, name)) yield* check(object, [...field, name], inner, properties[name]);
    else if (additionalProperties) yield* check(object, [...field, name], inner, additionalProperties);
    else if (properties && !schema['x-kubernetes-preserve-unknown-fields']) yield unknownField(object, [...field, name], name, properties);
  }
}

/** Whether something is written there: an empty list is nothing. */
function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function unknownField(object: GraphObject, field: Path, name: string, properties: Readonly<Record<string, FieldSchema>>): Problem {
  const names = Object.keys(properties);
  const meant = names.find((one) => one.toLowerCase() === name.toLowerCase() || (isWord(one) && isWord(name) && distance(one, name) <= 2));
  return {
    object,
    field,
    problem: `is no field of ${object.kind}: the API server refuses or drops it`,
    allowed: nearestFirst(names, name),
    fix: meant ? `write ${meant}` : 'leave it out, or see whether it belongs elsewhere',
    // Another release may have more fields.
    severity: meant ? Severity.ERROR : Severity.WARNING,
  };
}

function isWord(name: string): boolean {
  return name.length > 3 && name.length < 64;
}
