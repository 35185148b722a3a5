import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { adapterMapsByBase, MANAGED_LABEL, watches } from '../../views/adapter-maps';
import type { BodyRouter } from '../../views/body-routers';
import { modelHeadersOf } from '../../views/model-headers';
import { gatewaysOfRoute, HeaderMatch, Route, routesOf } from '../../views/routes';
import { hasChart } from '../../views/workloads';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1405',
  title: 'a route matches on a base model that no ConfigMap maps',
  family: RuleFamily.MODELS,
  severity: Severity.ERROR,
  symptom: 'Requests for the model and its adapters answer 404. The body-based router runs, and other models work.',
  breaks: `A body-based router knows base models from ConfigMaps with the label ${MANAGED_LABEL}: "true" in the namespace it watches. For a model `
    + 'that none of them names, it sets X-Gateway-Base-Model-Name to an empty text.',
  source: 'pkg/bbr/plugins/basemodelextractor of the Gateway API Inference Extension v1.5.0; observed with Istio 1.30',
  * check(graph) {
    for (const route of routesOf(graph)) {
      const routers = gatewaysOfRoute(route).map((gateway) => ({ gateway, ...modelHeadersOf(graph, gateway) }));
      // Only a router of the set shows which ConfigMaps it reads.
      const known = routers.filter((one) => one.routers.length > 0 && !one.unknown && one.headers.has('x-gateway-base-model-name'));
      if (known.length === 0 || known.length < routers.length) continue;
      const all = known.flatMap((one) => one.routers);
      const seen = new Set<string>();
      for (const header of route.rules.flatMap(({ matches }) => matches).flatMap(({ headers }) => headers)) {
        if (header.name.toLowerCase() !== 'x-gateway-base-model-name' || header.type !== 'Exact' || seen.has(header.value)) continue;
        seen.add(header.value);
        const problem = problemOf(graph, route, header, all);
        if (problem) yield problem;
      }
    }
  },
};

function problemOf(graph: Graph, route: Route, header: HeaderMatch, routers: readonly BodyRouter[]): Problem | undefined {
  const maps = adapterMapsByBase(graph).get(header.value) ?? [];
  // One with a list that cannot be read is IGW1406.
  if (maps.some((map) => map.managed && routers.some((router) => watches(router, map.namespace) !== false))) return undefined;
  const [router] = routers;
  const [map] = maps;
  if (map) {
    const label = !map.managed;
    return {
      object: map.object,
      field: label ? ['metadata', 'labels'] : ['metadata', 'namespace'],
      ...label ? {} : { value: map.namespace },
      problem: label
        ? `lack ${MANAGED_LABEL}: "true": the body-based router does not read this ConfigMap, so ${route.object} never matches base model ${header.value}`
        : `is not watched by the body-based router ${router.object.name}, so ${route.object} never matches base model ${header.value}`,
      ...label ? {} : { allowed: router.namespace },
      fix: label ? 'add the label' : `put the ConfigMap into namespace ${router.namespace}`,
      related: [{ object: route.object, field: header.path, note: 'matches on the base model' }],
    };
  }
  if (routers.some(({ namespace }) => hasChart(graph, namespace))) return undefined;
  const names = [...adapterMapsByBase(graph).keys()];
  return {
    object: route.object,
    field: [...header.path, 'value'],
    value: header.value,
    problem: `is the base model of no ConfigMap that the body-based router ${router.object.name} reads, so ${header.name} is empty and the route never matches`,
    allowed: names.length > 0 ? nearestFirst(names, header.value) : undefined,
    fix: `match on X-Gateway-Model-Name, or add a ConfigMap to namespace ${router.namespace} with the label ${MANAGED_LABEL}: "true" and data.baseModel ${header.value}`,
    severity: Severity.ERROR,
  };
}
