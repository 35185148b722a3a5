import type { Graph } from './graph';
import { GraphObject, keyOf, ObjectName } from './graph-object';
import { at, filled, items, map } from './json';
import { Reference, ReferenceType } from './reference';
import { addTo, view } from './view';
import { bindingsOf } from './views/access';
import { bodyRoutersOf } from './views/body-routers';
import { pickersForPool, pickersOf, poolsOfPicker } from './views/endpoint-pickers';
import { GATEWAY_GROUP } from './views/gateways';
import { ModelServer, modelServersOf } from './views/model-servers';
import { Pool, poolsFor, poolsOf } from './views/pools';
import { usesOf } from './views/routes';
import type { Service } from './views/services';
import { hasChart, hasOpaque, isOpaque } from './views/workloads';

/** Whether the target of a reference exists. */
export type Presence = 'present' | 'missing' | 'unknown';

/*
 * What is not in the set may be in the cluster: it is `unknown`, and no error. It is `missing` where something proves that the author meant
 * the set to hold it:
 *
 * 1. The set is closed. What every cluster has, or gets from whoever runs it (namespaces, classes, built-in roles, the ServiceAccount
 *    `default`), is not expected in it, nor is what another object of the set makes at run time (a Certificate its Secret, …).
 * 2. It is part of a bundle. A pool and the workload of its endpoint picker are delivered together with what either names in their
 *    namespace: Service, ServiceAccount, roles, configuration. The same holds for a body-based router and what plugs it in. When two parts
 *    are in the set, a third that one of them names is missing if it is not.
 * 3. It is elsewhere. The set holds an object of that kind and name in another namespace, and nothing refers to that one in this way. Gateways
 *    and pools are few and have names of their own: for them, being in another namespace is enough.
 * 4. It is misspelt. The set holds an object of that kind in that namespace with nearly the same name, and nothing refers to that one in this
 *    way. A Gateway or pool is of no use without a route: for them, the name may differ altogether.
 * 5. An endpoint picker of the set is told to serve it.
 *
 * None of these holds when a controller whose objects the set does not show may have made it.
 */
export function presenceOf(graph: Graph, reference: Reference): Presence {
  if (reference.to) return 'present';
  if (reference.name === '' || isPlaceholder(reference) || reference.optional === true || isProvided(reference) || isMadeInCluster(graph, reference)) return 'unknown';
  if (graph.closed || isInBundle(graph, reference)) return 'missing';
  // A picker alone does not prove that its own pool is missing.
  if (reference.type !== ReferenceType.POOL_FLAG && toldPools(graph).has(keyOf(reference))) return 'missing';
  return lookalike(graph, reference) ? 'missing' : 'unknown';
}

/** Pools that endpoint pickers of the set are told to serve. */
const toldPools = view((graph: Graph) => new Set(pickersOf(graph).flatMap(({ pool }) => (pool ? [keyOf({ ...pool, kind: 'InferencePool' })] : []))));

/** Whether nothing that a selector should find is in the set: `missing` when that is proven. */
export function poolSelection(graph: Graph, pool: Pool): Presence {
  if (pool.selects.length > 0) return 'present';
  if (hasOpaque(graph, pool.namespace)) return 'unknown';
  if (graph.closed) return 'missing';
  return poolCandidates(graph, pool).length > 0 || serverElsewhere(graph, pool) ? 'missing' : 'unknown';
}

/** A model server of the set that has the labels of a pool, but in another namespace, where no pool selects it. */
export function serverElsewhere(graph: Graph, { namespace, selector }: Pool): ModelServer | undefined {
  const [first] = selector;
  return first && orphansByLabel(graph).get(JSON.stringify(first))?.find(({ template: { workload, labels } }) => (
    workload.namespace !== namespace && [...selector].every(([key, value]) => labels.get(key) === value)));
}

/**
 * The model servers of the set that a pool may have meant: of its namespace, of no other pool, with a port of the pool or none that is known,
 * and with something else in common: a name, a label, or the model that a route sends to the pool.
 */
export function poolCandidates(graph: Graph, pool: Pool): readonly ModelServer[] {
  const { object, namespace, name, targetPorts, selector } = pool;
  const servers = orphans(graph).get(namespace) ?? [];
  if (servers.length === 0) return [];
  const models = new Set(usesOf(graph, object).flatMap(({ rule }) => rule.matches).flatMap(({ headers }) => headers.map(({ value }) => value)));
  return servers.filter(({ template, port, names = [] }) => {
    const ports = [...template.containers.flatMap((container) => container.ports.map((one) => one.port)), ...(port === undefined ? [] : [port])];
    if (ports.length > 0 && targetPorts.length > 0 && !targetPorts.some(({ number }) => ports.includes(number))) return false;
    return isPartOf(name, template.workload.object.name)
      || names.some((served) => models.has(served.name))
      || [...selector].some(([key, value]) => template.labels.get(key) === value || isNear(template.labels.get(key) ?? '', value));
  });
}

/** `llama` and `llama-vllm`, in either order. */
function isPartOf(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}

