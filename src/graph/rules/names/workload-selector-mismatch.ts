import { textMap } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { workloadsOf } from '../../views/workloads';

const KINDS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

export const rule: GraphRule = {
  code: 'IGW1024',
  title: 'the selector of a workload is not part of the labels of its pods',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The API server refuses the workload: `selector` does not match template `labels`. No pod runs.',
  breaks: 'A workload finds its pods by its selector, so the pods it makes have to have those labels.',
  source: 'Kubernetes, Deployment spec.selector',
  * check(graph) {
    for (const { object, templates: [template] } of workloadsOf(graph)) {
      if (object.group !== 'apps' || !KINDS.has(object.kind) || !template) continue;
      const field = ['spec', 'selector', 'matchLabels'];
      const wanted = textMap(object.get(...field));
      const missing = [...wanted].filter(([key, value]) => template.labels.get(key) !== value);
      if (missing.length === 0) continue;
      const labels = [...template.labels].map(([key, value]) => `${key}: ${value}`).join(', ');
      yield {
        object,
        field,
        value: Object.fromEntries(wanted),
        problem: `has ${missing.map(([key, value]) => `${key}: ${value}`).join(', ')}, which the pods do not have: the API server refuses the ${object.kind}`,
        allowed: labels || undefined,
        fix: labels ? 'select labels of spec.template' : 'give spec.template the labels',
        related: [{ object, field: [...template.path, 'metadata', 'labels'], note: 'the labels of the pods' }],
      };
    }
  },
};
