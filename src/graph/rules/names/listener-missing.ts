import { GraphRule, RuleFamily, Severity } from '../../rule';
import { Attachment, routesOf } from '../../views/routes';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1008',
  title: 'a route names a listener that its Gateway does not have',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'Every request of the route answers 404. The route has Accepted=False with reason NoMatchingParent.',
  breaks: 'sectionName is the name of a listener and port its port; a route that names both needs one listener that has both.',
  source: 'Gateway API, ParentReference; conformance tests of HTTPRoutes with a parentRef that matches no listener',
  * check(graph) {
    for (const { object, attachments } of routesOf(graph)) {
      for (const attachment of attachments) {
        const { ref, candidates } = attachment;
        const listeners = listenersOf(attachment);
        if (!listeners || candidates.length > 0) continue;
        const byName = ref.sectionName !== undefined && listeners.every(({ name }) => name !== ref.sectionName);
        const bySection = byName || ref.port === undefined;
        const where = `${ref.kind} ${ref.namespace}/${ref.name}`;
        const named = listeners.find(({ name }) => name === ref.sectionName);
        yield {
          object,
          field: [...ref.path, bySection ? 'sectionName' : 'port'],
          value: bySection ? ref.sectionName : ref.port,
          problem: `is ${named ? `not the port of listener ${named.name}` : bySection ? 'no listener' : 'the port of no listener'} of ${where}: no request reaches the route that way`,
          allowed: bySection
            ? nearestFirst(listeners.map(({ name }) => name), ref.sectionName ?? '')
            : [...new Set((named ? [named] : listeners).map(({ port }) => port))].join(', '),
          fix: bySection ? 'name a listener, or leave sectionName out to attach to all of them' : 'name the port of the listener, or leave it out',
          related: [{ object: listeners[0].owner, field: ['spec', 'listeners'], note: 'the listeners there are' }],
        };
      }
    }
  },
};

/** The listeners that a route could attach to, when they are known. */
function listenersOf({ ref, gateway, listenerSet, found }: Attachment): Attachment['candidates'] | undefined {
  if (!found || (ref.sectionName === undefined && ref.port === undefined)) return undefined;
  const listeners = listenerSet?.listeners ?? gateway?.own ?? [];
  return listeners.length > 0 ? listeners : undefined;
}
