import type { Graph } from '../../graph';
import { lookalike } from '../../presence';
import { Reference, ReferenceType } from '../../reference';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { GATEWAY_GROUP } from '../../views/gateways';
import { routesOf } from '../../views/routes';
import { namesOf, nearestFirst } from '../nearest';

/** What a route or ListenerSet may be attached to; a Service for a mesh, and a route where the gateway knows delegation. */
const PARENTS = new Set([
  `${GATEWAY_GROUP}/Gateway`, `${GATEWAY_GROUP}/ListenerSet`, `${GATEWAY_GROUP}/HTTPRoute`, 'gateway.networking.x-k8s.io/XListenerSet', '/Service', 'networking.istio.io/ServiceEntry',
]);

export const rule: GraphRule = {
  code: 'IGW1007',
  title: 'a route or ListenerSet names a parent that does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'Every request of the route answers 404. The route has no status at all, since no controller takes it for its own.',
  breaks: 'A route is part of a Gateway only when it names it: name, namespace, group and kind. A parentRef without a namespace means the route\'s own.',
  source: 'Gateway API, ParentReference',
  * check(graph) {
    for (const { object, attachments, rules } of routesOf(graph)) {
      if (attachments.length > 0 || rules.length === 0 || delegates(graph)) continue;
      const serves = rules.some(({ backends }) => backends.some(({ kind }) => kind === 'InferencePool'));
      yield {
        object,
        field: ['spec', 'parentRefs'],
        problem: 'is missing or empty: the route is attached to no Gateway, and no request reaches it',
        fix: 'name the Gateway that the requests come through',
        // With some gateways another route may hand requests on to it.
        severity: serves ? Severity.ERROR : Severity.WARNING,
      };
    }
    for (const reference of graph.edges) {
      if (reference.type !== ReferenceType.PARENT || reference.to) continue;
      const problem = problemOf(graph, reference);
      if (problem) yield problem;
    }
  },
};

/** Whether a route of the set hands requests on to other routes, which some gateways know; those name no Gateway. */
const delegates = view((graph: Graph) => routesOf(graph).some(({ rules }) => rules.some(({ backends }) => (
  backends.some(({ group, kind }) => group === GATEWAY_GROUP && kind === 'HTTPRoute')))));

function problemOf(graph: Graph, reference: Reference): Problem | undefined {
  const { from: object, path, group, kind, namespace, name } = reference;
  if (name === '') return undefined;
  if (kind === 'Gateway' && group !== GATEWAY_GROUP) {
    return { object, field: [...path, 'group'], value: group, problem: 'has no Gateway that a route can be attached to', allowed: GATEWAY_GROUP, fix: 'leave the group out' };
  }
  if (group === GATEWAY_GROUP && !PARENTS.has(`${group}/${kind}`)) {
    return {
      object, field: [...path, 'kind'], value: kind, problem: 'is no kind that a route can be attached to', allowed: 'Gateway, ListenerSet', fix: 'name the Gateway',
    };
  }
  const siblings = namesOf(graph, group, kind, namespace);
  const meant = lookalike(graph, reference) ?? (kind === 'Gateway' ? graph.namesakes(group, kind, name)[0] : undefined);
  // A namespace is known when one of its Gateways is in the set.
  const known = kind === 'Gateway' && siblings.length > 0;
  // The Gateway of another namespace that is in the set: its namespace was left out, or is wrong.
  const elsewhere = meant !== undefined && meant.namespace !== namespace && meant.name === name;
  if (!known && !elsewhere && graph.presence(reference) !== 'missing') return undefined;
  const other = meant && meant.namespace !== namespace;
  return {
    object,
    field: other ? path : [...path, 'name'],
    value: other ? `${namespace}/${name}` : name,
    problem: `names no ${kind} of namespace ${namespace}: ${object.kind.endsWith('Route') ? 'no request reaches the route' : 'its listeners are added to nothing'}`,
    allowed: siblings.length > 0 ? nearestFirst(siblings, name) : undefined,
    fix: other ? `write namespace: ${meant.namespace}, where ${kind} ${meant.name} is` : `name the ${kind} that the requests come through, or add it`,
    related: meant ? [{ object: meant, field: ['metadata', 'name'], note: `the ${kind} of that name` }] : [],
  };
}
