import { describe } from '../../graph-object';
import { lookalike } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { pickersForPool } from '../../views/endpoint-pickers';
import { poolByObject } from '../../views/pools';

export const rule: GraphRule = {
  code: 'IGW1301',
  title: 'the Service of an endpoint picker does not exist',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 500. The InferencePool has ResolvedRefs=False with reason InvalidExtensionRef; the HTTPRoute stays fine.',
  breaks: 'The gateway asks the endpoint picker for a pod before it forwards a request, and there is nothing to ask.',
  source: 'Gateway API Inference Extension, InferencePool spec.endpointPickerRef; observed with Istio 1.30',
  * check(graph) {
    for (const reference of graph.edges) {
      if (reference.type !== ReferenceType.ENDPOINT_PICKER || graph.presence(reference) !== 'missing') continue;
      const { from, path, name, namespace } = reference;
      const pool = poolByObject(graph).get(from);
      const picker = pool && pickersForPool(graph, pool)[0];
      const meant = picker?.services[0]?.object ?? lookalike(graph, reference);
      yield {
        object: from,
        field: [...path, 'name'],
        value: name,
        problem: `names no Service of namespace ${namespace}: the gateway asks no endpoint picker, and requests to the model answer 500`,
        fix: meant
          ? `name ${meant.name}, which ${picker?.services[0] ? `leads to the endpoint picker ${picker.object.name}` : `is in namespace ${meant.namespace}`}`
          : `add the Service in front of ${picker ? describe(picker.object) : 'the endpoint picker'}, or name the one it has`,
        related: picker ? [{ object: picker.object, field: ['metadata', 'name'], note: 'the endpoint picker of the pool' }] : [],
      };
    }
  },
};
