import { placeOf } from '../../finding';
import { GraphRule, RuleFamily, Severity } from '../../rule';

export const rule: GraphRule = {
  code: 'IGW1001',
  title: 'two objects have the same kind, namespace and name',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'One of two objects is not in the cluster. Which one depends on the order of the files, and Argo CD keeps applying both.',
  breaks: 'A kind, namespace and name identify one object, whatever the version of its group: what is applied last replaces the other.',
  source: 'Kubernetes, Object Names and IDs',
  * check(graph) {
    for (const objects of graph.duplicates()) {
      const [first, ...others] = objects;
      // Parts without a name are reported as such.
      if (first.name === '' || first.kind === '') continue;
      const text = JSON.stringify(first.manifest);
      for (const object of others) {
        const same = JSON.stringify(object.manifest) === text;
        const place = placeOf(first, []);
        yield {
          object,
          field: ['metadata', 'name'],
          value: object.name,
          problem: `is the name of ${same ? 'the same object' : `another ${first.kind}`} in ${first.namespace === undefined ? 'the set' : `namespace ${first.namespace}`}`
            + `${place === '' ? '' : `, at ${place}`}; ${same ? 'it is applied twice' : 'one replaces the other'}`,
          fix: same ? 'leave one of them out' : 'rename one of them, or merge both into one',
          // Several files with the same Namespace, for example.
          severity: same ? Severity.INFO : Severity.ERROR,
          related: [{ object: first, field: ['metadata', 'name'], note: 'the other one' }],
        };
      }
    }
  },
};
