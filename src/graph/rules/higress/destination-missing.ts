import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { bridgesOf, BRIDGE_NAME, DESTINATION, HIGRESS_NETWORKING, higressIngressesOf, HigressIngress, REGISTRY_HOST, Registry, registryHosts, registryPresence } from '../../views/higress';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1706',
  title: 'an Ingress of Higress leads to no registry',
  family: RuleFamily.HIGRESS,
  severity: Severity.ERROR,
  symptom: 'Requests of the Ingress answer 503, or 404 as if it was not there.',
  breaks: `A backend that is the resource McpBridge ${BRIDGE_NAME} goes where the annotation ${DESTINATION} says: <registry>.<type>:<port>, by weight one a line. Registry, type and `
    + 'port have to be those of the McpBridge.',
  source: 'alibaba/higress pkg/ingress/kube/annotations/destination.go, pkg/ingress/kube/common/tool.go: ValidateBackendResource',
  * check(graph) {
    for (const ingress of higressIngressesOf(graph)) {
      yield* backendProblems(ingress);
      yield* destinationProblems(graph, ingress);
    }
  },
};

const KEY = ['metadata', 'annotations', DESTINATION];

function* backendProblems({ object, resources, destination }: HigressIngress): Iterable<Problem> {
  const bridges = resources.filter(({ kind, group }) => kind === 'McpBridge' || group === HIGRESS_NETWORKING);
  for (const { path, group, kind, name } of bridges) {
    if (group !== HIGRESS_NETWORKING) {
      yield { object, field: [...path, 'apiGroup'], ...group === '' ? {} : { value: group }, problem: 'is not the group of McpBridge: Higress ignores this backend', allowed: HIGRESS_NETWORKING, fix: `write ${HIGRESS_NETWORKING}` };
    } else if (kind !== 'McpBridge') {
      yield { object, field: [...path, 'kind'], value: kind, problem: 'is no kind that Higress takes for a backend', allowed: 'McpBridge', fix: 'write McpBridge' };
    } else if (name !== BRIDGE_NAME) {
      yield { object, field: [...path, 'name'], value: name, problem: 'is not the McpBridge that Higress reads: it ignores this backend', allowed: BRIDGE_NAME, fix: `write ${BRIDGE_NAME}` };
    }
  }
  if (bridges.length > 0 && (destination === undefined || destination.trim() === '')) {
    yield { object, field: KEY, problem: 'is missing, and a backend is the McpBridge: Higress does not know where requests go', fix: 'add the annotation with <registry>.<type>:<port>' };
  }
}

function* destinationProblems(graph: Graph, { object, destinations, destination }: HigressIngress): Iterable<Problem> {
  const seen = new Set<string>();
  for (const { host, port } of destinations) {
    if (!REGISTRY_HOST.test(host) || seen.has(`${host}:${port}`)) continue;
    seen.add(`${host}:${port}`);
    const presence = registryPresence(graph, host);
    const registry = presence === 'present' ? registryByHost(graph).get(host) : undefined;
    if (presence === 'missing') yield missing(graph, object, host, destination!);
    else if (registry && port !== undefined && registry.port !== undefined && port !== registry.port) {
      yield {
        object, field: KEY, value: destination, problem: `names port ${port}, and registry ${registry.name} of the McpBridge has port ${registry.port}: requests answer 503`,
        allowed: `${host}:${registry.port}`, fix: `write ${host}:${registry.port}`,
      };
    }
  }
  const weights = destinations.map(({ weight }) => weight);
  const sum = weights.reduce<number>((all, weight) => all + (weight ?? 100), 0);
  if (destinations.length > 1 && sum !== 100) {
    yield {
      object, field: KEY, value: destination, problem: `has weights of ${Number.isFinite(sum) ? `${sum} % together` : 'which one is no number'}: shares are not those that are written`, allowed: '100 % together',
      fix: 'change the weights', severity: Severity.WARNING,
    };
  }
}

/** Unless two Higress have one of the same host. */
const registryByHost = view((graph: Graph): ReadonlyMap<string, Registry | undefined> => {
  const found = new Map<string, Registry | undefined>();
  for (const registry of bridgesOf(graph).flatMap(({ registries }) => registries)) {
    if (!registry.many) found.set(registry.host, found.has(registry.host) ? undefined : registry);
  }
  return found;
});

function missing(graph: Graph, object: Problem['object'], host: string, value: string): Problem {
  const hosts = registryHosts(graph);
  return {
    object,
    field: KEY,
    value,
    problem: `names ${host}, and the McpBridge has no such registry: requests answer 503`,
    allowed: hosts.length > 0 ? nearestFirst(hosts, host) : undefined,
    fix: hosts.length > 0 ? `name ${nearestFirst(hosts, host).split(', ')[0]}, or add the registry` : `add the registry to McpBridge ${BRIDGE_NAME}`,
    related: bridgesOf(graph).slice(0, 1).map((bridge) => ({ object: bridge.object, field: ['spec', 'registries'], note: 'the registries there are' })),
  };
}
