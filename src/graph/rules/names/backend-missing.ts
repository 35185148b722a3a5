import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { lookalike } from '../../presence';
import { Reference, ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { POOL_GROUP } from '../../views/pools';
import { usesOf } from '../../views/routes';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1009',
  title: 'a backendRef names something that does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'Every request of the rule answers 500. The route has ResolvedRefs=False with reason BackendNotFound.',
  breaks: 'There is nothing to send the requests to. A backendRef without a namespace means the route\'s own.',
  source: 'Gateway API and Gateway API Inference Extension, conformance tests of routes to a backend that does not exist',
  * check(graph) {
    for (const reference of graph.edges) {
      const { type, from: object, path, group, kind, namespace, name } = reference;
      if ((type !== ReferenceType.BACKEND && type !== ReferenceType.MIRROR) || reference.to || !isMissing(graph, reference)) continue;
      const here = namesOf(graph, group, kind, namespace);
      const meant = lookalike(graph, reference) ?? poolOfName(graph, reference);
      const moved = meant !== undefined && meant.namespace !== namespace;
      yield {
        object,
        field: moved ? path : [...path, 'name'],
        value: moved ? `${namespace}/${name}` : name,
        problem: `names no ${kind} of namespace ${namespace}: ${type === ReferenceType.MIRROR ? 'no copies are sent' : 'requests for it answer 500'}`,
        allowed: here.length > 0 ? nearestFirst(here, name) : undefined,
        fix: fixFor(reference, meant),
        severity: type === ReferenceType.MIRROR ? Severity.WARNING : undefined,
        related: meant ? [{ object: meant, field: ['metadata', 'name'], note: `a ${kind} that no route leads to` }] : [],
      };
    }
  },
};

function fixFor({ kind, namespace }: Reference, meant: GraphObject | undefined): string {
  if (!meant) return `name the ${kind} that serves the requests, or add it`;
  if (meant.kind !== kind) return `write group: ${POOL_GROUP} and kind: InferencePool, which ${meant} is`;
  return meant.namespace === namespace ? `name ${meant.name}` : `write namespace: ${meant.namespace}, where ${kind} ${meant.name} is`;
}

function isMissing(graph: Graph, reference: Reference): boolean {
  const { group, kind, name } = reference;
  // What cannot exist at all is IGW1010.
  if (!(group === '' && kind === 'Service') && !(group === POOL_GROUP && kind === 'InferencePool') && graph.ofKind(group, kind).length === 0) return false;
  return name !== '' && (graph.presence(reference) === 'missing' || poolOfName(graph, reference) !== undefined);
}

/** A pool of the name that is given for a Service, when no route leads to it. */
function poolOfName(graph: Graph, { group, kind, namespace, name }: Reference): GraphObject | undefined {
  if (group !== '' || kind !== 'Service') return undefined;
  const found = graph.find({ group: POOL_GROUP, kind: 'InferencePool', namespace, name });
  return found && usesOf(graph, found).length === 0 ? found : undefined;
}