/** Whether a Service selects no pod of the set: `missing` when that is proven. */
export function serviceSelection(graph: Graph, service: Service): Presence {
  if (service.selects.length > 0) return 'present';
  if (service.selector.size === 0 || hasOpaque(graph, service.namespace)) return 'unknown';
  if (graph.closed) return 'missing';
  return bundles(graph).services.has(service.object) ? 'missing' : 'unknown';
}

/** An object of the set that a reference may have meant: of another namespace, or with another name, most often nearly the same. */
export function lookalike(graph: Graph, { group, kind, namespace, name, from, type }: Reference): GraphObject | undefined {
  if (namespace === undefined) return undefined;
  const moved = namesakes(graph, { group, kind, name, type }).find((other) => other !== from);
  if (moved) return moved;
  const isFree = (other: GraphObject) => other !== from && isUnused(graph, other, type);
  const others = graph.ofKind(group, kind, namespace).slice(0, MOST_COMPARED);
  return others.find((other) => isNear(other.name, name) && isFree(other)) ?? (UNIQUE.has(kind) ? others.find(isFree) : undefined);
}

function isUnused(graph: Graph, object: GraphObject, type: ReferenceType): boolean {
  return !isPlaceholder(object) && !uses(graph).get(object)?.has(type);
}

/** In which ways objects are referred to. */
const uses = view((graph: Graph) => {
  const found = new Map<GraphObject, Set<ReferenceType>>();
  for (const { to, type } of graph.edges) if (to) found.set(to, (found.get(to) ?? new Set()).add(type));
  return found;
});

const knownNamesakes = view(() => new Map<string, readonly GraphObject[]>());

/** Objects that a reference to another namespace may have meant: two are enough, since one may be what refers. Looked for once for each name. */
function namesakes(graph: Graph, { group, kind, name, type }: Pick<Reference, 'group' | 'kind' | 'name' | 'type'>): readonly GraphObject[] {
  const key = JSON.stringify([type, group, kind, name]);
  const known = knownNamesakes(graph).get(key);
  if (known) return known;
  const found: GraphObject[] = [];
  for (const other of graph.namesakes(group, kind, name)) {
    if (UNIQUE.has(kind) ? !isPlaceholder(other) : isUnused(graph, other, type)) found.push(other);
    if (found.length === 2) break;
  }
  knownNamesakes(graph).set(key, found);
  return found;
}

/** Whether a template fills in a name later, or a namespace, which may then be any. */
function isPlaceholder({ namespace, name }: Pick<ObjectName, 'namespace' | 'name'>): boolean {
  return /[${}<>]/.test(name) || (namespace !== undefined && /[${}<>]/.test(namespace));
}

/** Kinds that are few, named apart, and of no use unless something refers to them. */
const UNIQUE = new Set(['Gateway', 'ListenerSet', 'InferencePool']);

/** Comparing with every object of a kind would take quadratic time in large sets. */
const MOST_COMPARED = 200;

const PLATFORM_GROUPS = new Set(['apiextensions.k8s.io', 'apiregistration.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io', 'node.k8s.io']);
const BUILT_IN_ROLES = new Set(['admin', 'cluster-admin', 'edit', 'view']);

/** Whether clusters have it, or get it from whoever runs them. */
function isProvided({ group, kind, namespace, name }: ObjectName): boolean {
  if (group === '' && kind === 'ServiceAccount') return name === 'default';
  if (group === '' && kind === 'ConfigMap') return name === 'kube-root-ca.crt' || name === 'istio-ca-root-cert';
  if (group === '' && kind === 'Service') return namespace === 'default' && name === 'kubernetes';
  if (kind === 'ClusterRole') return BUILT_IN_ROLES.has(name) || name.startsWith('system:');
  return kind === 'Namespace' || kind === 'GatewayClass' || kind === 'IngressClass' || kind === 'ClusterIssuer'
    || PLATFORM_GROUPS.has(group) || namespace === 'kube-system';
}

/** What objects of the set make at run time: Secrets of certificates and of external stores, and what operators make of their own kinds. */
const made = view((graph: Graph) => {
  const secrets = new Set<string>();
  const add = (namespace: string | undefined, name: string | undefined) => name && secrets.add(`${namespace}/${name}`);
  for (const object of graph.objects) {
    const spec = map(object.manifest.spec);
    if (object.is('cert-manager.io', 'Certificate')) add(object.namespace, filled(spec.secretName));
    else if (object.kind === 'ExternalSecret') add(object.namespace, filled(map(spec.target).name) ?? object.name);
    else if (object.kind === 'SealedSecret' || object.kind === 'VaultStaticSecret' || object.kind === 'OnePasswordItem' || object.kind === 'BitwardenSecret') {
      add(object.namespace, filled(at(spec, ['destination', 'name'])) ?? object.name);
    } else if (object.is(GATEWAY_GROUP, 'Gateway') && ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'].some((key) => object.annotations.has(key))) {
      items(spec, ['listeners']).flatMap(({ path }) => items(spec, [...path, 'tls', 'certificateRefs']))
        .forEach(({ value }) => add(filled(map(value).namespace) ?? object.namespace, filled(map(value).name)));
    }
  }
  return { secrets, hidden: new Set(graph.objects.filter(isOpaque).map(({ name }) => name.replaceAll('.', '-')).filter((name) => name !== '')) };
});

