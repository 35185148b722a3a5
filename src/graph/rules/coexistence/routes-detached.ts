import { GraphRule, RuleFamily, Severity } from '../../rule';
import type { Gateway } from '../../views/gateways';
import { gatewayOfModels, routedModelsOf, routesOfModels } from '../../views/model-deployments';
import { routesByGateway } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1606',
  title: 'AI Runway closes a Gateway to other routes',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.WARNING,
  symptom: 'When the first model of another namespace is deployed, routes of further namespaces answer 404: their parent status is NotAllowedByListeners.',
  breaks: 'For a model of another namespace, AI Runway replaces allowedRoutes of every listener: a list of the namespaces of models, of the Gateway, and of those that such a list '
    + 'named before. from: All and selectors by other labels are lost. Argo CD and Flux put them back, and so on.',
  source: 'ai-runway/airunway controller/internal/controller/gateway_reconciler.go: applyAllowedRoutes; observed with from: All',
  * check(graph) {
    const gateway = gatewayOfModels(graph);
    if (!gateway) return;
    const listed = listedNamespaces(gateway);
    const added = [...new Set(routedModelsOf(graph).map(({ namespace }) => namespace))]
      .filter((namespace) => namespace !== gateway.namespace && !listed.has(namespace));
    if (added.length === 0) return;
    const open = new Set([...listed, ...added, gateway.namespace]);
    const cut = (routesByGateway(graph).get(gateway) ?? [])
      .filter(({ namespace, object }) => !open.has(namespace) && !routesOfModels(graph).has(object.key));
    if (cut.length === 0) return;
    yield {
      object: gateway.object,
      field: gateway.listeners[0]?.namespaces.path ?? ['spec', 'listeners'],
      problem: `is replaced by AI Runway with a list of the namespaces ${[...open].sort().slice(0, 6).join(', ')}${open.size > 6 ? ', …' : ''}: `
        + `${cut[0].object} is cut off${cut.length > 1 ? `, with ${cut.length - 1} more` : ''}`,
      fix: 'list all namespaces with routes in a selector by kubernetes.io/metadata.name (operator In), those of models included: then nothing is replaced; or start the controller with '
        + '--patch-gateway-allowed-routes=false',
      related: cut.slice(0, 6).map(({ object }) => ({ object, field: ['spec', 'parentRefs'], note: 'is cut off' })),
    };
  },
};

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The controller reads the first listener that has a selector. */
function listedNamespaces({ listeners }: Gateway): ReadonlySet<string> {
  const selector = listeners.find(({ namespaces }) => namespaces.selector !== undefined)?.namespaces.selector;
  if (!selector) return new Set();
  const name = selector.matchLabels.get(NAME_LABEL);
  const lists = selector.matchExpressions.filter(({ key, operator }) => key === NAME_LABEL && operator === 'In').flatMap(({ values }) => values);
  return new Set([...lists, ...(name === undefined ? [] : [name])]);
}
