import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { filled, map } from '../json';
import { GATEWAY_GROUP } from '../views/gateways';
import type { DraftNode, Drafts } from './drafts';

const GROUPS = ['airunway.ai', 'kubeairunway.ai'];

/** Draws what AI Runway's controller makes of a ModelDeployment, as a way from its Gateway or its route. */
export function drawModelDeployments(drafts: Drafts): void {
  const { graph } = drafts;
  for (const group of GROUPS) {
    const gateway = gatewayOf(graph, group);
    for (const object of graph.ofKind(group, 'ModelDeployment')) {
      const { enabled, httpRouteRef } = map(object.get('spec', 'gateway'));
      if (enabled === false) continue;
      const node = drafts.of(object)!;
      const route = filled(httpRouteRef);
      const from = route === undefined
        ? gateway && drafts.of(gateway)
        : routeNode(drafts, { group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace: object.namespace, name: route });
      if (from) drafts.link(from, node, 'controller', { source: { object, path: ['spec', 'gateway'] } });
    }
  }
}

/** The name by which requests ask for a ModelDeployment's model. */
export function modelDeploymentModels(object: GraphObject): string[] {
  if (object.kind !== 'ModelDeployment' || !GROUPS.includes(object.group)) return [];
  const name = filled(object.get('spec', 'gateway', 'modelName')) ?? filled(object.get('spec', 'model', 'servedName')) ?? filled(object.get('spec', 'model', 'id'));
  return name === undefined ? [] : [name];
}

function routeNode(drafts: Drafts, name: { group: string; kind: string; namespace?: string; name: string }): DraftNode {
  const object = drafts.graph.find(name);
  return object ? drafts.add(object, 'route') : drafts.ghost(name, 'route', 'unknown');
}

/** The Gateway that the controller uses: the only one, else the only one with its label. */
function gatewayOf(graph: Graph, group: string): GraphObject | undefined {
  const gateways = graph.ofKind(GATEWAY_GROUP, 'Gateway');
  const candidates = gateways.length === 1 ? gateways : gateways.filter(({ labels }) => labels.get(`${group}/inference-gateway`) === 'true');
  return candidates.length === 1 ? candidates[0] : undefined;
}
