import { GraphRule, RuleFamily, Severity } from '../../rule';
import { gatewaysOf } from '../../views/gateways';
import { POOL_GROUP } from '../../views/pools';
import { Route, routesByGateway } from '../../views/routes';

/** The load balancers of GKE that know no InferencePool. */
const GKE_WITHOUT = new Set([
  'gke-l7-global-external-managed', 'gke-l7-gxlb', 'gke-l7-global-external-managed-mc', 'gke-l7-gxlb-mc', 'gke-l7-rilb-mc', 'gke-l7-regional-external-managed-mc',
]);

export const rule: GraphRule = {
  code: 'IGW1501',
  title: 'the class of a Gateway takes no InferencePools',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.ERROR,
  symptom: 'Requests answer 500, or the Gateway stays Unknown/Pending, "Waiting for controller". The pool has no status.',
  breaks: 'kgateway dropped InferencePools of class kgateway with release 2.2, in favour of class agentgateway. On GKE only gke-l7-rilb and '
    + 'gke-l7-regional-external-managed take them.',
  source: 'kgateway-dev/kgateway#12442, #12619; GKE Inference Gateway, limitations; observed with Istio 1.30: nothing is programmed for a class that no controller claims',
  * check(graph) {
    for (const gateway of gatewaysOf(graph)) {
      const { object, className, implementation } = gateway;
      const dropped = className === 'kgateway';
      const never = GKE_WITHOUT.has(className) || implementation.capabilities.inferencePools === false;
      if (!dropped && !never) continue;
      const route = routesByGateway(graph).get(gateway)?.find(hasPool);
      if (!route) continue;
      yield {
        object,
        field: ['spec', 'gatewayClassName'],
        value: className,
        problem: never
          ? `takes no InferencePools, and ${route.object} sends requests to one`
          : `takes InferencePools before kgateway 2.2 only: with later releases nothing is programmed for the pool of ${route.object}; nor is it when another controller is meant`,
        allowed: GKE_WITHOUT.has(className) ? 'gke-l7-rilb, gke-l7-regional-external-managed' : 'istio, eg, agentgateway, higress, gke-l7-rilb, gke-l7-regional-external-managed',
        fix: GKE_WITHOUT.has(className) ? 'name one of the regional classes' : dropped ? 'name agentgateway, or the class of the controller that is meant' : 'name a class that takes them',
        severity: never ? Severity.ERROR : Severity.WARNING,
        related: [{ object: route.object, field: ['spec', 'rules'], note: 'sends requests to an InferencePool' }],
      };
    }
  },
};

function hasPool({ rules }: Route): boolean {
  return rules.some(({ backends }) => backends.some(({ kind, group }) => kind === 'InferencePool' && group === POOL_GROUP));
}
