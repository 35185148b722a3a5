import type { Graph } from '../../graph';
import { distance } from '../../presence';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { Gateway, GATEWAY_GROUP, gatewaysOf, KNOWN_CLASSES } from '../../views/gateways';
import { routesByGateway } from '../../views/routes';

/** Classes that implementations install, beyond those whose capabilities are known. */
const OTHERS = new Set([
  'istio-remote', 'istio-waypoint', 'cilium', 'contour', 'nginx', 'traefik', 'kong', 'haproxy', 'envoy-gateway', 'envoy', 'gateway-conformance',
  'azure-alb-external', 'amazon-vpc-lattice', 'gke-l7-global-external-managed', 'gke-l7-gxlb', 'gke-l7-rilb-mc', 'gke-l7-gxlb-mc', 'data-science-gateway-class',
  'gke-l7-regional-external-managed-mc', 'gke-l7-global-external-managed-mc', 'kgateway-waypoint', 'openshift-default', 'consul',
]);

export const rule: GraphRule = {
  code: 'IGW1019',
  title: 'no implementation is known to claim the class of a Gateway',
  family: RuleFamily.NAMES,
  severity: Severity.WARNING,
  symptom: 'The Gateway stays Unknown/Pending, "Waiting for controller". It gets no address and nothing behind it has a status.',
  breaks: 'A Gateway is programmed by the controller of its class. A class that no controller claims is not an error for the API server.',
  source: 'Gateway API, GatewayClass; observed with Istio 1.30',
  * check(graph) {
    for (const gateway of gatewaysOf(graph)) {
      const { object, className, known } = gateway;
      if (known || className === '' || /[${}<>]/.test(className) || OTHERS.has(className) || graph.find({ group: GATEWAY_GROUP, kind: 'GatewayClass', name: className })) continue;
      yield {
        object, field: ['spec', 'gatewayClassName'], value: className,
        problem: 'is the class of no implementation that is known, and the set has no such GatewayClass: if no controller claims it, nothing is programmed',
        allowed: KNOWN_CLASSES.join(', '),
        fix: 'name a class that `kubectl get gatewayclass` lists as accepted, add the GatewayClass, or say which implementation is meant',
        // Classes may have any name; what is nearly a known one, or leads to models, is worth a look.
        severity: graph.closed || isMisspelt(className) || leadsToPools(graph, gateway) ? Severity.WARNING : Severity.INFO,
      };
    }
  },
};

function isMisspelt(className: string): boolean {
  return KNOWN_CLASSES.some((known) => known.length > 4 && distance(className.toLowerCase().slice(0, 60), known) <= 2);
}

function leadsToPools(graph: Graph, gateway: Gateway): boolean {
  return (routesByGateway(graph).get(gateway) ?? []).some(({ rules }) => rules.some(({ backends }) => backends.some(({ kind }) => kind === 'InferencePool')));
}
