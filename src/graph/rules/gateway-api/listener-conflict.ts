import { compare } from '../../graph';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { addTo } from '../../view';
import { Gateway, gatewaysOf, Listener } from '../../views/gateways';
import { compareAges } from '../ages';

export const rule: GraphRule = {
  code: 'IGW1803',
  title: 'two listeners of a Gateway are in conflict',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: 'One listener does not work: it has Conflicted=True with reason ProtocolConflict or HostnameConflict, and routes on it answer 404.',
  breaks: 'A port has one protocol (HTTPS and TLS go together), and a hostname on it belongs to one listener. The Gateway\'s own listeners win, then those of the ListenerSet that is older.',
  source: 'Gateway API, GEP-1713; conformance tests ListenerSetHostnameConflict and ListenerSetProtocolConflict',
  * check(graph) {
    for (const gateway of gatewaysOf(graph)) yield* problemsOf(gateway);
  },
};

/** Names decide between ListenerSets where the age is not known, as they do between those of one age. */
function* problemsOf({ object: own, listeners }: Gateway): Iterable<Problem> {
  const ports = new Map<number, Listener[]>();
  for (const listener of listeners) if (listener.port !== undefined) addTo(ports, listener.port, listener);
  for (const all of ports.values()) {
    if (all.length === 1) continue;
    const sorted = [...all].sort((a, b) => Number(a.owner !== own) - Number(b.owner !== own)
      || compareAges(a.owner, b.owner) || compare(`${a.owner.namespace}/${a.owner.name}`, `${b.owner.namespace}/${b.owner.name}`));
    const [first] = sorted;
    const hosts = new Map<string, Listener>();
    for (const listener of sorted) {
      const { owner: object, path, name, protocol, port, hostname } = listener;
      const taken = hosts.get(hostname ?? '');
      if (familyOf(first.protocol) !== familyOf(protocol)) {
        yield {
          object, field: [...path, 'protocol'], value: protocol,
          problem: `is in conflict with listener ${first.name} of ${first.owner}, which has protocol ${first.protocol} on port ${port}`,
          allowed: familyOf(first.protocol).replace('+', ', '), fix: `use another port, or the protocol of ${first.name}`,
          related: [{ object: first.owner, field: first.path, note: 'the listener that has the port' }],
        };
      } else if (taken && taken.owner !== object) {
        yield {
          object, field: hostname === undefined ? path : [...path, 'hostname'], value: hostname ?? name,
          problem: `is in conflict with listener ${taken.name} of ${taken.owner}, which has ${hostname === undefined ? 'all hostnames' : 'this hostname'} on port ${port}`,
          fix: 'use another hostname or port', related: [{ object: taken.owner, field: taken.path, note: 'the listener that has it' }],
        };
      } else {
        hosts.set(hostname ?? '', listener);
      }
    }
  }
}

function familyOf(protocol: string): string {
  return protocol === 'HTTPS' || protocol === 'TLS' ? 'HTTPS+TLS' : protocol;
}
