import { GraphRule, RuleFamily, Severity } from '../../rule';
import { refusedFor } from './refused';

export const rule: GraphRule = {
  code: 'IGW1103',
  title: 'no hostname of a route is one of its Gateway',
  family: RuleFamily.PERMISSION,
  severity: Severity.ERROR,
  symptom: 'Every request of the route answers 404. The route has Accepted=False with reason NoMatchingListenerHostname.',
  breaks: 'A listener with a hostname takes routes for it, or below its wildcard, only. *.example.com does not include example.com.',
  source: 'Gateway API, HTTPRoute hostnames; conformance test HTTPRouteHostnameIntersection',
  * check(graph) {
    for (const { route, attachment, listeners } of refusedFor(graph, 'hostname')) {
      const hostnames = [...new Set(listeners.flatMap(({ hostname }) => hostname ?? []))];
      yield {
        object: route.object,
        field: ['spec', 'hostnames'],
        value: route.hostnames,
        problem: `has nothing in common with the hostnames of ${attachment.ref.kind} ${attachment.ref.namespace}/${attachment.ref.name}: no request reaches the route`,
        allowed: hostnames.slice(0, 6).join(', '),
        fix: 'use a hostname of the listener, give the listener this one, or leave hostnames out to take those of the listener',
        related: [{ object: listeners[0].owner, field: [...listeners[0].path, 'hostname'], note: 'the hostname of the listener' }],
      };
    }
  },
};
