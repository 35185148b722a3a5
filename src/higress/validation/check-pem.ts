import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import type { Mistake } from '../../core';
import type { PemTextOptions } from '../higress-tls';
import { checkSecrets } from '../secrets';

/** What is wrong with a certificate and its key: for a host when one is given, and without looking into them when `checks` is undefined. */
export function checkPem({ certificate, privateKey }: PemTextOptions, checks: { readonly hostname?: string } | undefined): Mistake[] {
  const mistakes = checkSecrets('tls.privateKey', privateKey, { references: false });
  if (mistakes.length > 0 || checks === undefined) return mistakes;
  const parsed = parse(() => new X509Certificate(certificate));
  if (typeof parsed === 'string') {
    return [mistake('tls.certificate', `is not a certificate: ${parsed}`, 'give a certificate in PEM format, `-----BEGIN CERTIFICATE-----`')];
  }
  mistakes.push(...checkCertificate(parsed, checks.hostname));
  if (privateKey._kind === 'plain') mistakes.push(...checkKey(parsed, privateKey._text));
  return mistakes;
}

function checkCertificate(certificate: X509Certificate, hostname: string | undefined): Mistake[] {
  const mistakes: Mistake[] = [];
  const now = Date.now();
  if (Date.parse(certificate.validTo) < now) mistakes.push(mistake('tls.certificate', `expired on ${certificate.validTo}`, 'renew the certificate'));
  if (Date.parse(certificate.validFrom) > now) {
    mistakes.push(mistake('tls.certificate', `is not valid before ${certificate.validFrom}`, 'use a certificate that is valid'));
  }
  if (hostname !== undefined && certificate.checkHost(hostname) === undefined) {
    mistakes.push({
      code: 'IGW736',
      field: 'externalUrl',
      value: hostname,
      problem: 'has a host that the certificate does not name',
      allowed: certificate.subjectAltName ?? certificate.subject,
      fix: 'use a certificate for this host, or the host of the certificate',
    });
  }
  return mistakes;
}

function checkKey(certificate: X509Certificate, privateKey: string): Mistake[] {
  const key = parse<KeyObject>(() => createPrivateKey(privateKey));
  // What OpenSSL says of a broken key holds nothing of it, and little that helps.
  if (typeof key === 'string') return [mistake('tls.privateKey', 'is not a private key without a passphrase', 'give the key in PEM format, `-----BEGIN PRIVATE KEY-----`')];
  return certificate.checkPrivateKey(key) ? [] : [mistake('tls.privateKey', 'does not belong to the certificate', 'give the key that the certificate was made with')];
}

function parse<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return (error as Error).message;
  }
}

function mistake(field: string, problem: string, fix: string): Mistake {
  return { code: 'IGW736', field, problem, fix };
}
