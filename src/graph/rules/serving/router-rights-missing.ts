import { BASE_MODEL_HEADER } from '../../../core';
import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { BodyRouter, bodyRoutersOf } from '../../views/body-routers';
import { deniedRights, describeRights, isReportedElsewhere, isRightsKnown, whereToGrant } from '../../views/rights';
import { headersNamed, routesByGateway } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1215',
  title: 'a body-based router may not read the ConfigMaps that map adapters to base models',
  family: RuleFamily.SERVING,
  severity: Severity.WARNING,
  symptom: 'Requests are routed, but those for LoRA adapters are not: X-Gateway-Base-Model-Name is never set. The log says "forbidden" over and over.',
  breaks: 'The router lists and watches ConfigMaps: those of the namespace in its variable NAMESPACE, and of all namespaces without it.',
  source: 'cmd/bbr/runner/runner.go of the Gateway API Inference Extension; observed with v1.5.0',
  * check(graph) {
    for (const router of bodyRoutersOf(graph)) yield* problemsOf(graph, router);
  },
};

function* problemsOf(graph: Graph, router: BodyRouter): Iterable<Problem> {
  const { object, namespace: own, namespaced, container, line } = router;
  const plugins = line.flags.filter(({ name }) => name === 'plugin');
  if (plugins.length > 0 && plugins.every(({ value = '', dynamic }) => !dynamic && !value.startsWith('base-model-to-header'))) return;
  const variable = container.env.find(({ name }) => name === 'NAMESPACE');
  const namespace = namespaced ? variable?.value ?? (variable?.fieldPath === 'metadata.namespace' ? own : undefined) : undefined;
  const matched = matchedRoute(graph, router);
  const result = matched ? `${BASE_MODEL_HEADER} is never set, and ${matched}, which matches on it, takes no request` : 'base models are not mapped';
  const outcome = matched ? { severity: Severity.ERROR } : {};
  if (variable?.fieldPath !== undefined && variable.fieldPath !== 'metadata.namespace') {
    const field = [...variable.path, 'valueFrom', 'fieldRef', 'fieldPath'];
    yield {
      ...outcome, object, field, value: variable.fieldPath, problem: `is not the namespace of the pod, in which the body-based router reads ConfigMaps: ${result}`, allowed: 'metadata.namespace', fix: 'set metadata.namespace',
    };
    return;
  }
  // A name that only the cluster knows.
  if (namespaced && namespace === undefined) return;
  if (!isRightsKnown(graph, router, ['configmaps'], router.plugs.length > 0)) return;
  const denied = deniedRights(graph, router, [{ verbs: ['list', 'watch'], group: '', resource: 'configmaps', namespace }]);
  if (denied.length === 0) return;
  const mayOwn = namespace === undefined && deniedRights(graph, router, [{ ...denied[0], namespace: own }]).length === 0;
  if (mayOwn) {
    yield {
      ...outcome,
      object,
      field: [...container.path, 'env'],
      problem: `has no NAMESPACE, so that the body-based router watches ConfigMaps of all namespaces, and its Role is for one: ${result}`,
      fix: 'add NAMESPACE from the field metadata.namespace, or bind a ClusterRole',
    };
    return;
  }
  const place = whereToGrant(graph, router, denied, 'configmaps');
  if (isReportedElsewhere(graph, router, place.object)) return;
  yield {
    ...outcome,
    ...place,
    problem: `does not let the body-based router ${object.name} ${describeRights(denied)} ${namespace === undefined ? 'of all namespaces' : `of namespace ${namespace}`}: ${result}`,
  };
}

/** A route that takes requests by their base model only. */
function matchedRoute(graph: Graph, { plugs }: BodyRouter): GraphObject | undefined {
  const routes = plugs.flatMap(({ gateways }) => gateways).flatMap((gateway) => routesByGateway(graph).get(gateway) ?? []);
  return routes.find(({ rules }) => rules.flatMap(({ matches }) => matches)
    .some((match) => headersNamed(match, BASE_MODEL_HEADER).length > 0))?.object;
}
