import { isMap } from '../../../core';
import { isSecretPlace } from '../../confidential';
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
        const { apiVersion: _, kind: __, metadata: ___, ...own } = manifest;
        yield* new Check(object, []).of(own, schema.fields);
      } else if (spec === undefined || spec === null) {
        if (schema.required) yield { object, field: ['spec'], problem: 'is missing', fix: 'write the spec' };
      } else {
        yield* new Check(object, ['spec']).of(spec, schema.spec);
      }
    }
  },
};

/** Values of fields that the standard release of the Gateway API does not list. */
const EXPERIMENTAL = new Set(['ExternalAuth']);

/** Longer texts are not compared with patterns: some take time that grows faster than the text. */
const LONGEST_COMPARED = 4096;

/** Every field of a set passes here: nothing is put together before something is wrong. */
class Check {
  private readonly problems: Problem[] = [];

  /**
   * @param object the object that is checked
   * @param path where in it the value is; it grows and shrinks on the way
   */
  public constructor(private readonly object: GraphObject, private readonly path: (string | number)[]) {}

  public of(value: unknown, schema: FieldSchema): readonly Problem[] {
    this.value(value, schema);
    return this.problems;
  }

  private value(value: unknown, schema: FieldSchema): void {
    // The API server takes null for absent.
    if (value === null || value === undefined) return;
    if (!isOfType(value, schema)) {
      if (!isPlaceholder(value)) this.type(value, schema);
    } else if (schema.enum && !schema.enum.includes(value)) {
      if (!isPlaceholder(value)) this.choice(value, schema.enum);
    } else if (typeof value === 'number') {
      this.number(value, schema);
    } else if (typeof value === 'string') {
      this.text(value, schema);
    } else if (Array.isArray(value)) {
      this.list(value, schema);
    } else if (typeof value === 'object') {
      this.map(value, schema);
    }
  }

  private below(step: string | number, value: unknown, schema: FieldSchema): void {
    this.path.push(step);
    this.value(value, schema);
    this.path.pop();
  }

  private wrong(value: unknown, problem: string, fix: string, allowed?: string, severity?: Severity): void {
    this.problems.push({ object: this.object, field: [...this.path], value, problem, fix, allowed, ...severity ? { severity } : {} });
  }

  private missing(step: string | number, problem: string, fix: string): void {
    this.problems.push({ object: this.object, field: [...this.path, step], problem, fix });
  }

  private choice(value: unknown, allowed: readonly unknown[]): void {
    if (typeof value === 'string' && EXPERIMENTAL.has(value)) {
      this.wrong(value, 'is a value of the experimental release only', 'see whether the cluster has that release', undefined, Severity.WARNING);
      return;
    }
    const words = allowed.map((word) => String(word));
    this.wrong(value, 'is none of the values that the field takes', `write ${nearestFirst(words, String(value)).split(', ')[0]}, for example`, words.join(', '));
  }

  private type(value: unknown, schema: FieldSchema): void {
    const [problem, fix] = typeProblem(value, schema);
    this.wrong(value, problem, isSecretPlace(this.object, this.path) ? fix.replace(/: [^]*$/, '') : fix);
  }

  private number(value: number, { minimum, maximum }: FieldSchema): void {
    if ((minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum)) return;
    const allowed = minimum === undefined ? `at most ${maximum}` : maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
    this.wrong(value, 'is out of range', 'choose a number in range', allowed);
  }

  private text(value: string, { minLength, maxLength, pattern }: FieldSchema): void {
    if (minLength !== undefined && value.length < minLength) {
      this.form(value, value === '' ? 'is empty' : 'is too short', 'fill it in, or leave the field out', `at least ${minLength} characters`);
    } else if (maxLength !== undefined && value.length > maxLength) {
      this.form(value, 'is too long', 'shorten it', `at most ${maxLength} characters`);
    } else if (pattern !== undefined && value.length <= LONGEST_COMPARED && !compiled(pattern).test(value)) {
      this.form(value, 'does not have the form that the field takes', 'correct it', pattern);
    }
  }

  private form(value: string, problem: string, fix: string, allowed: string): void {
    if (!isPlaceholder(value)) this.wrong(value, problem, fix, allowed);
  }

