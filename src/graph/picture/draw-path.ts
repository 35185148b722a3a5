import type { GraphObject } from '../graph-object';
import { at, integer, items, Path } from '../json';
import { poolSelection, serviceSelection } from '../presence';
import { Reference, ReferenceType } from '../reference';
import { bodyRoutersOf, plugsByGateway, routerPlugsOf } from '../views/body-routers';
import { pickersOf } from '../views/endpoint-pickers';
import { gatewaysOf, Listener, listenerSetsOf } from '../views/gateways';
import { poolsOf } from '../views/pools';
import { Route, routesOf } from '../views/routes';
import { servicesOf } from '../views/services';
import { PodTemplate, Workload, workloadsOf } from '../views/workloads';
import type { DraftNode, Drafts } from './drafts';
import { drawIngresses } from './draw-ingresses';
import { drawModelDeployments } from './draw-model-deployments';
import type { NodeRole } from './picture';

/** Draws the way of requests: gateways and listeners, what is plugged in, routes, pools, Services, endpoint pickers, pods. */
export function drawPath(drafts: Drafts): void {
  const { graph } = drafts;
  gatewaysOf(graph).forEach((gateway) => drawGateway(drafts, gateway.object, gateway.className, gateway.own));
  listenerSetsOf(graph).forEach(({ object, listeners }) => drawGateway(drafts, object, '', listeners));
  routesOf(graph).forEach((route) => drafts.add(route.object, 'route', routeDetail(route)));
  poolsOf(graph).forEach(({ object, targetPorts }) => drafts.add(object, 'pool', targetPorts.map(({ number }) => `:${number}`).join(' ')));
  drawWorkloads(drafts);
  drawPlugs(drafts);
  drawServices(drafts);
  drawIngresses(drafts);
  routesOf(graph).forEach((route) => drawParents(drafts, route));
  graph.edges.forEach((reference) => drawReference(drafts, reference));
  drawModelDeployments(drafts);
  drawSelections(drafts);
}

function drawGateway(drafts: Drafts, object: GraphObject, detail: string, listeners: readonly Listener[]): void {
  const node = drafts.add(object, 'gateway', detail);
  for (const listener of listeners) listenerNode(drafts, node, listener);
}

function listenerNode(drafts: Drafts, owner: DraftNode, { path, name, protocol, port, hostname, owner: object }: Listener): DraftNode {
  return drafts.part(`${owner.id} ${path.join('/')}`, () => ({
    role: 'listener',
    kind: 'listener',
    label: name || '(no name)',
    namespace: object.namespace ?? '',
    detail: [`${protocol || '?'}${port === undefined ? '' : ` ${port}`}`, ...(hostname === undefined ? [] : [hostname])].join(' · '),
    state: 'present',
    owner,
    object,
  }));
}

function routeDetail({ rules, hostnames }: Route): string {
  const matches = rules.flatMap((rule) => rule.matches);
  const models = modelsOf(matches);
  if (models.length > 0) return models.join(', ');
  const places = [...hostnames, ...matches.filter(({ pathValue }) => pathValue !== '' && pathValue !== '/').map(({ pathValue }) => pathValue)];
  return [...new Set(places)].join(', ');
}

/** The values of headers that name models. */
function modelsOf(matches: Route['rules'][number]['matches']): string[] {
  const values = matches.flatMap(({ headers }) => headers.filter(({ name }) => /model/i.test(name)).map(({ value }) => value));
  return [...new Set(values)];
}

/** The models that a route says it is for. */
export function routeModels(route: Route): string[] {
  return modelsOf(route.rules.flatMap((rule) => rule.matches));
}

function drawWorkloads(drafts: Drafts): void {
  const { graph } = drafts;
  const roles = new Map<GraphObject, NodeRole>([
    ...pickersOf(graph).map(({ object }): [GraphObject, NodeRole] => [object, 'picker']),
    ...bodyRoutersOf(graph).map(({ object }): [GraphObject, NodeRole] => [object, 'router']),
  ]);
  workloadsOf(graph).forEach((workload) => drafts.add(workload.object, roles.get(workload.object) ?? 'workload', workloadDetail(workload)));
}

