import { isMap } from '../../../core';
import type { GraphObject } from '../../graph-object';
import { filled, map } from '../../json';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { kindsOf } from '../../schemas';

interface Format {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly words: string;
}

const SUBDOMAIN: Format = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  words: 'lower-case letters, digits, - and ., beginning and ending with a letter or digit, at most 253 characters (RFC 1123 subdomain)',
};
const LABEL: Format = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  words: 'lower-case letters, digits and -, beginning and ending with a letter or digit, at most 63 characters (RFC 1123 label)',
};
const SERVICE: Format = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  words: 'lower-case letters, digits and -, beginning with a letter and ending with a letter or digit, at most 63 characters (RFC 1035 label)',
};
const PATH_SEGMENT: Format = { pattern: /^(?!\.{1,2}$)[^/%]+$/, longest: Number.MAX_SAFE_INTEGER, words: 'anything but / and %, and not . or ..' };

/** Kinds that do not have a subdomain as their name. */
const FORMATS: Readonly<Record<string, Format>> = {
  '/Namespace': LABEL,
  '/Service': SERVICE,
  'rbac.authorization.k8s.io/Role': PATH_SEGMENT,
  'rbac.authorization.k8s.io/RoleBinding': PATH_SEGMENT,
  'rbac.authorization.k8s.io/ClusterRole': PATH_SEGMENT,
  'rbac.authorization.k8s.io/ClusterRoleBinding': PATH_SEGMENT,
};

export const rule: GraphRule = {
  code: 'IGW1004',
  title: 'a name is none that the API server takes',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The API server refuses the object: metadata.name or metadata.namespace is invalid or required.',
  breaks: 'Names become parts of DNS names and URLs, so most kinds take lower-case letters, digits and hyphens only.',
  source: 'Kubernetes, Object Names and IDs',
  * check(graph) {
    for (const object of graph.objects) {
      if (object.kind === '' || object.apiVersion === '' || isBuildInput(object)) continue;
      yield* nameProblems(object);
      const { namespace } = map(object.manifest.metadata);
      if (object.clusterScoped || namespace === undefined || namespace === null || namespace === '') continue;
      const problem = problemWith(namespace, LABEL);
      if (problem) yield { object, field: ['metadata', 'namespace'], value: namespace, problem, allowed: LABEL.words, fix: fixFor(namespace) };
    }
  },
};

function* nameProblems(object: GraphObject): Iterable<Problem> {
  const { name, generateName } = map(object.manifest.metadata);
  const field = ['metadata', 'name'];
  if (name === undefined || name === null || name === '') {
    if (filled(generateName) === undefined && isForCluster(object)) yield { object, field, problem: 'is missing', fix: 'give the object a name' };
    return;
  }
  const key = `${object.group}/${object.kind}`;
  const format = Object.hasOwn(FORMATS, key) ? FORMATS[key] : SUBDOMAIN;
  const problem = problemWith(name, format);
  if (problem) yield { object, field, value: name, problem, allowed: format.words, fix: fixFor(name) };
}

function problemWith(value: unknown, { pattern, longest }: Format): string | undefined {
  if (typeof value !== 'string') return `is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not text`;
  if (isPlaceholder(value)) return undefined;
  if (value.length > longest) return `has ${value.length} characters, more than ${longest}`;
  return pattern.test(value) ? undefined : 'is no name that the API server takes';
}

/** What is longer is no name that anybody wrote. */
const LONGEST_COMPARED = 1000;

function fixFor(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `put it in quotes: "${value}"`;
  if (typeof value !== 'string') return 'write the name as text';
  const better = value.slice(0, LONGEST_COMPARED).toLowerCase().replace(/[^-a-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, 63);
  return better === '' || better === value ? 'choose another name' : `write ${better}, for example`;
}

/** What a template or a secret plugin fills in later. */
function isPlaceholder(value: string): boolean {
  return /[{}<>$]/.test(value);
}

/** Whether an API server may get to see it: reports and files of configuration have a kind as well, and no metadata. */
function isForCluster({ group, kind, manifest }: GraphObject): boolean {
  return isMap(manifest.metadata) || kindsOf(group).kinds.has(kind);
}

/** Files for tools that no API server ever sees. */
function isBuildInput({ group }: GraphObject): boolean {
  return group === 'kustomize.config.k8s.io' || group.startsWith('config.istio.io') || group === 'kind.x-k8s.io' || group === 'install.istio.io';
}