  private list(value: readonly unknown[], schema: FieldSchema): void {
    const { minItems, maxItems, items } = schema;
    if (minItems !== undefined && value.length < minItems) {
      this.wrong(value.length, value.length === 0 ? 'is empty' : 'has too few items', 'add an item, or leave the field out', `at least ${minItems}`);
    }
    if (maxItems !== undefined && value.length > maxItems) this.wrong(value.length, 'is the number of items: too many', 'split it into several objects', `at most ${maxItems}`);
    // Listeners of one name are IGW1802.
    const keys = this.path.at(-1) === 'listeners' ? undefined : schema['x-kubernetes-list-map-keys'];
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      if (item === null && items?.type !== undefined && items.type !== 'string') {
        this.missing(index, 'is empty, and an item of this list cannot be', 'remove the hyphen, or write what belongs there');
      }
      if (items) this.below(index, item, items);
      if (keys && isMap(item)) this.twice(index, item, keys, seen);
    }
  }

  /** Items that have the same keys as an earlier one. */
  private twice(index: number, item: object, keys: readonly string[], seen: Set<string>): void {
    const values = keys.map((key) => (Object.hasOwn(item, key) ? (item as Record<string, unknown>)[key] : undefined));
    const id = JSON.stringify(values);
    if (values.every((one) => one !== undefined) && seen.has(id)) {
      this.problems.push({
        object: this.object, field: [...this.path, index], value: values.join(' '), problem: `is there twice: ${keys.join(' and ')} of the items have to differ`, fix: 'leave one of them out',
      });
    }
    seen.add(id);
  }

  private map(value: object, schema: FieldSchema): void {
    const { properties, additionalProperties, required = [], maxProperties, minProperties } = schema;
    const entries = Object.entries(value);
    if (maxProperties !== undefined && entries.length > maxProperties) this.wrong(entries.length, 'is the number of entries: too many', 'leave some out', `at most ${maxProperties}`);
    if (minProperties !== undefined && entries.filter(([, inner]) => inner !== null).length < minProperties) this.wrong(value, 'has too few entries', 'add one');
    for (const name of required) {
      if (!Object.hasOwn(value, name) || !isFilled((value as Record<string, unknown>)[name])) this.missing(name, 'is missing', 'write it: the API server requires it');
    }
    for (const names of schema['x-any-of'] ?? []) {
      if (entries.some(([name, inner]) => names.includes(name) && isThere(inner))) continue;
      this.problems.push({
        object: this.object, field: [...this.path], problem: `has no ${names.join(' and no ')}: the API server refuses it`, fix: `add ${names.join(' or ')}`,
      });
    }
    for (const [name, inner] of entries) {
      if (properties && Object.hasOwn(properties, name)) this.below(name, inner, properties[name]);
      else if (additionalProperties) this.below(name, inner, additionalProperties);
      else if (properties && !schema['x-kubernetes-preserve-unknown-fields']) this.problems.push(unknownField(this.object, [...this.path, name], name, properties));
    }
  }
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** Whether something is written there: an empty list is nothing. */
function isThere(value: unknown): boolean {
  return isFilled(value) && !(Array.isArray(value) && value.length === 0);
}

/** What a template fills in later: `${PORT}`, and `{NAME}`, which YAML reads as a map when it is not quoted. */
function isPlaceholder(value: unknown): boolean {
  if (typeof value === 'string') return /\{[A-Z_]+\}|\$\{|\{\{|^\$[A-Z_][A-Z0-9_]*$|^<[A-Za-z][\w -]*>$/.test(value);
  const [[name, content] = [], ...more] = isMap(value) ? Object.entries(value) : [];
  return name !== undefined && more.length === 0 && content === null && /^[A-Z_]{3,}$/.test(name);
}

const patterns = new Map<string, RegExp>();

/** The patterns of schemas are few, and used for every object. */
function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known;
}

function isOfType(value: unknown, schema: FieldSchema): boolean {
  if (schema['x-kubernetes-int-or-string']) return typeof value === 'string' || Number.isInteger(value);
  switch (schema.type) {
    case 'string': return typeof value === 'string';
    case 'integer': return Number.isInteger(value);
    case 'number': return typeof value === 'number';
    case 'boolean': return typeof value === 'boolean';
    case 'array': return Array.isArray(value);
    case 'object': return isMap(value);
    default: return true;
  }
}

function typeProblem(value: unknown, schema: FieldSchema): [problem: string, fix: string] {
  if (schema['x-kubernetes-int-or-string']) return ['is neither a number nor text', 'write a number or text'];
  const is = Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : typeof value === 'string' ? 'text' : `a ${typeof value}`;
  const digits = typeof value === 'string' && /^[0-9]+$/.test(value);
  switch (schema.type) {
    case 'string': return [`is ${is}, not text`, typeof value === 'object' ? 'write text' : `put it in quotes: "${value}"`];
    case 'integer': return [`is ${is}, not a whole number`, digits ? `leave the quotes out: ${value}` : 'write a whole number'];
    case 'number': return [`is ${is}, not a number`, 'write a number'];
    case 'boolean': return [`is ${is}, not true or false`, 'write true or false, without quotes'];
    case 'array': return [`is ${is}, not a list`, 'put a hyphen before it, to make it the item of a list'];
    default: return [`is ${is}, not a map`, 'write fields below it'];
  }
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
