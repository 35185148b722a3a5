import { rule } from '../../../../src/graph/rules/names/certificate-secret-missing';
import { linesOf } from '../../lint';
import { gateway, listener, object } from '../../objects';

const https = (name: string, more: object = {}) => gateway('a/g', [listener({ name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name, ...more }] } })]);
const secret = (id: string) => object('v1', 'Secret', id, { type: 'kubernetes.io/tls' });

test('a listener with its Secret, or with one that may be in the cluster', () => {
  expect(linesOf([https('cert'), secret('a/cert')], rule)).toEqual([]);
  expect(linesOf([https('cert')], rule)).toEqual([]);
});

test('a Secret that cert-manager makes', () => {
  const certificate = object('cert-manager.io/v1', 'Certificate', 'a/x', { spec: { secretName: 'cert' } });
  expect(linesOf([https('cert'), certificate], rule, { closed: true })).toEqual([]);
});

test('fails for a Secret that is not there', () => {
  expect(linesOf([https('cert')], rule, { closed: true })).toEqual([
    'error Gateway a/g: IGW1016 spec.listeners[0].tls.certificateRefs[0].name is "cert": names no Secret of namespace a: there is no certificate to show; '
    + 'add the Secret, or a cert-manager Certificate that makes it',
  ]);
});

test('fails for a Secret of another namespace', () => {
  expect(linesOf([https('cert'), secret('certs/cert')], rule)).toEqual([expect.stringContaining('put it into namespace a, or write namespace: certs and add a ReferenceGrant there')]);
});
