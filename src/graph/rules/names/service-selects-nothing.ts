import { serviceSelection } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { servicesOf } from '../../views/services';
import { PodTemplate, workloadsByNamespace } from '../../views/workloads';

/** Services of endpoint pickers and of what is plugged into Gateways are IGW1204. */
const PROCESSORS = new Set([ReferenceType.ENDPOINT_PICKER, ReferenceType.PLUGIN_SERVICE]);

const MOST_COMPARED = 200;

export const rule: GraphRule = {
  code: 'IGW1012',
  title: 'a Service selects no pod',
  family: RuleFamily.NAMES,
  severity: Severity.WARNING,
  symptom: 'The Service has no endpoints, and what is sent to it answers 503. All conditions are True.',
  breaks: 'The selector of a Service has to be a part of the labels of the pods, which are those of the pod template and not of the Deployment.',
  source: 'Kubernetes, Service',
  * check(graph) {
    for (const service of servicesOf(graph)) {
      if (serviceSelection(graph, service) !== 'missing') continue;
      if (graph.edgesTo(service.object).some(({ type }) => PROCESSORS.has(type))) continue;
      const { object, namespace, name, selector } = service;
      const templates = (workloadsByNamespace(graph).get(namespace) ?? []).slice(0, MOST_COMPARED).flatMap((workload) => workload.templates);
      // The workload of the same name, or the one that most of the selector fits.
      const score = ({ workload, labels }: PodTemplate) => (
        [...selector].filter(([key, value]) => labels.get(key) === value).length * 2 + (workload.object.name === name ? 1 : 0));
      const [best] = templates.filter((template) => score(template) > 0).sort((a, b) => score(b) - score(a));
      const labels = best && [...best.labels].map(([key, value]) => `${key}: ${value}`).join(', ');
      yield {
        object,
        field: ['spec', 'selector'],
        value: Object.fromEntries(selector),
        problem: `selects no pod of namespace ${namespace}: nothing answers there`,
        fix: best ? `select labels that the pods of ${best.workload.object} have${labels ? ` (${labels})` : ', and give them some'}` : 'select labels that the pods have',
        related: best ? [{ object: best.workload.object, field: [...best.path, 'metadata', 'labels'], note: 'the labels of the pods' }] : [],
      };
    }
  },
};
