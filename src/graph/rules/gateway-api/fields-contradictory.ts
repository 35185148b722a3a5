import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { at, filled, items, map, Path, text } from '../../json';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { GATEWAY_GROUP } from '../../views/gateways';
import { POOL_GROUP, poolsOf } from '../../views/pools';
import { Route, RouteRule, routesOf } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1808',
  title: 'the API server refuses fields that do not go together',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: '`kubectl apply` fails with the message of a validation rule, "RequestRedirect filter must not be used together with backendRefs" for example. What was applied before stays: for a new model every request answers 404 or 500.',
  breaks: 'Beyond the type of each field the kinds have rules of how fields go together; the API server looks at them before it takes the object.',
  source: 'Gateway API 1.5 and Gateway API Inference Extension 1.5, x-kubernetes-validations',
  * check(graph) {
    yield* poolProblems(graph);
    for (const route of routesOf(graph)) yield* routeProblems(route);
    for (const object of graph.ofKind(GATEWAY_GROUP, 'BackendTLSPolicy')) yield* policyProblems(object);
  },
};

function* poolProblems(graph: Graph): Iterable<Problem> {
  for (const { object, targetPorts } of poolsOf(graph)) {
    if (object.group !== POOL_GROUP) continue;
    yield* repeated(object, targetPorts.map(({ number, path }) => ({ path, id: `${number}`, value: number })), 'is there twice: the numbers of targetPorts have to differ');
  }
}

function* routeProblems({ object, kind, rules }: Route): Iterable<Problem> {
  const parents = items(object.manifest, ['spec', 'parentRefs']).map(({ value, path }) => {
    const { group, kind: parent, namespace, name, sectionName, port } = map(value);
    return { path, value: text(name), id: JSON.stringify([group ?? GATEWAY_GROUP, parent ?? 'Gateway', filled(namespace) ?? object.namespace, name, sectionName ?? '', port ?? 0]) };
  });
  yield* repeated(object, parents, 'is the parent of another parentRef as well: each needs its own sectionName');
  if (kind !== 'HTTPRoute') return;
  for (const one of rules) {
    yield* pathProblems(object, one);
    yield* filterProblems(object, one);
    yield* timeoutProblems(object, one);
  }
}

const INNER = ['//', '/./', '/../', '%2f', '%2F', '#'];
const ENDS = ['/..', '/.'];

function* pathProblems(object: GraphObject, { matches }: RouteRule): Iterable<Problem> {
  for (const { path: match, pathType, pathValue } of matches) {
    if (pathType !== 'Exact' && pathType !== 'PathPrefix') continue;
    const wrong = (problem: string, fix: string): Problem => ({ object, field: [...match, 'path', 'value'], value: pathValue, problem, fix });
    const inner = INNER.find((part) => pathValue.includes(part)) ?? ENDS.find((end) => pathValue.endsWith(end));
    if (!pathValue.startsWith('/')) yield wrong('does not begin with /', `write /${pathValue}`);
    else if (inner) yield wrong(`has ${inner} in it, which no normalised path has`, 'leave it out');
    else if (!/^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/.test(pathValue)) yield wrong('has characters that a path cannot have', 'encode them as %XX');
  }
}

/** The field of each type of filter. */
const FIELDS: Readonly<Record<string, string>> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  ExtensionRef: 'extensionRef',
  CORS: 'cors',
};
const MANY = new Set(['RequestMirror', 'ExtensionRef']);

