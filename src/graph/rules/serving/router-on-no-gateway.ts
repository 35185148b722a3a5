import type { Graph } from '../../graph';
import { text } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo, view } from '../../view';
import { isBodyPlug, PlugType, RouterPlug, routerPlugsOf } from '../../views/body-routers';
import { Gateway, GATEWAY_GROUP, gatewaysOf } from '../../views/gateways';

export const rule: GraphRule = {
  code: 'IGW1221',
  title: 'what plugs the body-based router in applies to no Gateway',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request answers 404, unless the client sets the model header itself. Nothing says that the filter is ignored.',
  breaks: 'An EnvoyFilter, policy or extension applies to Gateways of its own namespace only.',
  source: 'Istio EnvoyFilter targetRefs and workloadSelector; observed with Istio 1.30',
  * check(graph) {
    for (const plug of routerPlugsOf(graph)) {
      if (plug.gateways.length === 0 && isBodyPlug(graph, plug)) yield* problemsOf(graph, plug);
    }
  },
};

const byName = view((graph: Graph): ReadonlyMap<string, readonly Gateway[]> => {
  const found = new Map<string, Gateway[]>();
  for (const gateway of gatewaysOf(graph)) addTo(found, gateway.name, gateway);
  return found;
});

function* problemsOf(graph: Graph, { object, namespace, targets, everyGateway, type }: RouterPlug): Iterable<Problem> {
  const gateways = gatewaysOf(graph);
  const there = gateways.filter((gateway) => gateway.namespace === namespace);
  // A filter is for proxies that may be elsewhere, unless the set shows whom it was meant for.
  const result = 'no model is read from the bodies of requests';
  const move = (gateway: Gateway) => `move the ${object.kind} to namespace ${gateway.namespace}`;
  if (everyGateway) {
    if (gateways.length === 0) return;
    yield { object, field: ['metadata', 'namespace'], value: namespace, problem: `has no Gateway, and the ${object.kind} applies to those of its own namespace: ${result}`, fix: move(gateways[0]) };
    return;
  }
  for (const { path, kind, name } of targets) {
    if (type === PlugType.ENVOY_FILTER && !isTarget(text(object.get(...path, 'group')) ?? '', kind)) {
      const field = [...path, kind === 'Gateway' ? 'group' : 'kind'];
      const value = object.get(...field);
      yield {
        object,
        field,
        ...value === undefined ? {} : { value },
        problem: `is no target of an EnvoyFilter: Istio refuses it, and ${result}`,
        allowed: `group ${GATEWAY_GROUP}, kind Gateway`,
        fix: kind === 'Gateway' ? `write group: ${GATEWAY_GROUP}` : 'write kind: Gateway',
      };
      return;
    }
    if (kind !== 'Gateway') continue;
    const [moved] = byName(graph).get(name) ?? [];
    if (moved) {
      yield {
        object,
        field: ['metadata', 'namespace'],
        value: namespace,
        problem: `has no Gateway ${name}, and targetRefs name Gateways of the ${object.kind}'s own namespace: it is ignored, and ${result}`,
        allowed: moved.namespace,
        fix: move(moved),
      };
    } else if (there.length > 0 || graph.closed) {
      yield {
        object,
        field: [...path, 'name'],
        value: name,
        problem: `names no Gateway of namespace ${namespace}: the ${object.kind} is ignored, and ${result}`,
        ...there.length > 0 ? { allowed: there.map((gateway) => gateway.name).slice(0, 6).join(', ') } : {},
        fix: there.length > 0 ? `name ${there[0].name}` : 'name the Gateway',
        severity: there.length === 1 || graph.closed ? Severity.ERROR : Severity.WARNING,
      };
    }
  }
  if (type === PlugType.ENVOY_FILTER && targets.length === 0) yield* selectors(graph, object, result);
}

function isTarget(group: string, kind: string): boolean {
  return group === '' ? kind === 'Service' : [`${GATEWAY_GROUP}/Gateway`, `${GATEWAY_GROUP}/GatewayClass`, 'networking.istio.io/ServiceEntry'].includes(`${group}/${kind}`);
}

function* selectors(graph: Graph, object: Problem['object'], result: string): Iterable<Problem> {
  const label = 'gateway.networking.k8s.io/gateway-name';
  const name = object.get('spec', 'workloadSelector', 'labels', label);
  if (typeof name !== 'string') return;
  const [moved] = byName(graph).get(name) ?? [];
  if (!moved) {
    const there = gatewaysOf(graph).filter(({ namespace }) => namespace === object.namespace);
    if (there.length === 0 && !graph.closed) return;
    yield {
      object,
      field: ['spec', 'workloadSelector', 'labels', label],
      value: name,
      problem: `names no Gateway of namespace ${object.namespace}: the EnvoyFilter is ignored, and ${result}`,
      ...there.length > 0 ? { allowed: there.map((gateway) => gateway.name).slice(0, 6).join(', ') } : {},
      fix: there.length > 0 ? `name ${there[0].name}` : 'name the Gateway',
      severity: there.length === 1 || graph.closed ? Severity.ERROR : Severity.WARNING,
    };
    return;
  }
  yield {
    object,
    field: ['metadata', 'namespace'],
    value: object.namespace,
    problem: `has no proxies of Gateway ${name}, and an EnvoyFilter applies to those of its own namespace: it is ignored, and ${result}`,
    allowed: moved.namespace,
    fix: `move the EnvoyFilter to namespace ${moved.namespace}`,
  };
}