function workloadDetail({ replicas, templates }: Workload): string {
  const images = templates.flatMap(({ containers }) => containers.filter(({ init }) => !init).map(({ image }) => image)).filter((image) => image !== '');
  const image = images[0]?.slice(images[0].lastIndexOf('/') + 1).replace(/@.*/, '');
  return [...(replicas === undefined || replicas === 1 ? [] : [`${replicas} pods`]), ...(image ? [image] : [])].join(' · ');
}

/** What calls a Service for every request stands beside the gateway; what the gateway does itself is a part of it. */
function drawPlugs(drafts: Drafts): void {
  const { graph } = drafts;
  const called = new Set(routerPlugsOf(graph).filter(({ service }) => service).map(({ object }) => object));
  called.forEach((object) => drafts.add(object, 'plugin'));
  for (const [gateway, plugs] of plugsByGateway(graph)) {
    const node = drafts.of(gateway.object)!;
    for (const { object } of plugs) {
      if (called.has(object)) drafts.link(node, drafts.of(object)!, 'plugs');
      else drafts.attach(object, 'policy', node);
    }
  }
}

const LEADS_TO_SERVICE = new Set([
  ReferenceType.BACKEND, ReferenceType.MIRROR, ReferenceType.ENDPOINT_PICKER, ReferenceType.PLUGIN_SERVICE, ReferenceType.INGRESS,
  ReferenceType.PARENT,
]);

function drawServices(drafts: Drafts): void {
  const { graph } = drafts;
  for (const { object, ports, selects } of servicesOf(graph)) {
    const detail = ports.map(({ port }) => `:${port}`).join(' ');
    if (graph.edgesTo(object).some(({ type }) => LEADS_TO_SERVICE.has(type))) drafts.add(object, 'service', detail);
    else if (selects.length > 0) drafts.attach(object, 'service', drafts.of(selects[0].workload.object)!, detail);
  }
}

function drawParents(drafts: Drafts, { object, attachments }: Route): void {
  const route = drafts.of(object)!;
  for (const { ref, found, gateway, listenerSet, candidates, accepted, refused } of attachments) {
    const source = { object, path: ref.path };
    const parent = listenerSet?.object ?? gateway?.object;
    const node = parent && drafts.of(parent);
    if (!found || !node) continue;
    if (candidates.length === 0) {
      const wanted = ref.sectionName ?? (ref.port === undefined ? 'listener' : `port ${ref.port}`);
      const ghost = drafts.part(`${node.id} listener ${wanted}`, () => ({
        role: 'listener', kind: 'listener', label: wanted, namespace: node.namespace, detail: '', state: 'missing', owner: node,
      }));
      drafts.link(ghost, route, 'parent', { source });
    } else if (accepted.length === 0) {
      const reasons = [...new Set(refused.map(({ why }) => why))].join(', ');
      const from = candidates.length === 1 ? listenerNode(drafts, node, candidates[0]) : node;
      drafts.link(from, route, 'parent', { source, state: 'broken', label: `refused: ${reasons}` });
    } else {
      drafts.link(accepted.length === 1 ? listenerNode(drafts, node, accepted[0]) : node, route, 'parent', { source });
    }
  }
}

const ROLES: Readonly<Record<string, NodeRole>> = {
  Gateway: 'gateway', ListenerSet: 'gateway', XListenerSet: 'gateway', InferencePool: 'pool', Service: 'service',
};

