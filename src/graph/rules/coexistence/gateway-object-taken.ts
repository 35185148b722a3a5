import type { GraphObject } from '../../graph-object';
import { items, map } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { MadeFor, ModelDeploymentView, modelDeploymentsOf, staticObjectsOf } from '../../views/model-deployments';

export const rule: GraphRule = {
  code: 'IGW1602',
  title: 'a pool, endpoint picker or route has the name of one that AI Runway writes',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.ERROR,
  symptom: 'What was applied from Git changes by itself: the route loses its rules, the endpoint picker its flags; or they are gone, with the ModelDeployment or before it.',
  breaks: 'AI Runway writes pool, endpoint picker, DestinationRule and HTTPRoute by name, without asking who made them. With gateway.enabled: false it deletes them by name, '
    + 'and what it has taken over goes when the ModelDeployment is deleted.',
  source: 'ai-runway/airunway controller/internal/controller/gateway_reconciler.go; observed with objects without owner references',
  * check(graph) {
    for (const model of modelDeploymentsOf(graph)) {
      const found = staticObjectsOf(graph, model);
      for (const as of ['picker', 'route'] as const) {
        const objects = found.filter(({ made }) => made.as === as);
        if (objects.length > 0) yield problemOf(model, as, objects.map(({ object }) => object), objects[0].made.certain);
      }
    }
  },
};

function problemOf(model: ModelDeploymentView, as: MadeFor, objects: readonly GraphObject[], certain: boolean): Problem {
  const foreign = objects.find(isControlled);
  const [object] = foreign ? [foreign] : objects;
  const kept = `remove ${objects.length > 1 ? 'these objects' : 'it'} or the ModelDeployment, or rename one`;
  return {
    object,
    field: ['metadata', 'name'],
    value: object.name,
    problem: `is what AI Runway ${model.withoutGateway ? 'deletes' : as === 'route' ? 'overwrites' : foreign ? 'would write' : 'takes over and overwrites'} `
      + `for ${model.object}${certain ? '' : ', if its provider has no pool of its own'}${endOf(model, as, foreign)}`,
    fix: as === 'route' ? `name it in spec.gateway.httpRouteRef of the ModelDeployment, ${kept}` : kept,
    severity: certain ? Severity.ERROR : Severity.WARNING,
    related: [{ object: model.object, field: ['metadata', 'name'], note: 'what it is written for' },
      ...objects.filter((other) => other !== object).map((other) => ({ object: other, field: ['metadata', 'name'], note: 'as well' }))],
  };
}

function endOf({ withoutGateway }: ModelDeploymentView, as: MadeFor, foreign: GraphObject | undefined): string {
  if (withoutGateway) return ', which has gateway.enabled: false: the name alone decides';
  if (foreign) return ': it belongs to another controller, so AI Runway stops there and makes no route';
  return as === 'route' ? ': its own rules are lost' : ': what is written here is lost';
}

function isControlled({ manifest }: GraphObject): boolean {
  return items(manifest, ['metadata', 'ownerReferences']).some(({ value }) => map(value).controller === true);
}
