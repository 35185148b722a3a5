import type { GraphObject } from '../graph-object';
import { integer } from '../json';
import { Reference, ReferenceType } from '../reference';
import { addTo } from '../view';
import { grantsFor } from '../views/grants';
import { routesOf } from '../views/routes';
import type { DraftNode, Drafts } from './drafts';
import type { NodeRole } from './picture';

/** Kinds that only serve another object: they are listed with it, not drawn. */
const SUPPORT = new Set([
  'ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'PersistentVolumeClaim', 'PersistentVolume', 'Namespace',
  'GatewayClass', 'IngressClass', 'CustomResourceDefinition', 'StorageClass', 'Certificate', 'ExternalSecret', 'SealedSecret', 'PodMonitor', 'ServiceMonitor',
]);

/** What a drawn object needs: it points at it. */
const NEEDS = new Set([
  ReferenceType.SERVICE_ACCOUNT, ReferenceType.CONFIG_MAP, ReferenceType.SECRET, ReferenceType.VOLUME_CLAIM, ReferenceType.CERTIFICATE,
  ReferenceType.GATEWAY_CLASS, ReferenceType.INGRESS, ReferenceType.ROLE,
]);

/** Puts everything else where it belongs: onto a node, into its details, or aside. Returns what belongs nowhere. */
export function attachRest(drafts: Drafts): GraphObject[] {
  const { graph } = drafts;
  attachGrants(drafts);
  for (const [object, owner] of gatewayPlugins(drafts)) drafts.attach(object, 'plugin', owner, detailOf(object));
  const owners = new Map<GraphObject, DraftNode[]>();
  for (const node of [...drafts.nodes]) {
    if (node.object && drafts.of(node.object) === node) collectSupport(drafts, node, node.object, owners);
  }
  const rest: GraphObject[] = [];
  for (const object of graph.objects) {
    if (drafts.of(object) || owners.has(object)) continue;
    const hosts = hostsOf(drafts, object, owners);
    if (hosts.length === 0) rest.push(object);
    else if (SUPPORT.has(object.kind)) hosts.forEach((host) => host.support.add(object));
    else drafts.attach(object, roleOf(object), hosts[0], detailOf(object));
  }
  return rest;
}

function roleOf({ kind }: GraphObject): NodeRole {
  if (kind === 'ReferenceGrant') return 'grant';
  if (kind === 'WasmPlugin' || kind === 'EnvoyFilter') return 'plugin';
  return 'policy';
}

function detailOf(object: GraphObject): string {
  if (object.kind === 'McpBridge' || object.kind === 'EnvoyFilter') return object.kind;
  if (object.kind === 'WasmPlugin') return [...phaseOf(object) === '' ? [] : [phaseOf(object)], String(priorityOf(object))].join(' ');
  const tls = object.kind === 'DestinationRule' ? object.get('spec', 'trafficPolicy', 'tls', 'mode') : undefined;
  return typeof tls === 'string' ? `TLS ${tls}` : '';
}

/** Follows what a node needs, and what those objects need in turn; a proven gap becomes a ghost on the node. */
function collectSupport(drafts: Drafts, node: DraftNode, object: GraphObject, owners: Map<GraphObject, DraftNode[]>): void {
  const { graph } = drafts;
  const add = (found: GraphObject) => {
    if (drafts.of(found) || node.support.has(found)) return;
    node.support.add(found);
    addTo(owners, found, node);
    // The bindings of a ServiceAccount, and their roles.
    const bindings = graph.edgesTo(found).filter(({ type }) => type === ReferenceType.SUBJECT).map(({ from }) => from);
    bindings.forEach(add);
    graph.edgesFrom(found).filter(({ type }) => NEEDS.has(type)).forEach(follow);
  };
  const follow = (reference: Reference) => {
    if (reference.to) add(reference.to);
    else if (graph.presence(reference) === 'missing') drafts.ghost(reference, 'other', 'missing', node.owner ?? node);
  };
  for (const reference of graph.edgesFrom(object)) {
    if (NEEDS.has(reference.type) && !(reference.type === ReferenceType.INGRESS && reference.kind === 'Service')) follow(reference);
  }
}

