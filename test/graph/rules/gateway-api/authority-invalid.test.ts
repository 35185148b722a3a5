import { rule } from '../../../../src/graph/rules/gateway-api/authority-invalid';
import { selfSigned } from '../../../certificate';
import { linesOf } from '../../lint';
import { gateway, listener, object } from '../../objects';

const policy = (ref: object) => object('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', 'a/p', { spec: { validation: { caCertificateRefs: [ref] } } });
const own = { group: '', kind: 'ConfigMap', name: 'ca' };
const authority = (data: object) => object('v1', 'ConfigMap', 'a/ca', { data });

test('a ConfigMap with a certificate, or one that may be in the cluster', () => {
  expect(linesOf([policy(own), authority({ 'ca.crt': selfSigned('authority').certificate })], rule)).toEqual([]);
  expect(linesOf([policy(own)], rule)).toEqual([]);
});

test('a ConfigMap that trust-manager writes', () => {
  expect(linesOf([policy(own), object('trust.cert-manager.io/v1alpha1', 'Bundle', 'ca')], rule, { closed: true })).toEqual([]);
});

test('fails for a kind that holds none, and for what is missing', () => {
  expect(linesOf([policy({ group: '', kind: 'Service', name: 'ca' })], rule)).toEqual([expect.stringContaining('caCertificateRefs[0].kind is "Service": is no kind that holds an authority; allowed: ConfigMap of the core group')]);
  expect(linesOf([policy(own)], rule, { closed: true })).toEqual([expect.stringContaining('caCertificateRefs[0].name is "ca": names no ConfigMap of namespace a; add the ConfigMap with the certificate in ca.crt')]);
});

test('fails for a ConfigMap without ca.crt, or without a certificate in it', () => {
  expect(linesOf([policy(own), authority({ 'tls.crt': 'x' })], rule)).toEqual([expect.stringContaining('has no key ca.crt in ConfigMap a/ca; allowed: ca.crt; there are tls.crt')]);
  expect(linesOf([policy(own), authority({ 'ca.crt': 'Hello world' })], rule)).toEqual([expect.stringContaining('has no certificate in PEM format in ca.crt of ConfigMap a/ca')]);
});

test('fails for the validation of clients', () => {
  const frontend = { perPort: [{ port: 443, tls: { validation: { caCertificateRefs: [{ group: '', kind: 'Service', name: 'x' }] } } }] };
  expect(linesOf([gateway('a/g', [listener()], { tls: { frontend } })], rule)).toEqual([expect.stringContaining('spec.tls.frontend.perPort[0].tls.validation.caCertificateRefs[0].kind is "Service"')]);
});

test('fails softly for a kind that some gateways take', () => {
  expect(linesOf([policy({ group: '', kind: 'ClusterTrustBundle', name: 'ca' })], rule)).toEqual([expect.stringMatching(/^warning .*kind is "ClusterTrustBundle"/)]);
});