function drawReference(drafts: Drafts, reference: Reference): void {
  const { type, from, path, kind } = reference;
  const node = drafts.of(from);
  if (!node) return;
  const target = (): DraftNode => reference.to
    ? drafts.add(reference.to, ROLES[kind] ?? 'other')
    : drafts.ghost(reference, ROLES[kind] ?? 'other', drafts.graph.presence(reference));
  const source = { object: from, path };
  switch (type) {
    case ReferenceType.PARENT:
      // Parents of routes that are there are drawn with their listeners.
      if (reference.to === undefined || node.role === 'gateway' || ROLES[kind] === 'service') drafts.link(target(), node, type, { source });
      return;
    case ReferenceType.BACKEND:
      drafts.link(node, target(), type, { source, label: weightOf(from, path) });
      return;
    case ReferenceType.MIRROR:
      drafts.link(node, target(), type, { source, label: 'mirror' });
      return;
    case ReferenceType.ENDPOINT_PICKER:
      drafts.link(node, target(), type, { source, label: reference.port === undefined ? '' : `:${reference.port}` });
      return;
    case ReferenceType.EXTENSION: case ReferenceType.PLUGIN_SERVICE:
      drafts.link(node, target(), type, { source });
      return;
    case ReferenceType.INGRESS:
      if (kind === 'Service') drafts.link(node, target(), type, { source });
      return;
    case ReferenceType.TARGET:
      if (node.role === 'plugin' && reference.to === undefined) drafts.link(target(), node, 'plugs', { source });
      return;
  }
}

/** The share of a backend, when it is not the only one of its rule. */
function weightOf({ manifest }: GraphObject, path: Reference['path']): string {
  if (items(manifest, path.slice(0, -1)).length < 2) return '';
  return `weight ${integer(at(manifest, [...path, 'weight'])) ?? 1}`;
}

function drawSelections(drafts: Drafts): void {
  const { graph } = drafts;
  const nothing = (node: DraftNode, selector: ReadonlyMap<string, string>, state: DraftNode['state'], path: Path) => {
    const ghost = drafts.part(`${node.id} pods`, () => ({
      role: 'workload', kind: 'pods', label: state === 'missing' ? 'no pods' : 'pods', namespace: node.namespace,
      detail: [...selector].map(([key, value]) => `${key}=${value}`).join(', '), state,
    }));
    drafts.link(node, ghost, ReferenceType.SELECTS, { source: { object: node.object!, path } });
  };
  const selected = (node: DraftNode, templates: readonly PodTemplate[], path: Path) => templates.forEach(({ workload }) => (
    drafts.link(node, drafts.of(workload.object)!, ReferenceType.SELECTS, { source: { object: node.object!, path } })));
  for (const pool of poolsOf(graph)) {
    const node = drafts.of(pool.object)!;
    selected(node, pool.selects, pool.selectorPath);
    if (pool.selects.length === 0) nothing(node, pool.selector, poolSelection(graph, pool), pool.selectorPath);
  }
  for (const service of servicesOf(graph)) {
    const node = drafts.of(service.object);
    if (!node || node.owner) continue;
    selected(node, service.selects, ['spec', 'selector']);
    if (service.selects.length === 0 && service.selector.size > 0) nothing(node, service.selector, serviceSelection(graph, service), ['spec', 'selector']);
  }
  drawPoolFlags(drafts);
}

/** An endpoint picker whose flags name a pool that does not lead to it. */
function drawPoolFlags(drafts: Drafts): void {
  const { graph } = drafts;
  const services = new Map(pickersOf(graph).map((picker) => [picker.object, new Set(picker.services.map(({ object }) => object))]));
  for (const reference of graph.edges) {
    if (reference.type !== ReferenceType.POOL_FLAG) continue;
    const led = reference.to && graph.edgesFrom(reference.to).some(({ type, to }) => (
      type === ReferenceType.ENDPOINT_PICKER && to !== undefined && services.get(reference.from)?.has(to)));
    if (led) continue;
    const pool = reference.to ? drafts.of(reference.to) : drafts.ghost(reference, 'pool', graph.presence(reference));
    const picker = drafts.of(reference.from);
    if (pool && picker) drafts.link(pool, picker, ReferenceType.POOL_FLAG, { source: { object: reference.from, path: reference.path }, label: '--pool-name' });
  }
}