/** The nodes that an object names or is named by, straight or through what serves them. */
function hostsOf(drafts: Drafts, object: GraphObject, owners: ReadonlyMap<GraphObject, readonly DraftNode[]>): DraftNode[] {
  const { graph } = drafts;
  const near = [...graph.edgesFrom(object).flatMap(({ to }) => (to ? [to] : [])), ...graph.edgesTo(object).map(({ from }) => from)];
  const hosts = near.flatMap((other) => {
    const node = drafts.of(other);
    return node ? [node.owner ?? node] : owners.get(other) ?? [];
  });
  return [...new Set(hosts)];
}

/** A grant is drawn onto what it opens, where a reference of the set makes use of it. */
function attachGrants(drafts: Drafts): void {
  const { graph } = drafts;
  for (const { object, rules } of routesOf(graph)) {
    for (const { to } of rules.flatMap(({ backends, mirrors }) => [...backends, ...mirrors])) {
      const node = to && drafts.of(to);
      if (!node || to.namespace === object.namespace) continue;
      for (const grant of grantsFor(graph, object, to)) if (!drafts.of(grant.object)) drafts.attach(grant.object, 'grant', node.owner ?? node);
    }
  }
  for (const reference of graph.edges) {
    if (reference.type !== ReferenceType.CERTIFICATE || reference.namespace === reference.from.namespace) continue;
    const node = drafts.of(reference.from);
    for (const grant of node ? grantsFor(graph, reference.from, reference) : []) if (!drafts.of(grant.object)) drafts.attach(grant.object, 'grant', node!);
  }
}

/** The phases of WasmPlugins in the order they have their turn; what names none comes last. */
const PHASES = ['AUTHN', 'AUTHZ', 'STATS', ''];

function phaseOf(object: GraphObject): string {
  const phase = object.get('spec', 'phase');
  return typeof phase === 'string' && phase !== 'UNSPECIFIED_PHASE' ? phase : '';
}

function priorityOf(object: GraphObject): number {
  return integer(object.get('spec', 'priority')) ?? 0;
}

function byTurn(a: GraphObject, b: GraphObject): number {
  return PHASES.indexOf(phaseOf(a)) - PHASES.indexOf(phaseOf(b)) || priorityOf(b) - priorityOf(a);
}

/** Plugins that name no target are for the gateway of their kind: WasmPlugins and McpBridges of Higress, EnvoyFilters of Istio. */
function gatewayPlugins(drafts: Drafts): [GraphObject, DraftNode][] {
  const { graph } = drafts;
  const gateways = drafts.nodes.filter(({ role, owner }) => role === 'gateway' && owner === undefined);
  const known = gateways.find(({ kind, label, detail }) => (kind === 'IngressClass' && /higress/i.test(label)) || detail === 'higress')
    ?? gateways.find(({ kind }) => kind === 'IngressClass');
  const ofHigress = [...[...graph.ofKind('extensions.higress.io', 'WasmPlugin')].sort(byTurn), ...graph.ofKind('networking.higress.io', 'McpBridge')];
  const higress = known ?? (ofHigress.length === 0 ? undefined : drafts.part('higress', () => ({
    role: 'gateway', kind: 'gateway', label: 'higress', namespace: ofHigress[0].namespace ?? '', detail: '', state: 'unknown',
  })));
  const plugins = [
    ...ofHigress.map((object): [GraphObject, DraftNode | undefined] => [object, higress]),
    ...[...graph.ofKind('networking.istio.io', 'EnvoyFilter'), ...graph.ofKind('extensions.istio.io', 'WasmPlugin')]
      .filter((object) => graph.edgesFrom(object).length === 0)
      .map((object): [GraphObject, DraftNode | undefined] => [object, higress ?? gateways.find(({ namespace }) => namespace === object.namespace)]),
  ];
  return plugins.filter((entry): entry is [GraphObject, DraftNode] => entry[1] !== undefined && !drafts.of(entry[0]));
}

