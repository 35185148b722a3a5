import { filled, map } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';

export const rule: GraphRule = {
  code: 'IGW1002',
  title: 'a cluster-scoped object names a namespace',
  family: RuleFamily.NAMES,
  severity: Severity.WARNING,
  symptom: 'Two objects that were meant for two namespaces are one. `kubectl get -n` shows it everywhere, and GitOps tools may report a difference for good.',
  breaks: 'The kind has no namespaces: the API server drops the field, so the name alone has to be unique in the cluster.',
  source: 'Kubernetes API conventions, and EnsureObjectNamespaceMatchesRequestNamespace of the API server',
  * check(graph) {
    for (const object of graph.objects) {
      const namespace = filled(map(object.manifest.metadata).namespace);
      if (!object.clusterScoped || namespace === undefined) continue;
      yield {
        object,
        field: ['metadata', 'namespace'],
        value: namespace,
        problem: `is dropped: a ${object.kind} is in no namespace`,
        fix: 'leave the field out, and see that the name is unique in the cluster',
      };
    }
  },
};
