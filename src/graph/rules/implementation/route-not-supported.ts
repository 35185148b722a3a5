import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import type { Gateway } from '../../views/gateways';
import { OLD_POOL_GROUP, POOL_GROUP } from '../../views/pools';
import { BackendRef, gatewaysOfRoute, Route, RouteRule, routesOf } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1502',
  title: 'a route asks for what the implementation of its Gateway cannot do',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.ERROR,
  symptom: 'The route is not Accepted, or ResolvedRefs is False, and its requests answer 404 or 500; or requests reach pods that the wrong endpoint picker chose.',
  breaks: 'The Gateway API leaves much to implementations: GKE refuses routes with timeouts; Envoy Gateway and Higress use one endpoint picker for all pools of a rule; '
    + 'agentgateway refuses pools of other namespaces, also with a ReferenceGrant; Istio knows no InferencePoolImport.',
  source: 'kserve/kserve#5311 (GKE); envoyproxy/ai-gateway, one pool for each rule; higress-group/higress#4519; agentgateway 1.4.1, observed; istio/istio#58252',
  * check(graph) {
    for (const route of routesOf(graph)) {
      for (const gateway of gatewaysOfRoute(route)) {
        for (const one of route.rules) yield* problemsOf(route, one, gateway);
      }
    }
  },
};

function isPool({ kind, group }: BackendRef): boolean {
  return kind === 'InferencePool' && group === POOL_GROUP;
}

function* problemsOf({ object, namespace }: Route, { path, backends, mirrors, timeouts }: RouteRule, gateway: Gateway): Iterable<Problem> {
  const { capabilities } = gateway.implementation;
  const { routeTimeouts = true, weightedPools = true, crossNamespacePools = true, mirroredPools = false, inferencePools = true } = capabilities;
  const at = `${gateway.object} of class ${gateway.className}`;
  const related = [{ object: gateway.object, field: ['spec', 'gatewayClassName'], note: 'the class of the Gateway' }];
  if (!routeTimeouts && timeouts && (timeouts.request !== undefined || timeouts.backendRequest !== undefined)) {
    yield {
      object, field: timeouts.path, value: object.get(...timeouts.path), problem: `are refused by ${at}: the route is not accepted`,
      fix: 'remove them, and set timeoutSec in a GCPBackendPolicy for the pool', related,
    };
  }
  const pools = backends.filter(isPool);
  // What the class does not take at all is IGW1501.
  if (!inferencePools) return;
  if (!weightedPools && pools.length > 1) {
    yield {
      object, field: [...path, 'backendRefs'], problem: `name ${pools.length} InferencePools, and ${at} takes one for each rule: the picker of one of them chooses for all, or the route is refused`,
      fix: 'give each pool a route of its own with another model name, or use one pool for both', related,
    };
  }
  for (const backend of pools) {
    if (crossNamespacePools || backend.namespace === namespace) continue;
    yield {
      object, field: [...backend.path, 'namespace'], value: backend.namespace,
      problem: `is another namespace than that of the route, and ${at} answers RefNotPermitted for pools of other namespaces, also with a ReferenceGrant: requests answer 500`,
      allowed: namespace, fix: `put the route into namespace ${backend.namespace}, next to the pool`, related,
    };
  }
  for (const mirror of mirrors) {
    if (mirroredPools || !isPool(mirror)) continue;
    yield {
      object, field: mirror.path, value: mirror.name,
      problem: `is an InferencePool, and ${at} mirrors to Services: no endpoint picker is asked for the copy, so it is lost, or the route is refused`,
      fix: 'mirror to a Service in front of the pods', severity: Severity.WARNING, related,
    };
  }
  for (const backend of backends) {
    if (backend.kind !== 'InferencePoolImport' || backend.group !== OLD_POOL_GROUP || gateway.className !== 'istio') continue;
    yield {
      object, field: [...backend.path, 'kind'], value: backend.kind, problem: `is a kind that ${at} does not know: requests answer 500`,
      allowed: 'InferencePool, Service', fix: 'name an InferencePool of this cluster', related,
    };
  }
}
