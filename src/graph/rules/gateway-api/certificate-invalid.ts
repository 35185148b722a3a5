import { createPrivateKey } from 'node:crypto';
import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { map, Path } from '../../json';
import { Reference, ReferenceType } from '../../reference';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { attempt, certificateIn, dataOf, isFilledInLater } from '../../views/tls';

export const rule: GraphRule = {
  code: 'IGW1805',
  title: 'a certificate of a Gateway cannot be used',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: 'TLS connections are reset. The listener has ResolvedRefs=False with reason InvalidCertificateRef and is not programmed.',
  breaks: 'A certificateRef names a Secret of the core group with a certificate in tls.crt and its private key in tls.key, both in PEM format.',
  source: 'Gateway API, conformance tests GatewayInvalidTLSConfiguration and GatewayInvalidTLSBackendConfiguration',
  * check(graph) {
    for (const reference of graph.edges) {
      if (reference.type !== ReferenceType.CERTIFICATE || reference.path.includes('caCertificateRefs')) continue;
      const problem = kindProblem(graph, reference) ?? (reference.to ? contentProblem(graph, reference.to) : undefined);
      if (problem) yield { object: reference.from, ...problem, field: [...reference.path, ...problem.field], related: reference.to ? [{ object: reference.to, field: ['data'], note: 'the Secret' }] : [] };
    }
  },
};

type Fault = Omit<Problem, 'object'>;

function kindProblem(graph: Graph, { group, kind }: Reference): Fault | undefined {
  if (group === '' && kind === 'Secret') return undefined;
  if (group === '') return { field: ['kind'], value: kind, problem: 'is no kind that holds a certificate', allowed: 'Secret', fix: 'name the Secret of the certificate' };
  if (kind === 'Secret') return { field: ['group'], value: group, problem: 'has no kind Secret', allowed: '"" (the core group)', fix: 'leave the group out' };
  // Some implementations take kinds of their own.
  return graph.closed ? { field: ['kind'], value: kind, problem: `of group ${group} is no kind that all gateways take for a certificate`, allowed: 'Secret', fix: 'name the Secret of the certificate' } : undefined;
}

/** A Secret may be used by many listeners; it is read once. */
const faults = view((_: Graph) => new Map<GraphObject, Fault | undefined>());

function contentProblem(graph: Graph, secret: GraphObject): Fault | undefined {
  const known = faults(graph);
  if (!known.has(secret)) known.set(secret, faultOf(secret));
  return known.get(secret);
}

function faultOf(secret: GraphObject): Fault | undefined {
  const { data, stringData } = secret.manifest;
  // Without any data and type it is filled in by something else.
  if (data === undefined && stringData === undefined) return undefined;
  const field: Path = ['name'];
  const value = secret.name;
  const keys = [...Object.keys(map(data)), ...Object.keys(map(stringData))];
  const missing = ['tls.crt', 'tls.key'].filter((key) => !keys.includes(key));
  if (missing.length > 0) {
    return { field, value, problem: `has no ${missing.join(' and no ')}`, allowed: keys.length > 0 ? `tls.crt, tls.key; the Secret has ${keys.slice(0, 6).join(', ')}` : 'tls.crt, tls.key', fix: 'give the Secret the certificate and its key, for example with kubectl create secret tls' };
  }
  const [certificate, key] = ['tls.crt', 'tls.key'].map((one) => dataOf(secret, one));
  if (certificate === undefined || key === undefined || isFilledInLater(certificate)) return undefined;
  const parsed = certificateIn(certificate);
  if (!parsed) return { field, value, problem: 'has no certificate in PEM format in tls.crt', fix: 'put the certificate there, -----BEGIN CERTIFICATE-----' };
  if (isFilledInLater(key)) return undefined;
  const privateKey = attempt(() => createPrivateKey(key));
  if (!privateKey) return { field, value, problem: 'has no private key in PEM format in tls.key', fix: 'put the key there, -----BEGIN PRIVATE KEY-----, without a passphrase' };
  return parsed.checkPrivateKey(privateKey) ? undefined : { field, value, problem: 'has a key in tls.key that does not belong to the certificate in tls.crt', fix: 'put both from the same pair there' };
}
