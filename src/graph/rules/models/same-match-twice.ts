import type { Graph } from '../../graph';
import type { Path } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { intersection } from '../../views/hostnames';
import { isModelHeader, sourceOfHeader } from '../../views/model-headers';
import { POOL_GROUP } from '../../views/pools';
import { Match, Route, RouteRule, routesOf } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1401',
  title: 'two routes of one Gateway match the same requests',
  family: RuleFamily.MODELS,
  severity: Severity.ERROR,
  symptom: 'One of two models gets all requests, the other none. Both routes are Accepted. Which one it is may change when a route is created again.',
  breaks: 'Of routes that match alike, a Gateway takes the oldest one, then the first by namespace and name. It does not say that it ignores the others.',
  source: 'Gateway API, HTTPRouteRule.matches: precedence; AI Runway makes such routes for one model name in two namespaces',
  * check(graph) {
    const taken = new Map<string, { readonly route: Route; readonly rule: RouteRule; readonly match: Match }>();
    for (const route of routesOf(graph)) {
      if (route.kind !== 'HTTPRoute') continue;
      for (const one of route.rules) {
        for (const match of one.matches) {
          if (!concernsModels(graph, route, one, match)) continue;
          const keys = keysOf(graph, route, match);
          const first = keys.map((key) => taken.get(key)).find((other) => other !== undefined);
          // The same object twice is IGW1001.
          if (first && first.route !== route && first.route.object.key === route.object.key) continue;
          if (first && first.match !== match) yield problemOf(route, one, match, first);
          else keys.forEach((key) => taken.set(key, { route, rule: one, match }));
        }
      }
    }
  },
};

/** Requests for models; that other routes overlap may be meant. */
function concernsModels(graph: Graph, route: Route, { backends }: RouteRule, { headers }: Match): boolean {
  if (backends.length === 0) return false;
  return headers.some(({ name }) => isModelHeader(name) || sourceOfHeader(graph, route, name) !== undefined)
    || backends.some(({ kind, group }) => kind === 'InferencePool' && group === POOL_GROUP);
}

/** What a match takes, on each listener and hostname. */
function keysOf(graph: Graph, { attachments, hostnames, namespace }: Route, match: Match): string[] {
  const { pathType, pathValue, method, headers, queryParams } = match;
  const wanted = JSON.stringify([
    pathType, pathType === 'PathPrefix' ? pathValue.replace(/(.)\/$/, '$1') : pathValue, method ?? '',
    headers.map(({ name, type, value }) => JSON.stringify([name.toLowerCase(), type, value])).sort(),
    queryParams.map((param) => JSON.stringify(param)).sort(),
  ]);
  const keys = attachments.flatMap(({ accepted }) => accepted
    // A listener whose namespaces cannot be told may not take the route.
    .filter((listener) => listener.namespaces.allows(graph, namespace) === true)
    .flatMap((listener) => intersection(listener.hostname, hostnames)
      .map((hostname) => JSON.stringify([listener.owner.key, listener.path.join('.'), hostname ?? '*', wanted]))));
  return [...new Set(keys)];
}

function problemOf(route: Route, { path, backends }: RouteRule, match: Match, first: { route: Route; rule: RouteRule; match: Match }): Problem {
  const same = backendsOf(backends) === backendsOf(first.rule.backends);
  const header = match.headers[0];
  const field: Path = header ? [...header.path, 'value'] : match.path;
  const own = route === first.route;
  return {
    object: route.object,
    field,
    ...header ? { value: header.value } : {},
    problem: `is matched in the same way by ${own ? 'an earlier rule of this route' : first.route.object}, and a Gateway uses one of them: `
      + (same ? 'this one is never needed' : own ? 'this rule gets no requests' : 'one of the two gets no requests'),
    fix: same ? 'remove one of the two' : `give one of them another ${header ? 'model name' : 'match'}, hostname or path`
      + (own ? '' : ', or put both backends into one rule with weights'),
    severity: same ? Severity.WARNING : Severity.ERROR,
    related: [{ object: first.route.object, field: first.match.headers[0]?.path ?? first.match.path, note: 'the same match' },
      ...backends.length > 0 ? [{ object: route.object, field: [...path, 'backendRefs'], note: 'what gets no requests, or those of the other' }] : []],
  };
}

function backendsOf(backends: RouteRule['backends']): string {
  return JSON.stringify(backends.map(({ group, kind, namespace, name, port, weight }) => [group, kind, namespace, name, port ?? 0, weight]).sort());
}
