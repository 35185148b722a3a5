import { MODEL_HEADER } from '../../../core';
import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import type { Path } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { gatewayOfModels, routedModelsOf, routesOfModels } from '../../views/model-deployments';
import { Match, Route, routesByGateway } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1604',
  title: 'a ModelDeployment answers to the model name of another route',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.ERROR,
  symptom: 'One of two models gets all requests, the other none. Both are Ready. Which one it is may change when a route is created again.',
  breaks: `AI Runway makes a route that matches on ${MODEL_HEADER} alone, all at one Gateway. Of routes that match alike, a Gateway takes the oldest one.`,
  source: 'Gateway API, HTTPRouteRule.matches: precedence; observed: one model name in two namespaces gives two routes with the same match',
  * check(graph) {
    const taken = staticNames(graph);
    // Without a Gateway there are no routes. What a running server calls its model comes before the id.
    const isSure = gatewayOfModels(graph) !== undefined;
    for (const model of routedModelsOf(graph)) {
      if (model.routeRef !== undefined || !model.model) continue;
      const { name, path, certain } = model.model;
      const first = taken.get(name);
      if (!first) {
        taken.set(name, { object: model.object, path, certain });
        continue;
      }
      yield {
        object: model.object,
        field: path,
        value: name,
        problem: `is the model name of ${first.object} as well: the Gateway has two routes that match alike, and one of the two gets no requests`,
        fix: 'give one of them another spec.gateway.modelName, or another match',
        severity: isSure && (certain && first.certain || first.path.join() === path.join()) ? Severity.ERROR : Severity.WARNING,
        related: [{ object: first.object, field: first.path, note: 'the same name' }],
      };
    }
  },
};

interface Taken {
  readonly object: GraphObject;
  readonly path: Path;
  readonly certain: boolean;
}

/** The models of routes at the Gateway of AI Runway that it does not write itself. */
function staticNames(graph: Graph): Map<string, Taken> {
  const gateway = gatewayOfModels(graph);
  const routes = gateway ? routesByGateway(graph).get(gateway) ?? [] : [];
  return new Map(routes.filter(({ object }) => !routesOfModels(graph).has(object.key)).flatMap(namesOf));
}

function namesOf({ object, kind, hostnames, rules }: Route): [string, Taken][] {
  if (kind !== 'HTTPRoute' || hostnames.length > 0) return [];
  return rules.flatMap(({ matches }) => matches.filter(isOfModelAlone).map(({ headers: [{ path, value }] }): [string, Taken] => (
    [value, { object, path: [...path, 'value'], certain: true }])));
}

function isOfModelAlone({ headers, pathType, pathValue, method, queryParams }: Match): boolean {
  return headers.length === 1 && headers[0].type === 'Exact' && headers[0].name.toLowerCase() === MODEL_HEADER.toLowerCase()
    && pathType === 'PathPrefix' && pathValue === '/' && method === undefined && queryParams.length === 0;
}
