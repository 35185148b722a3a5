import { checkObjectName, Manifest, Mistake, readTextFiles } from '../core';
import { tlsSecretName } from './gpustack-plan';
import { HigressTls, PemTextOptions } from './higress-tls';
import { MANAGED } from './manifests/mirror-ingress-manifest';
import { SecretText } from './secret-text';
import { checkPem } from './validation/check-pem';

/** The certificate of a gateway, as objects. */
export interface TlsPlan {
  readonly secretName: string;
  /** What is rendered: a Secret, a Certificate, or nothing. */
  readonly manifest?: Manifest;
  /** The key in the Secret, for the warning about plain text. */
  readonly privateKey?: SecretText;
  /** Whether GPUStack, given the same files, would write the same. */
  readonly asGpuStack: boolean;
  readonly mistakes: readonly Mistake[];
}

export function planTls(tls: HigressTls, hostname: string | undefined, namespace: string): TlsPlan {
  const { secretName = tlsSecretName(hostname), issuer, files, pem, checked = false } = tls._source;
  const mistakes = checkObjectName('tls.secretName', secretName);
  if (tls._kind === 'secret') return { secretName, asGpuStack: false, mistakes };
  if (tls._kind === 'certManager') {
    const manifest = certificateManifest(secretName, namespace, hostname, issuer!);
    return { secretName, asGpuStack: false, manifest, mistakes: [...mistakes, ...checkIssuer(hostname, issuer!)] };
  }
  const read = (field: string, path: string): string => {
    const [file, ...others] = readTextFiles(path);
    if (file.text !== undefined && others.length === 0) return file.text;
    const { problem = 'is a folder', fix = 'write the path of the file' } = file;
    mistakes.push({ code: 'IGW736', field, value: path, problem, fix });
    return '';
  };
  const text: PemTextOptions = pem ?? {
    certificate: read('tls.certificate', files!.certificate),
    privateKey: SecretText.unsafePlainText(read('tls.privateKey', files!.privateKey)),
  };
  if (mistakes.length === 0) mistakes.push(...checkPem(text, checked ? { hostname } : undefined));
  return { secretName, asGpuStack: true, manifest: secretManifest(secretName, namespace, text), privateKey: text.privateKey, mistakes };
}

function secretManifest(name: string, namespace: string, { certificate, privateKey }: PemTextOptions): Manifest {
  const inPlainText = privateKey._kind === 'plain';
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: { ...MANAGED } },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificate), ...(inPlainText ? { 'tls.key': base64(privateKey._text) } : {}) },
    // What fills a placeholder in knows nothing of base64.
    ...(inPlainText ? {} : { stringData: { 'tls.key': privateKey._text } }),
  };
}

function certificateManifest(
  secretName: string, namespace: string, hostname: string | undefined, { clusterIssuer, issuer }: { clusterIssuer?: string; issuer?: string },
): Manifest {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: secretName, namespace },
    spec: {
      secretName,
      dnsNames: [hostname],
      issuerRef: { group: 'cert-manager.io', kind: clusterIssuer === undefined ? 'Issuer' : 'ClusterIssuer', name: clusterIssuer ?? issuer },
    },
  };
}

function checkIssuer(hostname: string | undefined, { clusterIssuer, issuer }: { clusterIssuer?: string; issuer?: string }): Mistake[] {
  const mistakes: Mistake[] = [];
  if (hostname === undefined) {
    mistakes.push({ code: 'IGW736', field: 'tls', problem: 'is issued for a host name, and there is none', fix: 'set `externalUrl` to a URL with a host name' });
  }
  if ((clusterIssuer === undefined) === (issuer === undefined)) {
    const problem = issuer === undefined ? 'names no issuer' : 'names two issuers';
    mistakes.push({ code: 'IGW736', field: 'tls', problem, allowed: 'one of clusterIssuer, issuer', fix: 'name one issuer' });
  }
  const names = Object.entries({ clusterIssuer, issuer }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return [...mistakes, ...names.flatMap(([field, name]) => checkObjectName(`tls.${field}`, name))];
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
