import { GraphRule, RuleFamily, Severity } from '../../rule';
import { Listener } from '../../views/gateways';
import { refusedFor } from './refused';

export const rule: GraphRule = {
  code: 'IGW1101',
  title: 'a Gateway does not take routes of this namespace',
  family: RuleFamily.PERMISSION,
  severity: Severity.ERROR,
  symptom: 'Every request of the route answers 404. The route has Accepted=False with reason NotAllowedByListeners, and the pool behind it HTTPRouteNotAccepted.',
  breaks: 'allowedRoutes.namespaces of a listener says where routes may come from; without it only routes of the Gateway\'s own namespace are taken.',
  source: 'Gateway API, AllowedRoutes; observed with Istio 1.30: 404 for allowedRoutes Same and a route from another namespace',
  * check(graph) {
    for (const { route, attachment, listeners } of refusedFor(graph, 'namespace')) {
      const [listener] = listeners;
      const { namespaces, owner } = listener;
      const { namespace, object } = route;
      yield {
        object,
        field: attachment.ref.path,
        value: `${attachment.ref.namespace}/${attachment.ref.name}`,
        problem: `takes no routes from namespace ${namespace}: allowedRoutes of listener ${listener.name} is ${describe(listener)}; requests of the route answer 404`,
        fix: namespaces.from === 'Selector'
          ? `give Namespace ${namespace} the labels that the listener selects, or select kubernetes.io/metadata.name: ${namespace}`
          : `set allowedRoutes.namespaces.from of the listener to All, or to Selector with kubernetes.io/metadata.name: ${namespace}`,
        related: [{ object: owner, field: namespaces.path, note: 'what the listener allows' }],
      };
    }
  },
};

function describe({ namespaces, owner }: Listener): string {
  if (namespaces.from === 'Same') return `Same, which means namespace ${owner.namespace}`;
  if (!namespaces.selector) return namespaces.from;
  const { matchLabels, matchExpressions } = namespaces.selector;
  const parts = [...[...matchLabels].map(([key, value]) => `${key}: ${value}`), ...matchExpressions.map(({ key, operator, values }) => `${key} ${operator} ${values.join(', ')}`.trim())];
  return `Selector (${parts.join('; ')})`;
}
