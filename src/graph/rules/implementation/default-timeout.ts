import type { Graph } from '../../graph';
import { items, map, text } from '../../json';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import type { Gateway } from '../../views/gateways';
import { POOL_GROUP } from '../../views/pools';
import { gatewaysOfRoute, Route, routesOf } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1505',
  title: 'answers of a model are cut after 15 seconds',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.WARNING,
  symptom: 'Long answers end after 15 seconds, in the middle of a stream or with 504.',
  breaks: 'Envoy ends a request after 15 seconds when its route has no timeout. Istio sets none, and agentgateway has none; Envoy Gateway and kgateway leave it.',
  source: 'Envoy, RouteAction.timeout; Envoy Gateway, HTTP timeouts; modelplane/modelplane#174',
  * check(graph) {
    for (const route of routesOf(graph)) {
      const gateway = gatewaysOfRoute(route).find(({ className }) => className === 'eg' || className === 'kgateway');
      if (!gateway || hasPolicy(graph, route, gateway)) continue;
      for (const { path, backends, timeouts } of route.rules) {
        const pool = backends.find(({ kind, group }) => kind === 'InferencePool' && group === POOL_GROUP);
        if (!pool || timeouts?.request !== undefined || timeouts?.backendRequest !== undefined) continue;
        yield {
          object: route.object,
          field: [...path, 'timeouts', 'request'],
          problem: `is missing, and ${gateway.object} of class ${gateway.className} ends requests to InferencePool ${pool.name} after 15 seconds`,
          fix: 'set timeouts.request, 300s for one, or 0s for none',
          related: [{ object: gateway.object, field: ['spec', 'gatewayClassName'], note: 'the class of the Gateway' }],
        };
      }
    }
  },
};

const POLICIES = new Set(['BackendTrafficPolicy', 'TrafficPolicy', 'HTTPListenerPolicy', 'EnvoyPatchPolicy', 'EnvoyExtensionPolicy']);

/** Whether something else sets timeouts, or may. */
function hasPolicy(graph: Graph, { object }: Route, gateway: Gateway): boolean {
  if (selecting(graph).has(object.namespace ?? '') || selecting(graph).has(gateway.namespace)) return true;
  return [object, gateway.object].some((target) => graph.edgesTo(target).some(({ type, from }) => (
    type === ReferenceType.TARGET && POLICIES.has(from.kind) && from.kind !== 'EnvoyExtensionPolicy' && mentionsTimeout(from.manifest.spec))));
}

/** Namespaces with policies that choose what they apply to by labels. */
const selecting = view((graph: Graph): ReadonlySet<string> => new Set(
  [['gateway.envoyproxy.io', 'BackendTrafficPolicy'], ['gateway.kgateway.dev', 'TrafficPolicy']].flatMap(([group, kind]) => graph.ofKind(group, kind))
    .filter((object) => items(object.manifest, ['spec', 'targetSelectors']).length > 0).map(({ namespace = '' }) => namespace)));

function mentionsTimeout(spec: unknown): boolean {
  const { timeout, timeouts, type } = map(spec);
  return timeout !== undefined || timeouts !== undefined || text(type) === 'JSONPatch';
}
