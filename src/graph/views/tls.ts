import { X509Certificate } from 'node:crypto';
import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, filled, items, map, Path, text } from '../json';
import { view } from '../view';
import { GATEWAY_GROUP } from './gateways';

/** What a certificate or authority is for, apart from the certificates that listeners show. */
export enum TrustUse {
  /** A Gateway checks the certificates of its clients. */
  CLIENTS = 'clients',
  /** A Gateway shows a certificate to its backends. */
  OWN = 'own',
  /** A Gateway checks the certificates of its backends. */
  BACKENDS = 'backends',
}

export interface TrustRef {
  readonly object: GraphObject;
  readonly path: Path;
  readonly use: TrustUse;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Certificates and authorities of Gateways and BackendTLSPolicies. */
export const trustRefsOf = view((graph: Graph): readonly TrustRef[] => [
  ...graph.ofKind(GATEWAY_GROUP, 'Gateway').flatMap((object) => {
    const frontend: Path = ['spec', 'tls', 'frontend'];
    const validations: Path[] = [
      [...frontend, 'default', 'validation'],
      ...items(object.manifest, [...frontend, 'perPort']).map(({ path }) => [...path, 'tls', 'validation']),
    ];
    const own: Path = ['spec', 'tls', 'backend', 'clientCertificateRef'];
    const certificate = object.get(...own);
    return [
      ...validations.flatMap((path) => items(object.manifest, [...path, 'caCertificateRefs']).map((ref) => refOf(object, ref, TrustUse.CLIENTS))),
      ...(certificate === undefined ? [] : [refOf(object, { value: certificate, path: own }, TrustUse.OWN)]),
    ];
  }),
  ...graph.ofKind(GATEWAY_GROUP, 'BackendTLSPolicy').flatMap((object) => (
    items(object.manifest, ['spec', 'validation', 'caCertificateRefs']).map((ref) => refOf(object, ref, TrustUse.BACKENDS)))),
]);

export interface PolicyTarget {
  readonly path: Path;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly section?: string;
}

export interface BackendTlsPolicy {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly targets: readonly PolicyTarget[];
}

export const backendTlsPoliciesOf = view((graph: Graph): readonly BackendTlsPolicy[] => graph.ofKind(GATEWAY_GROUP, 'BackendTLSPolicy').map((object) => ({
  object,
  namespace: object.namespace ?? '',
  targets: items(object.manifest, ['spec', 'targetRefs']).map(({ value, path }) => {
    const { group, kind, name, sectionName } = map(value);
    return { path, group: text(group) ?? '', kind: text(kind) ?? '', name: text(name) ?? '', section: filled(sectionName) };
  }),
})));

function refOf(object: GraphObject, { value, path }: { readonly value: unknown; readonly path: Path }, use: TrustUse): TrustRef {
  const { group, kind, namespace, name } = map(value);
  return {
    object,
    path,
    use,
    group: text(group) ?? '',
    kind: filled(kind) ?? (use === TrustUse.OWN ? 'Secret' : ''),
    // A policy refers to what is next to it.
    namespace: (use === TrustUse.BACKENDS ? undefined : filled(namespace)) ?? object.namespace ?? '',
    name: text(name) ?? '',
  };
}

/** The text of a key of a Secret or ConfigMap: decoded where it is base64; undefined when it is not there or is no text. */
export function dataOf({ manifest, kind }: GraphObject, key: string): string | undefined {
  const plain = at(manifest, [kind === 'Secret' ? 'stringData' : 'data', key]);
  if (typeof plain === 'string') return plain;
  const encoded = at(manifest, [kind === 'Secret' ? 'data' : 'binaryData', key]);
  if (typeof encoded !== 'string') return undefined;
  // A placeholder that is filled in later is no base64.
  return /^[A-Za-z0-9+/\s]*(=\s*){0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64').toString('utf8') : encoded;
}

/** The first certificate of a text in PEM format. */
export function certificateIn(text: string): X509Certificate | undefined {
  return attempt(() => new X509Certificate(text));
}

/** What a secret plugin fills in later, or what is left out on purpose. */
export function isFilledInLater(text: string): boolean {
  return !text.includes('-----BEGIN') && (text.trim() === '' || /[<>{}$]|placeholder|redacted|changeme/i.test(text));
}

export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
