import { GraphRule, RuleFamily, Severity } from '../../rule';
import { listenerSetsOf } from '../../views/gateways';

export const rule: GraphRule = {
  code: 'IGW1106',
  title: 'a Gateway does not take a ListenerSet',
  family: RuleFamily.PERMISSION,
  severity: Severity.ERROR,
  symptom: 'The listeners of the set do not exist: connections to their ports fail, routes on them answer 404. The ListenerSet has Accepted=False with reason NotAllowed.',
  breaks: 'A Gateway takes ListenerSets only from namespaces that spec.allowedListeners names, and from none when it says nothing.',
  source: 'Gateway API, conformance tests ListenerSetAllowedNamespace and ListenerSetDefaultNotAllowed',
  * check(graph) {
    for (const { object, namespace, parent, gateway, accepted } of listenerSetsOf(graph)) {
      if (!gateway || accepted !== false) continue;
      const { from, path } = gateway.allowedListeners;
      yield {
        object,
        field: parent.path,
        value: `${parent.namespace}/${parent.name}`,
        problem: `takes no ListenerSets from namespace ${namespace}: its allowedListeners.namespaces.from is ${from}`,
        fix: from === 'Selector'
          ? `give Namespace ${namespace} the labels that the Gateway selects`
          : `set spec.allowedListeners.namespaces.from of the Gateway to ${namespace === gateway.namespace ? 'Same' : 'All, or to Selector with labels of the namespace'}`,
        related: [{ object: gateway.object, field: path, note: 'what the Gateway allows' }],
      };
    }
  },
};
