import { GraphRule, RuleFamily, Severity } from '../../rule';
import { gatewaysOf } from '../../views/gateways';
import { GATEWAY_LABEL, labelledGateways, routedModelsOf } from '../../views/model-deployments';

export const rule: GraphRule = {
  code: 'IGW1605',
  title: 'AI Runway cannot tell which Gateway to use',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.WARNING,
  symptom: 'The model runs, and no request reaches it: there is no pool, endpoint picker or route. The condition GatewayReady is False, with the reason NoGateway. Or the route is at another Gateway than meant.',
  breaks: `The controller takes the Gateway of its flags; else the only one of the cluster; else the first of those with the label ${GATEWAY_LABEL}: "true".`,
  source: 'ai-runway/airunway controller/internal/controller/gateway_reconciler.go: resolveGatewayConfig; observed with two Gateways',
  * check(graph) {
    const [model] = routedModelsOf(graph);
    if (!model) return;
    const gateways = gatewaysOf(graph);
    const labelled = labelledGateways(graph);
    const names = gateways.slice(0, 6).map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
    const related = [{ object: model.object, field: ['metadata', 'name'], note: 'the first model that needs a Gateway' }];
    if (gateways.length > 1 && labelled.length === 0) {
      yield {
        object: gateways[0].object,
        field: ['metadata', 'labels', GATEWAY_LABEL],
        problem: `is missing, as it is on all of ${names}: without flags AI Runway takes none of them, and ${model.object} gets no route`,
        allowed: '"true", on one of them',
        fix: `add ${GATEWAY_LABEL}: "true" to the one that models are meant to be behind`,
        related,
      };
    }
    if (labelled.length > 1) {
      yield {
        object: labelled[1].object,
        field: ['metadata', 'labels', GATEWAY_LABEL],
        value: 'true',
        problem: `is on ${labelled[0].object} as well: AI Runway takes the one that it happens to find first`,
        allowed: 'one Gateway',
        fix: 'remove it from all but one',
        related: [{ object: labelled[0].object, field: ['metadata', 'labels', GATEWAY_LABEL], note: 'the other one' }, ...related],
      };
    }
    if (gateways.length === 0 && graph.closed) {
      yield { object: model.object, field: ['spec', 'gateway'], problem: 'needs a Gateway, and the set has none: the model gets no route', fix: 'add a Gateway, or set spec.gateway.enabled: false' };
    }
  },
};
