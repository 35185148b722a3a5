import type { Graph } from '../../graph';
import { isNear } from '../../presence';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { GATEWAY_GROUP } from '../../views/gateways';
import { ModelDeploymentView, routedModelsOf } from '../../views/model-deployments';
import { BackendRef, routeByObject } from '../../views/routes';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1608',
  title: 'the HTTPRoute that a ModelDeployment names is missing or leads elsewhere',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.ERROR,
  symptom: 'Requests for the model answer 404, or another model answers. The ModelDeployment is Ready, and GatewayReady is True.',
  breaks: 'With spec.gateway.httpRouteRef, AI Runway makes pool and endpoint picker and no route, and does not look whether there is one. The route has to be in the namespace of the '
    + 'ModelDeployment, and to lead to its pool.',
  source: 'ai-runway/airunway controller/internal/controller/gateway_reconciler.go: reconcileGateway',
  * check(graph) {
    for (const model of routedModelsOf(graph)) {
      if (model.routeRef === undefined) continue;
      const object = graph.find({ group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace: model.namespace, name: model.routeRef });
      const route = object && routeByObject(graph).get(object);
      if (!route) {
        const problem = missing(graph, model, model.routeRef);
        if (problem) yield problem;
      } else if (model.pool && !route.rules.some(({ backends }) => backends.some((backend) => leadsTo(backend, model)))) {
        const { kind, namespace, name } = model.pool;
        yield {
          object: model.object,
          field: ['spec', 'gateway', 'httpRouteRef'],
          value: model.routeRef,
          problem: `does not lead to the model: none of its backends is ${kind} ${namespace}/${name}`,
          fix: `add a backendRef to ${kind} ${name}, or remove httpRouteRef, and AI Runway makes the route`,
          severity: Severity.WARNING,
          related: [{ object: route.object, field: ['spec', 'rules'], note: 'where it leads' }],
        };
      }
    }
  },
};

/** The pool, or the Services of the workload, around the endpoint picker. */
function leadsTo({ kind, namespace, name }: BackendRef, model: ModelDeploymentView): boolean {
  return kind === 'InferencePool' ? name === model.pool!.name && namespace === model.pool!.namespace : name === model.name || name.startsWith(`${model.name}-`);
}

function missing(graph: Graph, { object, namespace }: ModelDeploymentView, name: string): Problem | undefined {
  const names = namesOf(graph, GATEWAY_GROUP, 'HTTPRoute', namespace);
  const elsewhere = graph.namesakes(GATEWAY_GROUP, 'HTTPRoute', name)[0];
  const meant = names.find((other) => isNear(other, name));
  if (!graph.closed && !elsewhere && meant === undefined) return undefined;
  return {
    object,
    field: ['spec', 'gateway', 'httpRouteRef'],
    value: name,
    problem: `is no HTTPRoute of namespace ${namespace}${elsewhere ? `, but of ${elsewhere.namespace}` : ''}: the model has no route, and AI Runway makes none`,
    allowed: names.length > 0 ? nearestFirst(names, name) : undefined,
    fix: elsewhere ? `move the route to namespace ${namespace}` : meant === undefined ? 'add the route, or remove httpRouteRef' : `name ${meant}`,
    ...(elsewhere ? { related: [{ object: elsewhere, field: ['metadata', 'namespace'], note: 'the route of that name' }] } : {}),
  };
}
