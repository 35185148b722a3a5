import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { addTo } from '../../view';
import { Gateway, Listener, listenersByOwner } from '../../views/gateways';

export const rule: GraphRule = {
  code: 'IGW1802',
  title: 'the API server refuses a listener',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: '`kubectl apply` fails with the message of a validation rule, such as "tls must not be specified for protocols [\'HTTP\', \'TCP\', \'UDP\']".',
  breaks: 'Protocol, TLS and hostname of a listener have to fit each other, and its name has to be its own.',
  source: 'Gateway API 1.5, validation rules of Gateway and ListenerSet',
  * check(graph) {
    for (const listeners of listenersByOwner(graph)) {
      for (const listener of listeners) yield* problemsOf(listener);
      yield* repeated(listeners);
    }
  },
};

function* problemsOf({ owner: object, gateway, path, protocol, tlsMode, hostname, certificates }: Listener): Iterable<Problem> {
  const tls = [...path, 'tls'];
  const plain = protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP';
  if (plain && tlsMode !== undefined) {
    yield { object, field: tls, problem: `is not possible with protocol ${protocol}`, fix: `leave it out, or set protocol: ${protocol === 'HTTP' ? 'HTTPS' : 'TLS'}` };
    return;
  }
  if (protocol === 'HTTPS' && tlsMode !== undefined && tlsMode !== 'Terminate') {
    yield { object, field: [...tls, 'mode'], value: tlsMode, problem: 'is not possible with protocol HTTPS', allowed: 'Terminate', fix: 'set protocol: TLS to pass connections through' };
  }
  if (protocol === 'TLS' && tlsMode === undefined) {
    yield { object, field: [...tls, 'mode'], problem: 'is missing: protocol TLS does not say who ends TLS', allowed: 'Terminate, Passthrough', fix: 'write tls.mode' };
  }
  if ((protocol === 'TCP' || protocol === 'UDP') && hostname !== undefined) {
    yield { object, field: [...path, 'hostname'], value: hostname, problem: `is not possible with protocol ${protocol}, which carries no hostname`, fix: 'leave it out' };
  }
  const options = object.get(...tls, 'options');
  const hasOptions = typeof options === 'object' && options !== null && Object.keys(options).length > 0;
  if (tlsMode === 'Terminate' && certificates.length === 0 && !hasOptions) {
    yield { object, field: [...tls, 'certificateRefs'], problem: 'is missing: the listener has no certificate to show', fix: 'name the Secret of the certificate' };
  } else if (protocol === 'HTTPS' && tlsMode === undefined) {
    yield {
      object, field: tls, problem: 'is missing: a listener with protocol HTTPS has no certificate to show', fix: 'name the Secret of the certificate in tls.certificateRefs', severity: hasOtherWay(gateway) ? Severity.WARNING : undefined,
    };
  }
}

/** GKE takes certificates from an annotation, and of others nothing is known. */
function hasOtherWay(gateway: Gateway | undefined): boolean {
  return !gateway?.known || gateway.className.startsWith('gke-') || gateway.object.annotations.has('networking.gke.io/certmap');
}

function* repeated(listeners: readonly Listener[]): Iterable<Problem> {
  const names = new Map<string, Listener[]>();
  const places = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const { name, port, protocol, hostname } = listener;
    if (name !== '') addTo(names, name, listener);
    if (port !== undefined) addTo(places, JSON.stringify([port, protocol, hostname ?? '']), listener);
  }
  for (const same of names.values()) {
    for (const { owner: object, path, name } of same.slice(1)) {
      yield { object, field: [...path, 'name'], value: name, problem: `is the name of another listener of ${object}`, fix: 'give every listener a name of its own' };
    }
  }
  for (const same of places.values()) {
    for (const { owner: object, path, port, protocol, hostname } of same.slice(1)) {
      yield {
        object, field: path, value: `${protocol} ${port}${hostname === undefined ? '' : ` ${hostname}`}`,
        problem: `is the port, protocol and hostname of listener ${same[0].name} as well`, fix: 'leave one out, or change its port or hostname',
      };
    }
  }
}