function* filterProblems(object: GraphObject, { path: rulePath, filters, matches, backends }: RouteRule): Iterable<Problem> {
  const lists = new Map<string, string[]>();
  for (const { path, type, value } of filters) {
    const own = Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
    if (own === undefined) continue;
    const other = Object.values(FIELDS).find((field) => field !== own && value[field] !== undefined && value[field] !== null);
    if (value[own] === undefined || value[own] === null) {
      yield { object, field: [...path, own], problem: `is missing: the filter has type ${type}`, fix: other ? `write ${own}, or the type of ${other}` : `write ${own}` };
    } else if (other) {
      yield { object, field: [...path, other], problem: `does not go with type ${type}`, fix: 'leave it out, or make another filter of it' };
    }
    const list = JSON.stringify(path.slice(0, -1));
    const before = lists.get(list) ?? [];
    lists.set(list, [...before, type].slice(0, 32));
    const partner = type === 'RequestRedirect' ? 'URLRewrite' : type === 'URLRewrite' ? 'RequestRedirect' : undefined;
    if (!MANY.has(type) && before.includes(type)) yield { object, field: [...path, 'type'], value: type, problem: 'is the type of another filter of the list: it cannot be repeated', fix: 'merge both filters' };
    else if (partner && before.includes(partner)) yield { object, field: [...path, 'type'], value: type, problem: `does not go together with ${partner}`, fix: 'leave one of them out' };
    if (type === 'RequestRedirect' && backends.length > 0 && path.length === rulePath.length + 2) {
      yield { object, field: [...rulePath, 'backendRefs'], problem: 'does not go together with a RequestRedirect: nothing is sent to a backend', fix: 'leave backendRefs out, or the redirect' };
    }
    yield* prefixProblems(object, path, value, own, matches);
  }
}

function* prefixProblems(
  object: GraphObject, path: Path, filter: Readonly<Record<string, unknown>>, own: string, matches: RouteRule['matches'],
): Iterable<Problem> {
  if (own !== 'requestRedirect' && own !== 'urlRewrite') return;
  const { type, replaceFullPath, replacePrefixMatch } = map(at(filter, [own, 'path']));
  const field = [...path, own, 'path'];
  if (type === 'ReplaceFullPath' && replaceFullPath === undefined) yield { object, field: [...field, 'replaceFullPath'], problem: 'is missing for type ReplaceFullPath', fix: 'write it' };
  if (type !== 'ReplacePrefixMatch') return;
  if (replacePrefixMatch === undefined) yield { object, field: [...field, 'replacePrefixMatch'], problem: 'is missing for type ReplacePrefixMatch', fix: 'write it' };
  else if (matches.length !== 1 || matches[0].pathType !== 'PathPrefix') {
    yield { object, field, value: type, problem: 'needs a rule with exactly one match, by PathPrefix', fix: 'split the rule, or use ReplaceFullPath' };
  }
}

function* timeoutProblems(object: GraphObject, { timeouts }: RouteRule): Iterable<Problem> {
  const [request, backendRequest] = [timeouts?.request, timeouts?.backendRequest].map(milliseconds);
  if (!timeouts || request === undefined || backendRequest === undefined || request === 0 || backendRequest <= request) return;
  yield {
    object, field: [...timeouts.path, 'backendRequest'], value: timeouts.backendRequest, problem: `is longer than the timeout of the whole request, ${timeouts.request}`, fix: `write ${timeouts.request} or less`,
  };
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function milliseconds(duration: string | undefined): number | undefined {
  if (duration === undefined || duration.length > 40 || !/^([0-9]{1,5}(h|ms|m|s)){1,4}$/.test(duration)) return undefined;
  return [...duration.matchAll(/([0-9]+)(h|ms|m|s)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}

function* policyProblems(object: GraphObject): Iterable<Problem> {
  const field: Path = ['spec', 'validation'];
  const { caCertificateRefs, wellKnownCACertificates } = map(object.get(...field));
  const refs = Array.isArray(caCertificateRefs) && caCertificateRefs.length > 0;
  const known = filled(wellKnownCACertificates) !== undefined;
  if (object.get(...field) === undefined || refs !== known) return;
  yield refs
    ? { object, field: [...field, 'wellKnownCACertificates'], value: wellKnownCACertificates, problem: 'does not go together with caCertificateRefs', fix: 'leave one of them out' }
    : { object, field: [...field, 'caCertificateRefs'], problem: 'is missing, as is wellKnownCACertificates: nothing says which certificates are trusted', fix: 'name a ConfigMap with the authority, or write wellKnownCACertificates: System' };
}

interface Entry {
  readonly path: Path;
  readonly id: string;
  readonly value: unknown;
}

function* repeated(object: GraphObject, entries: readonly Entry[], problem: string): Iterable<Problem> {
  const seen = new Set<string>();
  for (const { path, id, value } of entries) {
    if (seen.has(id)) yield { object, field: path, value, problem, fix: 'leave one of them out' };
    seen.add(id);
  }
}
