import { filled, map } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';

export const rule: GraphRule = {
  code: 'IGW1003',
  title: 'an object names no namespace while others of the set do',
  family: RuleFamily.NAMES,
  severity: Severity.WARNING,
  symptom: 'An object ends up in the namespace of whoever applies it, `default` most of the time, and nothing there refers to it.',
  breaks: 'What names no namespace goes to the current one of the client. References in and to the other objects have their own, so they meet by chance only.',
  source: 'Kubernetes, kubectl apply',
  * check(graph) {
    // `helm template` and Kustomize bases leave all namespaces to whoever applies them; then that is meant.
    const named = graph.objects.filter(({ manifest, clusterScoped }) => !clusterScoped && filled(map(manifest.metadata).namespace) !== undefined);
    if (named.length === 0) return;
    const { namespace = 'default' } = graph.settings;
    const without = graph.objects.filter(({ kind, name, clusterScoped, manifest }) => (
      !clusterScoped && kind !== '' && name !== '' && filled(map(manifest.metadata).namespace) === undefined));
    // Where all others are in that very namespace, they meet there.
    if (without.length === 0 || named.every((object) => object.namespace === namespace)) return;
    const [object, ...more] = without;
    yield {
      object,
      field: ['metadata', 'name'],
      value: object.name,
      problem: `has no namespace next to it${more.length === 0 ? '' : `, and ${more.length} more of the set have none`}: what has none goes where whoever applies it happens to be, `
        + `taken for ${namespace} here`,
      fix: 'write metadata.namespace',
      related: more.slice(0, 10).map((other) => ({ object: other, field: ['metadata', 'name'], note: 'has none either' })),
    };
  },
};
