import type { Graph } from '../../graph';
import { describe } from '../../graph-object';
import { ReferenceType, Reference } from '../../reference';
import type { RelatedPlace } from '../../rule';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { GATEWAY_GROUP } from '../../views/gateways';
import { Grant, grantsFor, grantsIn } from '../../views/grants';
import { hasOpaque } from '../../views/workloads';

const TYPES = new Set([ReferenceType.BACKEND, ReferenceType.MIRROR, ReferenceType.CERTIFICATE]);

export const rule: GraphRule = {
  code: 'IGW1104',
  title: 'no ReferenceGrant lets an object refer into another namespace',
  family: RuleFamily.PERMISSION,
  severity: Severity.ERROR,
  symptom: 'Every request of the rule answers 500, with ResolvedRefs=False and reason RefNotPermitted on the route; the InferencePool looks fine. For a certificate the listener is not programmed.',
  breaks: 'The namespace that is referred into has to allow it with a ReferenceGrant of its own: from the group, kind and namespace that refers, to the group and kind (and name) that is meant.',
  source: 'Gateway API, ReferenceGrant; observed with Istio 1.30: 500 for a pool of another namespace without a grant',
  * check(graph) {
    for (const reference of graph.edges) {
      const problem = TYPES.has(reference.type) && problemOf(graph, reference);
      if (problem) yield problem;
    }
  },
};

function problemOf(graph: Graph, reference: Reference): Problem | undefined {
  const { from, path, group, kind, namespace, name } = reference;
  // Handing requests on to another route takes no grant, where a gateway knows it.
  if (group === GATEWAY_GROUP) return undefined;
  if (from.group !== GATEWAY_GROUP || namespace === undefined || name === '' || namespace === from.namespace || grantsFor(graph, from, reference).length > 0) return undefined;
  // The grant may be in the cluster already, unless the set shows what it would stand next to.
  const proven = graph.closed || ((reference.to || grantsIn(graph, namespace).length > 0) && !hasOpaque(graph, namespace));
  if (!proven) return undefined;
  return {
    object: from,
    field: path,
    value: `${kind} ${namespace}/${name}`,
    problem: `is in another namespace than the ${from.kind}, and no ReferenceGrant of namespace ${namespace} permits it: ${outcomeOf(reference)}`,
    fix: `add to namespace ${namespace} a ReferenceGrant from group ${from.group}, kind ${from.kind}, namespace ${from.namespace} `
      + `to group ${group === '' ? '""' : group}, kind ${kind}, name ${name}`,
    related: nearMisses(graph, reference),
  };
}

function outcomeOf({ type }: Reference): string {
  if (type === ReferenceType.MIRROR) return 'no copies are sent';
  return type === ReferenceType.BACKEND ? 'requests for it answer 500' : 'TLS does not work';
}

/** Grants that were meant to permit it, and what each lacks. */
function nearMisses(graph: Graph, reference: Reference): RelatedPlace[] {
  const { from, group, kind, name, namespace } = reference;
  const found = grantsIn(graph, namespace ?? '').slice(0, 50).flatMap((grant): RelatedPlace[] => {
    const note = lacks(grant, reference);
    return note ? [{ object: grant.object, field: ['spec'], note }] : [];
  });
  const misplaced = grantsIn(graph, from.namespace ?? '').slice(0, 50)
    .filter((grant) => grant.to.some((to) => to.group === group && to.kind === kind && (to.name === undefined || to.name === name)))
    .slice(0, 1)
    .map((grant) => ({ object: grant.object, field: ['metadata', 'namespace'], note: `permits nothing here: a grant stands in the namespace that is referred into, ${namespace}` }));
  return [...misplaced, ...found].slice(0, 4);
}

function lacks({ from, to }: Grant, { from: source, group, kind, name, ...target }: Reference): string | undefined {
  const isFrom = from.some((one) => one.group === source.group && one.kind === source.kind && one.namespace === source.namespace);
  const isTo = to.some((one) => one.group === group && one.kind === kind && (one.name === undefined || one.name === name));
  if (isFrom) return `permits it to refer to ${to.map((one) => `${one.kind}${one.group === '' ? '' : `.${one.group}`} ${one.name ?? '(any)'}`).join(', ')} only, not to ${describe({ group, kind, name, namespace: target.namespace })}`;
  if (isTo) return `permits it to ${from.map((one) => `${one.kind}${one.group === '' ? '' : `.${one.group}`} of namespace ${one.namespace}`).join(', ')} only`;
  return undefined;
}
