import type { Graph } from '../../graph';
import { Path } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { GATEWAY_GROUP } from '../../views/gateways';
import { OLD_POOL_GROUP, POOL_GROUP } from '../../views/pools';
import { BackendRef, routesOf } from '../../views/routes';

/** Backends that gateways take, by group; of other groups nothing is known. */
const BACKENDS: Readonly<Record<string, readonly string[]>> = {
  '': ['Service'],
  [POOL_GROUP]: ['InferencePool'],
  'multicluster.x-k8s.io': ['ServiceImport'],
  'networking.istio.io': ['Hostname', 'ServiceEntry'],
  'inference.networking.x-k8s.io': ['InferencePoolImport'],
  'net.gke.io': ['ServiceImport'],
  'gateway.envoyproxy.io': ['Backend'],
  'gateway.kgateway.dev': ['Backend'],
  'agentgateway.dev': ['AgentgatewayBackend', 'AgentgatewayModel'],
  // Where a gateway knows delegation; others say so in the status of the route.
  [GATEWAY_GROUP]: ['HTTPRoute'],
  'networking.higress.io': ['Service'],
  'aigateway.envoyproxy.io': ['AIServiceBackend'],
};

/** Kinds and the one group they are of. */
const GROUP_OF: Readonly<Record<string, string>> = { InferencePool: POOL_GROUP, Service: '', ServiceImport: 'multicluster.x-k8s.io' };

export const rule: GraphRule = {
  code: 'IGW1010',
  title: 'a backendRef is of a kind that does not exist in its group',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'Every request of the rule answers 500. The route has ResolvedRefs=False with reason InvalidKind; the pool has no status.',
  breaks: 'A backendRef without a group is of the core group, where there is no InferencePool. Pools moved from inference.networking.x-k8s.io to inference.networking.k8s.io.',
  source: 'Gateway API, BackendObjectReference; observed with Istio 1.30: 500 for a backendRef without group',
  * check(graph) {
    for (const { object, rules } of routesOf(graph)) {
      for (const { backends, mirrors } of rules) {
        for (const backend of [...backends, ...mirrors]) {
          const wrong = wrongPart(graph, backend);
          if (wrong) yield { object, ...wrong, problem: `${wrong.problem}: ${backend.mirror ? 'no copies are sent' : 'requests for it answer 500'}` };
        }
      }
    }
  },
};

function wrongPart(graph: Graph, { to, group, kind, path, name }: BackendRef): {
  field: Path; value?: unknown; problem: string; allowed?: string; fix: string; severity?: Severity;
} | undefined {
  if (group === OLD_POOL_GROUP && kind === 'InferencePool') {
    // A pool of the older group in the set is for gateways that still read it.
    if (to) return undefined;
    return {
      field: [...path, 'group'], value: group, problem: 'is the group that InferencePools were of before they became stable', allowed: POOL_GROUP, fix: `write group: ${POOL_GROUP}`,
    };
  }
  if (Object.hasOwn(BACKENDS, group)) {
    if (BACKENDS[group].includes(kind) || to) return undefined;
    const right = Object.hasOwn(GROUP_OF, kind) ? GROUP_OF[kind] : undefined;
    if (right !== undefined) {
      return {
        field: [...path, 'group'],
        ...(group === '' ? {} : { value: group }),
        problem: group === '' ? `is missing or empty, and the core group has no kind ${kind}` : `has no kind ${kind}`,
        allowed: right === '' ? '"" (the core group)' : right,
        fix: right === '' ? 'leave the group out' : `write group: ${right}`,
      };
    }
    return { field: [...path, 'kind'], value: kind, problem: `is no kind of ${group === '' ? 'the core group' : group} that a route can send requests to`, allowed: BACKENDS[group].join(', '), fix: `name the kind of ${name}` };
  }
  if (Object.hasOwn(GROUP_OF, kind)) {
    return { field: [...path, 'group'], value: group, problem: `has no kind ${kind}`, allowed: GROUP_OF[kind] || '"" (the core group)', fix: GROUP_OF[kind] ? `write group: ${GROUP_OF[kind]}` : 'leave the group out' };
  }
  // In a closed set the definition of a kind of one's own would be there.
  if (!graph.closed || to || definesKind(graph, group, kind)) return undefined;
  return { field: [...path, 'kind'], value: kind, problem: `is a kind of ${group} that nothing of the set defines`, allowed: 'Service, InferencePool, or a kind that the gateway takes', fix: `name the kind of ${name}` };
}

function definesKind(graph: Graph, group: string, kind: string): boolean {
  return graph.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')
    .some((definition) => definition.get('spec', 'group') === group && definition.get('spec', 'names', 'kind') === kind);
}

