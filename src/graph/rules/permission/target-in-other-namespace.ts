import type { Graph } from '../../graph';
import { Reference, ReferenceType } from '../../reference';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { isBodyPlug, routerPlugsOf } from '../../views/body-routers';

/** Groups whose policies apply to objects of their own namespace only, whatever their targetRef says. */
const LOCAL = new Set([
  'networking.istio.io', 'extensions.istio.io', 'security.istio.io', 'telemetry.istio.io', 'gateway.networking.k8s.io', 'gateway.envoyproxy.io',
  'networking.gke.io', 'agentgateway.dev', 'gateway.kgateway.dev',
]);

export const rule: GraphRule = {
  code: 'IGW1105',
  title: 'a policy or filter is not in the namespace of what it targets',
  family: RuleFamily.PERMISSION,
  severity: Severity.ERROR,
  symptom: 'The policy is ignored without a word: no timeout, no TLS, no access rule, no filter.',
  breaks: 'targetRefs name objects of the policy\'s own namespace. An EnvoyFilter applies to the Gateways of its namespace, and to all of them only in istio-system.',
  source: 'Istio, EnvoyFilter; Gateway API, Policy Attachment; observed with Istio 1.30: an EnvoyFilter of another namespace is silently ignored',
  * check(graph) {
    // What plugs the body-based router in is IGW1221.
    const routers = new Set(routerPlugsOf(graph).filter((plug) => isBodyPlug(graph, plug)).map(({ object }) => object));
    for (const reference of graph.edges) {
      if (routers.has(reference.from)) continue;
      const problem = reference.type === ReferenceType.TARGET && problemOf(graph, reference);
      if (problem) yield problem;
    }
  },
};

function problemOf(graph: Graph, { from, path, group, kind, namespace, name, to }: Reference): Problem | undefined {
  if (!LOCAL.has(from.group) || from.namespace === undefined) return undefined;
  const own = graph.find({ group, kind, namespace: from.namespace, name });
  const there = own ? undefined : to ?? graph.namesakes(group, kind, name)[0];
  if (!there || there.namespace === from.namespace || there.namespace === undefined) return undefined;
  return {
    object: from,
    field: path,
    value: `${kind} ${namespace}/${name}`,
    problem: `is no ${kind} of namespace ${from.namespace}, where the ${from.kind} is: it is silently ignored`,
    fix: `put the ${from.kind} into namespace ${there.namespace}, next to ${kind} ${name}`,
    related: [{ object: there, field: ['metadata', 'namespace'], note: `the ${kind} of that name` }],
  };
}
