import { distance } from '../../presence';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { Listener, listenersByOwner } from '../../views/gateways';

/** Of the Gateway API, and HBONE, which ambient meshes take. */
const PROTOCOLS = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];
const OTHERS = new Set(['HBONE']);

export const rule: GraphRule = {
  code: 'IGW1809',
  title: 'a listener has a protocol that gateways do not know',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: 'The listener has Accepted=False with reason UnsupportedProtocol. Nothing listens on its port, and no route is attached to it.',
  breaks: 'The API server takes any word for a protocol, since implementations may add their own, with a domain before it. Words are compared with capital and small letters.',
  source: 'Gateway API, ProtocolType and ListenerReasonUnsupportedProtocol',
  * check(graph) {
    for (const listener of listenersByOwner(graph).flat()) {
      const problem = problemOf(listener);
      if (problem) yield problem;
    }
  },
};

function problemOf({ owner: object, path, protocol }: Listener): Problem | undefined {
  if (protocol === '' || PROTOCOLS.includes(protocol) || OTHERS.has(protocol) || protocol.includes('/') || /[${}<>]/.test(protocol)) return undefined;
  const capitals = protocol.toUpperCase().slice(0, 20);
  const meant = PROTOCOLS.find((one) => one === capitals) ?? PROTOCOLS.find((one) => distance(one, capitals) === 1);
  return {
    object,
    field: [...path, 'protocol'],
    value: protocol,
    problem: 'is no protocol that gateways know: the listener is not programmed',
    allowed: PROTOCOLS.join(', '),
    fix: `write ${meant ?? 'one of these'}`,
    severity: meant ? Severity.ERROR : Severity.WARNING,
  };
}
