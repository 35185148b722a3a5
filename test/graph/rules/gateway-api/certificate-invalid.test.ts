import { generateKeyPairSync } from 'node:crypto';
import { rule } from '../../../../src/graph/rules/gateway-api/certificate-invalid';
import { selfSigned } from '../../../certificate';
import { linesOf } from '../../lint';
import { gateway, listener, object } from '../../objects';

const tls = (ref: object) => gateway('a/g', [listener({ protocol: 'HTTPS', tls: { certificateRefs: [ref] } })]);
const secret = (rest: object) => object('v1', 'Secret', 'a/cert', rest);
const { certificate, privateKey } = selfSigned('models.example.com');
const pair = (crt: string, key: string) => [tls({ name: 'cert' }), secret({ stringData: { 'tls.crt': crt, 'tls.key': key } })];

test('a Secret with a certificate and its key, in plain or in base64', () => {
  expect(linesOf(pair(certificate, privateKey), rule)).toEqual([]);
  const data = { 'tls.crt': Buffer.from(certificate).toString('base64'), 'tls.key': Buffer.from(privateKey).toString('base64') };
  expect(linesOf([tls({ name: 'cert' }), secret({ data })], rule)).toEqual([]);
});

test('what is filled in later, or is in the cluster', () => {
  expect(linesOf(pair('<path:certs#crt>', '<path:certs#key>'), rule)).toEqual([]);
  expect(linesOf([tls({ name: 'cert' })], rule)).toEqual([]);
  expect(linesOf([tls({ name: 'cert' }), secret({})], rule)).toEqual([]);
});

test.each([
  [{ group: '', kind: 'ConfigMap', name: 'cert' }, 'certificateRefs[0].kind is "ConfigMap": is no kind that holds a certificate; allowed: Secret'],
  [{ group: 'v1', kind: 'Secret', name: 'cert' }, 'certificateRefs[0].group is "v1": has no kind Secret'],
])('fails for %j', (ref, message) => {
  expect(linesOf([tls(ref)], rule)).toEqual([expect.stringContaining(message)]);
});

test('fails without the key, for what is no PEM, and for the key of another certificate', () => {
  expect(linesOf([tls({ name: 'cert' }), secret({ data: { 'tls.crt': 'YQ==' } })], rule)).toEqual([expect.stringContaining('name is "cert": has no tls.key; allowed: tls.crt, tls.key; the Secret has tls.crt')]);
  expect(linesOf(pair('Hello world', 'Hello world'), rule)).toEqual([expect.stringContaining('has no certificate in PEM format in tls.crt')]);
  expect(linesOf(pair(certificate, 'Hello world'), rule)).toEqual([expect.stringContaining('has no private key in PEM format in tls.key')]);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(linesOf(pair(certificate, other), rule)).toEqual([expect.stringContaining('has a key in tls.key that does not belong to the certificate in tls.crt')]);
});

test('fails for the certificate that a Gateway shows its backends', () => {
  const own = gateway('a/g', [listener()], { tls: { backend: { clientCertificateRef: { kind: 'Service', name: 'cert' } } } });
  expect(linesOf([own], rule)).toEqual([expect.stringContaining('spec.tls.backend.clientCertificateRef.kind is "Service": is no kind that holds a certificate')]);
});
