import type { Graph } from '../../graph';
import { lookalike } from '../../presence';
import { Reference, ReferenceType } from '../../reference';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { isBodyPlug, routerPlugsOf } from '../../views/body-routers';
import { GATEWAY_GROUP, gatewayOfObject } from '../../views/gateways';
import { findService } from '../../views/services';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1017',
  title: 'a policy or filter targets something that does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The policy does nothing: no timeout, no TLS, no filter.',
  breaks: 'A policy applies to what its targetRef names, and is ignored otherwise, without an error anywhere but in its own status.',
  source: 'Gateway API, Policy Attachment; Istio, EnvoyFilter targetRefs',
  * check(graph) {
    // What plugs the body-based router in is IGW1221.
    const routers = new Set(routerPlugsOf(graph).filter((plug) => isBodyPlug(graph, plug)).map(({ object }) => object));
    for (const reference of graph.edges) {
      if (reference.type !== ReferenceType.TARGET || routers.has(reference.from)) continue;
      const problem = reference.to ? sectionProblem(graph, reference) : missingProblem(graph, reference);
      if (problem) yield problem;
    }
  },
};

function missingProblem(graph: Graph, reference: Reference): Problem | undefined {
  const { from: object, path, group, kind, namespace, name } = reference;
  const wrongGroup = group !== GATEWAY_GROUP && (kind === 'Gateway' || kind === 'HTTPRoute') && group !== 'networking.istio.io';
  if (wrongGroup && graph.find({ group: GATEWAY_GROUP, kind, namespace, name })) {
    return { object, field: [...path, 'group'], value: group, problem: `has no kind ${kind}, so nothing is targeted`, allowed: GATEWAY_GROUP, fix: `write group: ${GATEWAY_GROUP}` };
  }
  // The target is in the set, in another namespace: that is IGW1105.
  if (graph.namesakes(group, kind, name).length > 0) return undefined;
  const here = namesOf(graph, group, kind, namespace);
  const gatewayKnown = kind === 'Gateway' && group === GATEWAY_GROUP && here.length > 0;
  if (!gatewayKnown && graph.presence(reference) !== 'missing') return undefined;
  const meant = lookalike(graph, reference);
  return {
    object, field: [...path, 'name'], value: name, problem: `names no ${kind} of namespace ${namespace}: the ${object.kind} applies to nothing`,
    allowed: here.length > 0 ? nearestFirst(here, name) : undefined, fix: meant ? `name ${meant.name}` : `name the ${kind} that is meant, or add it`,
  };
}

/** A listener or port of the target that is not there. */
function sectionProblem(graph: Graph, { from: object, path, to, section }: Reference): Problem | undefined {
  if (!to || section === undefined) return undefined;
  const gateway = gatewayOfObject(graph, to);
  const service = to.is('', 'Service') ? findService(graph, to.namespace ?? '', to.name) : undefined;
  const names = gateway?.listeners.map((listener) => listener.name) ?? service?.ports.flatMap((port) => port.name ?? []);
  if (!names || names.includes(section)) return undefined;
  if (service?.ports.some(({ port }) => String(port) === section)) {
    return {
      object, field: [...path, 'sectionName'], value: section, problem: 'is the number of a port; most gateways take its name only, and do not apply the policy',
      allowed: names.length > 0 ? names.join(', ') : undefined, fix: 'give the port a name, and write that', severity: Severity.WARNING,
    };
  }
  return {
    object, field: [...path, 'sectionName'], value: section, problem: `is no ${gateway ? 'listener' : 'port'} of ${to}`,
    allowed: nearestFirst(names, section), fix: `name a ${gateway ? 'listener' : 'port'}, or leave sectionName out`,
  };
}
