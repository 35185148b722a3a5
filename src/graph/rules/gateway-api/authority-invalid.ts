import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { Reference, ReferenceType } from '../../reference';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { keysOf } from '../../views/config-source';
import { certificateIn, dataOf, isFilledInLater } from '../../views/tls';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1806',
  title: 'the authority that certificates are checked against cannot be used',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: 'With a BackendTLSPolicy every request to the Service answers 500 or 503; with client validation no client can connect. Reasons: InvalidCACertificateRef, InvalidKind, NoValidCACertificate.',
  breaks: 'A caCertificateRef names a ConfigMap (or, where the gateway takes it, a Secret) with certificates in PEM format under the key ca.crt.',
  source: 'Gateway API, conformance tests BackendTLSPolicyInvalidCACertificateRef, BackendTLSPolicyInvalidKind and GatewayInvalidFrontendClientCertificateValidation',
  * check(graph) {
    for (const reference of graph.edges) {
      if (reference.type !== ReferenceType.CERTIFICATE || !reference.path.includes('caCertificateRefs')) continue;
      const fault = faultOf(graph, reference);
      if (fault) yield { object: reference.from, ...fault, field: [...reference.path, ...fault.field] };
    }
  },
};

function faultOf(graph: Graph, reference: Reference): Omit<Problem, 'object'> | undefined {
  const { group, kind, name, namespace, to } = reference;
  const core = group === '' && (kind === 'ConfigMap' || kind === 'Secret');
  if (!core) {
    // Gateways may take kinds of their own, but none of the core group.
    if (group !== '' && kind !== 'ConfigMap' && !graph.closed) return undefined;
    return { field: [group === '' || kind !== 'ConfigMap' ? 'kind' : 'group'], value: group === '' ? kind : `${kind}.${group}`, problem: 'is no kind that holds an authority', allowed: 'ConfigMap of the core group', fix: 'name a ConfigMap with the certificate in ca.crt', ...kind === 'ClusterTrustBundle' ? { severity: Severity.WARNING } : {} };
  }
  if (!to) {
    if (graph.presence(reference) !== 'missing' || isBundled(graph, name)) return undefined;
    const here = namesOf(graph, '', kind, namespace);
    return { field: ['name'], value: name, problem: `names no ${kind} of namespace ${namespace}`, allowed: here.length > 0 ? nearestFirst(here, name) : undefined, fix: `add the ${kind} with the certificate in ca.crt` };
  }
  return contentProblem(to);
}

/** trust-manager writes a ConfigMap of the name of the Bundle into every namespace. */
function isBundled(graph: Graph, name: string): boolean {
  return graph.find({ group: 'trust.cert-manager.io', kind: 'Bundle', name }) !== undefined;
}

function contentProblem(to: GraphObject): Omit<Problem, 'object'> | undefined {
  const keys = keysOf(to);
  if (!keys.includes('ca.crt')) {
    return { field: ['name'], value: to.name, problem: `has no key ca.crt in ${to}`, allowed: keys.length > 0 ? `ca.crt; there are ${keys.slice(0, 6).join(', ')}` : 'ca.crt', fix: 'put the certificate under ca.crt' };
  }
  const text = dataOf(to, 'ca.crt');
  if (text === undefined || isFilledInLater(text) || certificateIn(text)) return undefined;
  return {
    field: ['name'], value: to.name, problem: `has no certificate in PEM format in ca.crt of ${to}`, fix: 'put the certificate of the authority there, -----BEGIN CERTIFICATE-----',
  };
}
