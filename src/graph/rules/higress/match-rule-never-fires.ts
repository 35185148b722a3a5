import type { Graph } from '../../graph';
import type { Path } from '../../json';
import { isNear } from '../../presence';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo, view } from '../../view';
import { HigressIngress, higressIngressesOf, HigressWasmPlugin, MatchRule, REGISTRY_HOST, registryHosts, registryPresence, wasmPluginsOf } from '../../views/higress';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1708',
  title: 'a match rule of a WasmPlugin never applies',
  family: RuleFamily.HIGRESS,
  severity: Severity.WARNING,
  symptom: 'The plugin does for the route what its default configuration says, or nothing: no provider, no authentication, no limit. Nothing reports it.',
  breaks: 'A rule names an Ingress of the namespace of Higress by its name, one of another namespace as namespace/name. Its services are hosts that the route leads to: '
    + '<registry>.<type> of the McpBridge, or <service>.<namespace>.svc.cluster.local. With both, both have to fit.',
  source: 'alibaba/higress pkg/ingress/kube/common/tool.go: GenerateUniqueRouteName; higress-group/higress#3992',
  * check(graph) {
    for (const plugin of wasmPluginsOf(graph)) {
      for (const { disabled, ...one } of plugin.matchRules) {
        if (disabled) continue;
        for (const [index, name] of one.ingress.entries()) {
          const problem = ingressProblem(graph, plugin, name, [...one.path, 'ingress', index]);
          if (problem) yield problem;
        }
        for (const [index, host] of one.service.entries()) {
          const problem = serviceProblem(graph, plugin, one, host, [...one.path, 'service', index]);
          if (problem) yield problem;
        }
      }
    }
  },
};

const ingresses = view((graph: Graph) => {
  const byName = new Map<string, HigressIngress[]>();
  const byKey = new Map<string, HigressIngress>();
  for (const ingress of higressIngressesOf(graph)) {
    addTo(byName, ingress.name, ingress);
    byKey.set(`${ingress.namespace}/${ingress.name}`, ingress);
  }
  return { byName, byKey };
});

function ingressProblem(graph: Graph, { object, namespace, managed }: HigressWasmPlugin, written: string, field: Path): Problem | undefined {
  const { byName, byKey } = ingresses(graph);
  const [first, second] = written.includes('/') ? written.split('/') : [undefined, written];
  const problem = { object, field, value: written, severity: severityOf(managed) };
  if (first === namespace && byKey.has(written)) {
    return { ...problem, problem: 'never matches: an Ingress of the namespace of Higress goes by its name alone', allowed: second, fix: `write ${second}` };
  }
  if (first === undefined) {
    const [other] = byName.get(written) ?? [];
    if (!other || byKey.has(`${namespace}/${written}`)) return other ? undefined : unknownIngress(graph, problem, namespace, written);
    return {
      ...problem, problem: `never matches: the Ingress of that name is in namespace ${other.namespace}, and then goes by both`, allowed: `${other.namespace}/${written}`, fix: `write ${other.namespace}/${written}`,
    };
  }
  return byKey.has(written) ? undefined : unknownIngress(graph, problem, first, second);
}

/** Most Ingresses are made elsewhere: an HTTPRoute goes by the same names. */
function unknownIngress(graph: Graph, problem: Pick<Problem, 'object' | 'field' | 'value' | 'severity'>, namespace: string, name: string): Problem | undefined {
  if (graph.find({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace, name })) return undefined;
  const names = graph.ofKind('networking.k8s.io', 'Ingress', namespace).slice(0, MOST_COMPARED).map((ingress) => ingress.name);
  const meant = names.find((other) => isNear(other, name));
  if (!meant && !graph.closed) return undefined;
  return {
    ...problem, problem: `is no Ingress of namespace ${namespace}: the rule matches nothing by it`, allowed: names.length > 0 ? nearestFirst(names, name) : undefined,
    fix: meant ? `name ${meant}` : 'name the Ingress that is meant',
  };
}

const MOST_COMPARED = 200;

/** GPUStack writes rules for all that may come, and writes them again. */
function severityOf(managed: boolean): Severity {
  return managed ? Severity.INFO : Severity.WARNING;
}

function serviceProblem(graph: Graph, plugin: HigressWasmPlugin, { ingress }: Pick<MatchRule, 'ingress'>, written: string, field: Path): Problem | undefined {
  const host = written.replace(/:\d+$/, '');
  const problem = { object: plugin.object, field, value: written, severity: severityOf(plugin.managed) };
  if (!REGISTRY_HOST.test(host)) {
    if (host.includes('.') || host === '') return undefined;
    return { ...problem, problem: 'is no host of a service: the rule never matches', allowed: '<registry>.<type> or <service>.<namespace>.svc.cluster.local', fix: 'write the whole host' };
  }
  if (registryPresence(graph, host) === 'missing') {
    const hosts = registryHosts(graph);
    return {
      ...problem, problem: 'is no registry of the McpBridge: the rule never matches', allowed: hosts.length > 0 ? nearestFirst(hosts, host) : undefined, fix: 'name a registry there is, or add it',
    };
  }
  // With an Ingress beside it: one that leads there.
  if (ingress.length > MOST_COMPARED) return undefined;
  const named = ingress.map((name) => ingresses(graph).byKey.get(name.includes('/') ? name : `${plugin.namespace}/${name}`));
  if (named.length === 0 || named.some((one) => !one || one.destination === undefined)) return undefined;
  if (named.some((one) => one!.destinations.some((destination) => destination.host === host))) return undefined;
  const hosts = [...new Set(named.flatMap((one) => one!.destinations.map((destination) => destination.host)))];
  return {
    ...problem, problem: `is none of the services that ${named[0]!.object} leads to, and a rule with both has to fit both: it never matches`, allowed: nearestFirst(hosts, host), fix: 'name a service of the Ingress, or leave ingress out',
  };
}
