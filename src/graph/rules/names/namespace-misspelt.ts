import { isNear } from '../../presence';
import { GraphRule, RuleFamily, Severity } from '../../rule';

export const rule: GraphRule = {
  code: 'IGW1021',
  title: 'a namespace is nearly the name of one of the set',
  family: RuleFamily.NAMES,
  severity: Severity.WARNING,
  symptom: 'The API server refuses the object: the namespace is not found. Or it exists, and the object is alone in it.',
  breaks: 'Namespaces are compared letter by letter, and none is made for an object that needs it.',
  source: 'Kubernetes, Namespaces',
  * check(graph) {
    const names = graph.ofKind('', 'Namespace').map(({ name }) => name);
    const known = new Set(names);
    const answers = new Map<string, string | undefined>();
    const meant = (namespace: string) => {
      if (!answers.has(namespace)) {
        answers.set(namespace, known.has(namespace) ? undefined : names.slice(0, 200).find((name) => isNear(name, namespace)));
      }
      return answers.get(namespace);
    };
    for (const object of graph.objects) {
      if (object.namespace === undefined) continue;
      const name = meant(object.namespace);
      if (name === undefined) continue;
      yield {
        object,
        field: ['metadata', 'namespace'],
        value: object.namespace,
        problem: 'is no namespace of the set, but nearly one',
        allowed: name,
        fix: `write ${name} if that is meant, or add the Namespace`,
      };
    }
  },
};
