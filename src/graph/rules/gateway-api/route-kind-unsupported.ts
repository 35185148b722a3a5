import { GraphRule, RuleFamily, Severity } from '../../rule';
import { GATEWAY_GROUP, Listener, listenersByOwner } from '../../views/gateways';

export const rule: GraphRule = {
  code: 'IGW1804',
  title: 'a listener allows a kind of route that it cannot have',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: 'The listener has ResolvedRefs=False with reason InvalidRouteKinds. When no other kind is named, every request answers 404.',
  breaks: 'The protocol of a listener decides what it can carry: HTTP and HTTPS take HTTPRoute and GRPCRoute, TLS takes TLSRoute (and TCPRoute when it ends TLS).',
  source: 'Gateway API, conformance tests GatewayInvalidRouteKind and TLSRouteListenerPassthroughSupportedKinds',
  * check(graph) {
    for (const listener of listenersByOwner(graph).flat()) {
      const able = kindsOf(listener);
      if (!able) continue;
      for (const { group, kind, path } of listener.namedKinds ?? []) {
        if (group === GATEWAY_GROUP ? able.includes(kind) : !able.includes(kind) && !graph.closed) continue;
        const wrongGroup = able.includes(kind);
        yield {
          object: listener.owner,
          field: [...path, wrongGroup ? 'group' : 'kind'],
          value: wrongGroup ? group : kind,
          problem: wrongGroup ? `has no kind ${kind}` : `is no kind of route that listener ${listener.name} with protocol ${listener.protocol} can have`,
          allowed: wrongGroup ? GATEWAY_GROUP : able.join(', '),
          fix: wrongGroup ? 'leave the group out' : 'name a kind that fits the protocol, or leave kinds out to allow all that do',
        };
      }
    }
  },
};

const KINDS: Readonly<Record<string, readonly string[]>> = { HTTP: ['HTTPRoute', 'GRPCRoute'], HTTPS: ['HTTPRoute', 'GRPCRoute'], TCP: ['TCPRoute'], UDP: ['UDPRoute'] };

/** Nothing is known of protocols that an implementation brings. */
function kindsOf({ protocol, tlsMode }: Listener): readonly string[] | undefined {
  if (protocol === 'TLS') return tlsMode === 'Passthrough' ? ['TLSRoute'] : ['TLSRoute', 'TCPRoute'];
  return Object.hasOwn(KINDS, protocol) ? KINDS[protocol] : undefined;
}
