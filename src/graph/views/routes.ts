import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, filled, integer, items, map, Path, text, texts } from '../json';
import { addTo, view } from '../view';
import { findGateway, Gateway, GATEWAY_GROUP, Listener, ListenerSet, listenerSetOfObject } from './gateways';
import { intersection } from './hostnames';

export interface ParentRef {
  readonly path: Path;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
}

/** Why a listener does not take a route. */
export type Refusal = 'kind' | 'namespace' | 'hostname';

/** What becomes of one parentRef of a route. */
export interface Attachment {
  readonly ref: ParentRef;
  /** The Gateway, when it or the ListenerSet is in the set. */
  readonly gateway?: Gateway;
  readonly listenerSet?: ListenerSet;
  /** Whether the parent is in the set. */
  readonly found: boolean;
  /** Listeners that sectionName and port leave. */
  readonly candidates: readonly Listener[];
  /** Of those, the ones that take the route; one that cannot be told counts as taking it. */
  readonly accepted: readonly Listener[];
  readonly refused: readonly { readonly listener: Listener; readonly why: Refusal }[];
}

export interface HeaderMatch {
  readonly path: Path;
  /** Header names are compared without case. */
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

export interface Match {
  readonly path: Path;
  readonly headers: readonly HeaderMatch[];
  /** `Exact`, `PathPrefix` or `RegularExpression`, and the value; every path for a match that names none. */
  readonly pathType: string;
  readonly pathValue: string;
  readonly method?: string;
  readonly queryParams: readonly unknown[];
}

export interface BackendRef {
  readonly path: Path;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port?: number;
  readonly weight: number;
  /** Whether it gets copies of requests only. */
  readonly mirror: boolean;
  /** The object, when it is in the set. */
  readonly to?: GraphObject;
}

export interface RouteRule {
  readonly path: Path;
  readonly name?: string;
  /** An empty list in the manifest matches everything: it has one match here. */
  readonly matches: readonly Match[];
  readonly backends: readonly BackendRef[];
  readonly mirrors: readonly BackendRef[];
  readonly filters: readonly { readonly path: Path; readonly type: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly timeouts?: { readonly path: Path; readonly request?: string; readonly backendRequest?: string };
}

export interface Route {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  readonly hostnames: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly rules: readonly RouteRule[];
}

const KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** The routes of the set, of every kind of the Gateway API. */
export const routesOf = view((graph: Graph): readonly Route[] => (
  KINDS.flatMap((kind) => graph.ofKind(GATEWAY_GROUP, kind).map((object) => routeOf(graph, object)))));

export const routeByObject = view((graph: Graph): ReadonlyMap<GraphObject, Route> => new Map(routesOf(graph).map((route) => [route.object, route])));

/** Routes that at least one listener of a Gateway of the set takes. */
export const routesByGateway = view((graph: Graph): ReadonlyMap<Gateway, readonly Route[]> => {
  const found = new Map<Gateway, Route[]>();
  for (const route of routesOf(graph)) {
    gatewaysOfRoute(route).forEach((gateway) => addTo(found, gateway, route));
  }
  return found;
});

/** A use of a backend, with the route and rule it is in. */
export interface BackendUse {
  readonly route: Route;
  readonly rule: RouteRule;
  readonly backend: BackendRef;
}

/** The uses of an object as a backend or mirror. */
export function usesOf(graph: Graph, object: GraphObject): readonly BackendUse[] {
  return uses(graph).get(object) ?? [];
}

const uses = view((graph: Graph) => {
  const found = new Map<GraphObject, BackendUse[]>();
  for (const route of routesOf(graph)) {
    for (const rule of route.rules) {
      for (const backend of [...rule.backends, ...rule.mirrors]) if (backend.to) addTo(found, backend.to, { route, rule, backend });
    }
  }
  return found;
});

/** The Gateways of the set that take a route. */
export function gatewaysOfRoute({ attachments }: Route): readonly Gateway[] {
  return [...new Set(attachments.flatMap(({ gateway, accepted }) => (gateway && accepted.length > 0 ? [gateway] : [])))];
}

/** The Gateways of the set whose routes lead to an object. */
export function gatewaysBefore(graph: Graph, object: GraphObject): readonly Gateway[] {
  return [...new Set(usesOf(graph, object).flatMap(({ route }) => gatewaysOfRoute(route)))];
}

/** The header matches of a header, whichever way its name is written. */
export function headersNamed({ headers }: Match, name: string): readonly HeaderMatch[] {
  return headers.filter((header) => header.name.toLowerCase() === name.toLowerCase());
}

function routeOf(graph: Graph, object: GraphObject): Route {
  const { manifest, name, kind, namespace = '' } = object;
  const hostnames = kind === 'TCPRoute' || kind === 'UDPRoute' ? [] : texts(map(manifest.spec).hostnames);
  const parents = items(manifest, ['spec', 'parentRefs']).map(({ value, path }) => parentOf(value, path, namespace));
  return {
    object,
    namespace,
    name,
    kind,
    hostnames,
    attachments: parents.map((ref) => attach(graph, ref, { kind, namespace, hostnames })),
    rules: items(manifest, ['spec', 'rules']).map(({ value, path }) => ruleOf(graph, object, value, path)),
  };
}

function parentOf(value: unknown, path: Path, ownNamespace: string): ParentRef {
  const { group, kind, namespace, name, sectionName, port } = map(value);
  return {
    path,
    group: text(group) ?? GATEWAY_GROUP,
    kind: filled(kind) ?? 'Gateway',
    namespace: filled(namespace) ?? ownNamespace,
    name: text(name) ?? '',
    sectionName: filled(sectionName),
    port: integer(port),
  };
}

function attach(graph: Graph, ref: ParentRef, { kind, namespace, hostnames }: Pick<Route, 'kind' | 'namespace' | 'hostnames'>): Attachment {
  const target = graph.find(ref);
  const listenerSet = target && listenerSetOfObject(graph, target);
  const direct = ref.kind === 'Gateway' && ref.group === GATEWAY_GROUP ? findGateway(graph, ref.namespace, ref.name) : undefined;
  // A route that names the Gateway does not attach to what its ListenerSets add.
  const listeners = direct?.own ?? listenerSet?.listeners ?? [];
  const candidates = listeners.filter(({ name, port }) => (
    (ref.sectionName === undefined || ref.sectionName === name) && (ref.port === undefined || ref.port === port)));
  const refused: { listener: Listener; why: Refusal }[] = [];
  const accepted = candidates.filter((listener) => {
    const why = refusalOf(graph, listener, kind, namespace, hostnames);
    if (why) refused.push({ listener, why });
    return why === undefined;
  });
  return { ref, gateway: direct ?? listenerSet?.gateway, listenerSet, found: target !== undefined, candidates, accepted, refused };
}

function refusalOf(graph: Graph, listener: Listener, kind: string, namespace: string, hostnames: readonly string[]): Refusal | undefined {
  if (listener.kinds && !listener.kinds.some((one) => one.kind === kind && one.group === GATEWAY_GROUP)) return 'kind';
  if (listener.namespaces.allows(graph, namespace) === false) return 'namespace';
  return intersection(listener.hostname, hostnames).length === 0 ? 'hostname' : undefined;
}

function ruleOf(graph: Graph, object: GraphObject, value: unknown, path: Path): RouteRule {
  const { manifest, namespace = '' } = object;
  const { name, timeouts } = map(value);
  const filters = [
    ...items(manifest, [...path, 'filters']),
    ...items(manifest, [...path, 'backendRefs']).flatMap((backend) => items(manifest, [...backend.path, 'filters'])),
  ].map((filter) => ({ path: filter.path, type: text(map(filter.value).type) ?? '', value: map(filter.value) }));
  const matches = items(manifest, [...path, 'matches']).map((match) => matchOf(manifest, match.value, match.path));
  const { request, backendRequest } = map(timeouts);
  return {
    path,
    name: filled(name),
    matches: matches.length > 0 ? matches : [{ path, headers: [], pathType: 'PathPrefix', pathValue: '/', queryParams: [] }],
    backends: items(manifest, [...path, 'backendRefs']).map((ref) => backendOf(graph, ref.value, ref.path, namespace, false)),
    mirrors: filters.filter(({ type }) => type === 'RequestMirror').map((filter) => (
      backendOf(graph, at(filter.value, ['requestMirror', 'backendRef']), [...filter.path, 'requestMirror', 'backendRef'], namespace, true))),
    filters,
    timeouts: timeouts === undefined || timeouts === null
      ? undefined
      : { path: [...path, 'timeouts'], request: text(request), backendRequest: text(backendRequest) },
  };
}

function matchOf(manifest: unknown, value: unknown, path: Path): Match {
  const where = map(map(value).path);
  return {
    path,
    headers: items(manifest, [...path, 'headers']).map((header) => {
      const { name, type, value: wanted } = map(header.value);
      return { path: header.path, name: text(name) ?? '', type: text(type) ?? 'Exact', value: text(wanted) ?? '' };
    }),
    pathType: text(where.type) ?? 'PathPrefix',
    pathValue: text(where.value) ?? '/',
    method: filled(map(value).method),
    queryParams: items(value, ['queryParams']).map((param) => param.value),
  };
}

function backendOf(graph: Graph, value: unknown, path: Path, ownNamespace: string, mirror: boolean): BackendRef {
  const { group, kind, namespace, name, port, weight } = map(value);
  const target = {
    group: text(group) ?? '', kind: filled(kind) ?? 'Service', namespace: filled(namespace) ?? ownNamespace, name: text(name) ?? '',
  };
  return { path, ...target, port: integer(port), weight: mirror ? 0 : integer(weight) ?? 1, mirror, to: graph.find(target) };
}
