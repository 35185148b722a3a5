import { GraphRule, RuleFamily, Severity } from '../../rule';
import { refusedFor } from './refused';

export const rule: GraphRule = {
  code: 'IGW1102',
  title: 'a Gateway does not take routes of this kind',
  family: RuleFamily.PERMISSION,
  severity: Severity.ERROR,
  symptom: 'Every request of the route answers 404. The route has Accepted=False with reason NotAllowedByListeners.',
  breaks: 'The protocol of a listener decides which kinds of routes it can have, and allowedRoutes.kinds which of them it takes.',
  source: 'Gateway API, AllowedRoutes; conformance tests HTTPRouteDisallowedKind and TLSRouteInvalidNoMatchingListener',
  * check(graph) {
    for (const { route, attachment, listeners } of refusedFor(graph, 'kind')) {
      const { object, kind } = route;
      const [listener] = listeners;
      const kinds = [...new Set(listeners.flatMap((one) => (one.kinds ?? []).map((taken) => taken.kind)))];
      yield {
        object,
        field: attachment.ref.path,
        value: `${attachment.ref.namespace}/${attachment.ref.name}`,
        problem: `takes no ${kind}: listener ${listener.name} has protocol ${listener.protocol}${listener.namedKinds ? ' and names kinds in allowedRoutes' : ''}; no request reaches the route`,
        allowed: kinds.join(', ') || 'none',
        fix: listener.namedKinds ? `add ${kind} to allowedRoutes.kinds, if the protocol can carry it` : `attach it to a listener whose protocol carries a ${kind}`,
        related: [{ object: listener.owner, field: listener.path, note: 'the listener' }],
      };
    }
  },
};
