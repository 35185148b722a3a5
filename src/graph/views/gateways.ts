import { GatewayImplementation } from '../../gateway';
import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { filled, integer, items, map, Path, text } from '../json';
import { addTo, view } from '../view';
import { NamespaceRule, namespaceRule } from './namespaces';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** A kind that routes of a listener may be of. */
export interface RouteKind {
  readonly group: string;
  readonly kind: string;
}

export interface CertificateRef {
  readonly path: Path;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface Listener {
  /** The Gateway or ListenerSet that has it. */
  readonly owner: GraphObject;
  readonly gateway?: Gateway;
  readonly path: Path;
  readonly name: string;
  readonly port?: number;
  readonly protocol: string;
  readonly hostname?: string;
  readonly tlsMode?: string;
  readonly certificates: readonly CertificateRef[];
  /** Where routes may come from. */
  readonly namespaces: NamespaceRule;
  /** Kinds its protocol allows, and of them those `allowedRoutes.kinds` names; undefined for a protocol that nothing is known of. */
  readonly kinds?: readonly RouteKind[];
  /** What `allowedRoutes.kinds` names, supported or not; undefined when it names none. */
  readonly namedKinds?: readonly (RouteKind & { readonly path: Path })[];
}

export interface Gateway {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  readonly className: string;
  readonly implementation: GatewayImplementation;
  /** Whether anything is known of its implementation. */
  readonly known: boolean;
  /** The listeners that it has itself. */
  readonly own: readonly Listener[];
  /** Its own listeners, then those of the ListenerSets it takes. */
  readonly listeners: readonly Listener[];
  /** Which ListenerSets it takes. */
  readonly allowedListeners: NamespaceRule;
}

export interface ListenerSet {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  readonly parent: { readonly path: Path; readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string };
  /** Its Gateway, when that is in the set. */
  readonly gateway?: Gateway;
  /** Whether the Gateway takes it; undefined when that cannot be told. */
  readonly accepted?: boolean;
  readonly listeners: readonly Listener[];
}

const KINDS_OF_PROTOCOL: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** The classes of implementations whose capabilities are known. */
export const KNOWN_CLASSES: readonly string[] = ['istio', 'eg', 'kgateway', 'agentgateway', 'higress', 'gke-l7-rilb', 'gke-l7-regional-external-managed'];

interface Parents {
  readonly gateways: readonly Gateway[];
  readonly listenerSets: readonly ListenerSet[];
}

const parents = view((graph: Graph): Parents => {
  const all = new Map<GraphObject, Listener[]>();
  const gateways = graph.ofKind(GATEWAY_GROUP, 'Gateway').map((object): Gateway => {
    const own: Listener[] = [];
    const listeners: Listener[] = [];
    all.set(object, listeners);
    const className = text(map(object.manifest.spec).gatewayClassName) ?? '';
    const gateway: Gateway = {
      object,
      namespace: object.namespace ?? '',
      name: object.name,
      className,
      implementation: graph.settings.implementation ?? GatewayImplementation.fromGatewayClassName(className),
      known: graph.settings.implementation !== undefined || KNOWN_CLASSES.includes(className),
      own,
      listeners,
      allowedListeners: namespaceRule(object, ['spec', 'allowedListeners', 'namespaces'], 'None'),
    };
    items(object.manifest, ['spec', 'listeners']).forEach(({ value, path }) => own.push(listenerOf(object, gateway, value, path)));
    own.forEach((listener) => listeners.push(listener));
    return gateway;
  });
  const byObject = new Map(gateways.map((gateway) => [gateway.object, gateway]));
  const sets = [graph.ofKind(GATEWAY_GROUP, 'ListenerSet'), graph.ofKind('gateway.networking.x-k8s.io', 'XListenerSet')].flat();
  const listenerSets = sets.map((object): ListenerSet => {
    const ref = map(map(object.manifest.spec).parentRef);
    const parent = {
      path: ['spec', 'parentRef'],
      group: text(ref.group) ?? GATEWAY_GROUP,
      kind: filled(ref.kind) ?? 'Gateway',
      namespace: filled(ref.namespace) ?? object.namespace ?? '',
      name: text(ref.name) ?? '',
    };
    const target = graph.find(parent);
    const gateway = target && byObject.get(target);
    const listeners = items(object.manifest, ['spec', 'listeners']).map(({ value, path }) => listenerOf(object, gateway, value, path));
    const accepted = gateway?.allowedListeners.allows(graph, object.namespace ?? '');
    if (gateway && accepted !== false) listeners.forEach((listener) => all.get(gateway.object)!.push(listener));
    return { object, namespace: object.namespace ?? '', name: object.name, parent, gateway, accepted, listeners };
  });
  return { gateways, listenerSets };
});

export function gatewaysOf(graph: Graph): readonly Gateway[] {
  return parents(graph).gateways;
}

export function listenerSetsOf(graph: Graph): readonly ListenerSet[] {
  return parents(graph).listenerSets;
}

/** The listeners of the set, in a list for each Gateway and ListenerSet that has them. */
export function listenersByOwner(graph: Graph): readonly (readonly Listener[])[] {
  return [...gatewaysOf(graph).map(({ own }) => own), ...listenerSetsOf(graph).map(({ listeners }) => listeners)];
}

const byObject = view((graph: Graph) => ({
  gateways: new Map(gatewaysOf(graph).map((gateway) => [gateway.object, gateway])),
  listenerSets: new Map(listenerSetsOf(graph).map((set) => [set.object, set])),
}));

export function findGateway(graph: Graph, namespace: string, name: string): Gateway | undefined {
  const object = graph.find({ group: GATEWAY_GROUP, kind: 'Gateway', namespace, name });
  return object && byObject(graph).gateways.get(object);
}

export function gatewayOfObject(graph: Graph, object: GraphObject): Gateway | undefined {
  return byObject(graph).gateways.get(object);
}

export function listenerSetOfObject(graph: Graph, object: GraphObject): ListenerSet | undefined {
  return byObject(graph).listenerSets.get(object);
}

/** The Gateways of a class, for rules that apply to one implementation. */
export const gatewaysByClass = view((graph: Graph): ReadonlyMap<string, readonly Gateway[]> => {
  const found = new Map<string, Gateway[]>();
  gatewaysOf(graph).forEach((gateway) => addTo(found, gateway.className, gateway));
  return found;
});

function listenerOf(owner: GraphObject, gateway: Gateway | undefined, value: unknown, path: Path): Listener {
  const { name, port, protocol, hostname, tls } = map(value);
  const { manifest } = owner;
  const kinds = items(manifest, [...path, 'allowedRoutes', 'kinds']).map((item) => ({
    path: item.path, group: text(map(item.value).group) ?? GATEWAY_GROUP, kind: text(map(item.value).kind) ?? '',
  }));
  const words = text(protocol) ?? '';
  const mode = tls === undefined ? undefined : text(map(tls).mode) ?? 'Terminate';
  const supported = Object.hasOwn(KINDS_OF_PROTOCOL, words)
    ? KINDS_OF_PROTOCOL[words].map((kind): RouteKind => ({ group: GATEWAY_GROUP, kind }))
    : undefined;
  return {
    owner,
    gateway,
    path,
    name: text(name) ?? '',
    port: integer(port),
    protocol: words,
    hostname: filled(hostname)?.toLowerCase(),
    tlsMode: mode,
    certificates: items(manifest, [...path, 'tls', 'certificateRefs']).map((item) => certificateOf(item.value, item.path, owner)),
    namespaces: namespaceRule(owner, [...path, 'allowedRoutes', 'namespaces'], 'Same'),
    kinds: kinds.length === 0 ? supported : supported?.filter((one) => kinds.some((other) => other.kind === one.kind && other.group === one.group)),
    namedKinds: kinds.length === 0 ? undefined : kinds,
  };
}

export function certificateOf(value: unknown, path: Path, { namespace = '' }: GraphObject): CertificateRef {
  const ref = map(value);
  return {
    path, group: text(ref.group) ?? '', kind: filled(ref.kind) ?? 'Secret', namespace: filled(ref.namespace) ?? namespace, name: text(ref.name) ?? '',
  };
}
