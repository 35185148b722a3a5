import { lookalike } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1013',
  title: 'the ServiceAccount of a workload does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The Deployment stays without pods: "error looking up service account". Before an endpoint picker every request answers 500.',
  breaks: 'A pod is refused when its ServiceAccount is not in its own namespace.',
  source: 'Kubernetes, ServiceAccount admission',
  * check(graph) {
    for (const reference of graph.edges) {
      const { type, from: object, path, namespace, name } = reference;
      if (type !== ReferenceType.SERVICE_ACCOUNT || graph.presence(reference) !== 'missing') continue;
      const meant = lookalike(graph, reference);
      const here = namesOf(graph, '', 'ServiceAccount', namespace);
      yield {
        object, field: path, value: name, problem: `names no ServiceAccount of namespace ${namespace}: no pod starts`,
        allowed: here.length > 0 ? nearestFirst(here, name) : undefined,
        fix: meant && meant.namespace !== namespace ? `put ${meant} into namespace ${namespace}` : `add the ServiceAccount${meant ? `, or name ${meant.name}` : ''}`,
      };
    }
  },
};