function isMadeInCluster(graph: Graph, { group, kind, namespace, name }: Reference): boolean {
  const { secrets, hidden } = made(graph);
  if (group === '' && kind === 'Secret' && secrets.has(`${namespace}/${name}`)) return true;
  // What an operator makes is named after its object; nobody knows the names of a chart.
  return (hidden.size > 0 && partsOf(name).some((part) => hidden.has(part))) || (namespace !== undefined && hasChart(graph, namespace));
}

/** Names have at most this many words that say something. */
const MOST_WORDS = 32;

/** What a name may be made from: `a-b-c` from `a`, `a-b`, `b-c` and so on. */
function partsOf(name: string): string[] {
  const words = name.split(/[-.]/, MOST_WORDS);
  return words.flatMap((_, from) => words.slice(from).map((__, count) => words.slice(from, from + count + 1).join('-')));
}

interface Bundles {
  /** Objects of the set whose references within their namespace have to be in the set. */
  readonly members: ReadonlySet<GraphObject>;
  /** Services that lead to a picker or router of the set, going by what refers to them. */
  readonly services: ReadonlySet<GraphObject>;
}

const bundles = view((graph: Graph): Bundles => {
  const members = new Set<GraphObject>();
  const services = new Set<GraphObject>();
  const accounts = new Set<string>();
  for (const pool of poolsOf(graph)) {
    if (pickersForPool(graph, pool).length === 0) continue;
    members.add(pool.object);
    if (pool.picker?.service) services.add(pool.picker.service.object);
  }
  for (const picker of pickersOf(graph)) {
    if (poolsOfPicker(graph, picker).length === 0) continue;
    members.add(picker.object);
    accounts.add(`${picker.namespace}/${picker.serviceAccount}`);
  }
  const plugs = graph.edges.filter(({ type }) => type === ReferenceType.PLUGIN_SERVICE);
  const routerNamespaces = new Set(bodyRoutersOf(graph).map(({ namespace }) => namespace));
  for (const { from, to, namespace } of plugs) {
    if (!routerNamespaces.has(namespace ?? '')) continue;
    members.add(from);
    if (to) services.add(to);
  }
  for (const router of bodyRoutersOf(graph)) {
    if (router.plugs.length === 0 && plugs.length === 0) continue;
    members.add(router.object);
    accounts.add(`${router.namespace}/${router.serviceAccount}`);
  }
  for (const { object, subjects } of bindingsOf(graph)) {
    if (subjects.some(({ namespace, name }) => accounts.has(`${namespace}/${name}`))) members.add(object);
  }
  return { members, services };
});

/** The kinds that come with a picker or router; a Gateway or a model's volume may well come from elsewhere. */
const BUNDLED = new Set([
  ReferenceType.ENDPOINT_PICKER, ReferenceType.PLUGIN_SERVICE, ReferenceType.SERVICE_ACCOUNT, ReferenceType.ROLE, ReferenceType.SUBJECT,
  ReferenceType.CONFIG_MAP, ReferenceType.POOL_FLAG,
]);

function isInBundle(graph: Graph, { from, type }: Reference): boolean {
  return BUNDLED.has(type) && bundles(graph).members.has(from);
}

/** The model servers that no pool of the set selects, by namespace. */
const orphansByLabel = view((graph: Graph) => {
  const found = new Map<string, ModelServer[]>();
  for (const server of [...orphans(graph).values()].flat()) {
    server.template.labels.forEach((value, key) => addTo(found, JSON.stringify([key, value]), server));
  }
  return found;
});

const orphans = view((graph: Graph) => {
  const found = new Map<string, ModelServer[]>();
  for (const server of modelServersOf(graph)) {
    if (poolsFor(graph, server.template).length === 0) addTo(found, server.template.workload.namespace, server);
  }
  return found;
});

/** Longer texts are no names; comparing two takes as much time as both lengths multiplied. */
const LONGEST_NAME = 253;

/** Whether one or two letters differ, in names long enough for that to mean little. */
export function isNear(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 2 || Math.min(a.length, b.length) < 5 || a.length > LONGEST_NAME) return false;
  // `model-1` and `model-2`, `pool-a` and `pool-b` are two names.
  if (endsApart(a, b)) return false;
  return distance(a, b) <= 2;
}

/** Whether names differ in a last part of a letter or of digits only. */
function endsApart(a: string, b: string): boolean {
  const pattern = /^(.*?)(?:-[a-z]|-?[0-9]+)$/;
  const [left, right] = [pattern.exec(a)?.[1], pattern.exec(b)?.[1]];
  return (left ?? a) === (right ?? b);
}

/** How many letters have to be changed, added or left out to make one of the other. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
