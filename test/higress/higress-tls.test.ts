import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GpuStackRelease, GpuStackUpstream, HigressPlugins, HigressPluginsProps, HigressTls, Ownership, SecretText } from '../../src';
import { warningsOf } from '../../src/core';
import { chartsOf, objectOf, objectsOf } from '../synth';
import { CERTIFICATE, OTHER_KEY, PRIVATE_KEY } from './pem';

const token = SecretText.placeholder('<path:gpustack#token>');
const externalUrl = 'https://gpustack.example.com';

function gateway(tls: HigressTls, props: Partial<HigressPluginsProps> = {}): { plugins: HigressPlugins; chart: ReturnType<typeof chartsOf>[number] } {
  const [chart] = chartsOf('higress-system');
  const plugins = new HigressPlugins(chart, 'gpustack', {
    release: GpuStackRelease.REFERENCE, upstream: GpuStackUpstream.embedded(), ownership: Ownership.GITOPS, token, externalUrl, tls, ...props,
  });
  return { plugins, chart };
}

const pem = (privateKey: string, certificate = CERTIFICATE) => HigressTls.pem({ certificate, privateKey: SecretText.unsafePlainText(privateKey) });

test('the smallest certificate: a Secret that is there', () => {
  const { plugins, chart } = gateway(HigressTls.secret('edge-tls'));
  expect(objectsOf(chart).some(({ kind }) => kind === 'Secret')).toBe(false);
  expect(plugins.tlsSecretName).toBe('edge-tls');
  const ingress = objectOf(chart, 'Ingress');
  expect(ingress.spec.tls).toEqual([{ hosts: ['gpustack.example.com'], secretName: 'edge-tls' }]);
  // GPUStack knows nothing of the certificate and would take it out again.
  expect(ingress.metadata.labels).toBeUndefined();
});

test('cert-manager issues a certificate for the host', () => {
  const { plugins, chart } = gateway(HigressTls.certManager({ clusterIssuer: 'letsencrypt' }));
  expect(plugins.certificate?.name).toBe('gpustack-tls-gpustack-example-com');
  expect(objectOf(chart, 'Certificate')).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'gpustack-tls-gpustack-example-com', namespace: 'higress-system' },
    spec: {
      secretName: 'gpustack-tls-gpustack-example-com',
      dnsNames: ['gpustack.example.com'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
    },
  });
});

test('a pair in PEM format is what GPUStack would write, with a warning about the key', () => {
  const { plugins, chart } = gateway(pem(PRIVATE_KEY));
  const secret = objectOf(chart, 'Secret');
  expect(plugins.tlsSecret?.name).toBe('gpustack-tls-gpustack-example-com');
  expect(secret.type).toBe('kubernetes.io/tls');
  expect(Buffer.from(secret.data['tls.crt'], 'base64').toString()).toBe(CERTIFICATE);
  expect(Buffer.from(secret.data['tls.key'], 'base64').toString()).toBe(PRIVATE_KEY);
  expect(objectOf(chart, 'Ingress').metadata.labels).toEqual({ 'gpustack.ai/managed': 'true' });
  expect(warningsOf(chart)).toEqual([expect.stringMatching(/IGW701 tls.privateKey: is a secret in plain text/)]);
});

test('a key that a tool fills in is no base64', () => {
  const { chart } = gateway(HigressTls.pem({ certificate: CERTIFICATE, privateKey: SecretText.placeholder('<path:gpustack#tls-key>') }));
  const { data, stringData } = objectOf(chart, 'Secret');
  expect([Object.keys(data), stringData]).toEqual([['tls.crt'], { 'tls.key': '<path:gpustack#tls-key>' }]);
  expect(warningsOf(chart)).toEqual([]);
});

test('without a host the Secret is the default one, and the certificate any', () => {
  const { chart } = gateway(pem(PRIVATE_KEY), { externalUrl: 'https://198.51.100.7' });
  expect(objectOf(chart, 'Ingress').spec.tls).toEqual([{ secretName: 'gpustack-tls-default' }]);
});

test('a host below a wildcard of the certificate is one of its hosts', () => {
  expect(() => gateway(pem(PRIVATE_KEY), { externalUrl: 'https://llm.apps.example.com' })).not.toThrow();
});

test('what is no certificate is taken when nobody is to look', () => {
  const { chart } = gateway(HigressTls.unsafeUnchecked({ certificate: 'none', privateKey: SecretText.unsafePlainText('none') }));
  expect(objectOf(chart, 'Secret').data['tls.crt']).toBe(Buffer.from('none').toString('base64'));
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are read at synth', () => {
    const tls = HigressTls.unsafePemFiles({ certificate: file('tls.crt', CERTIFICATE), privateKey: file('tls.key', PRIVATE_KEY) });
    expect(objectOf(gateway(tls).chart, 'Secret').data).toEqual(objectOf(gateway(pem(PRIVATE_KEY)).chart, 'Secret').data);
  });

  test('fails for files that are not there', () => {
    const tls = HigressTls.unsafePemFiles({ certificate: join(folder, 'a.crt'), privateKey: folder });
    expect(() => gateway(tls)).toThrow(/2 mistakes[^]*IGW736 tls.certificate is ".*a\.crt": is not a file[^]*IGW736 tls.privateKey/);
  });
});

describe('checks', () => {
  afterEach(() => {
    jest.useRealTimers();
  });
  const at = (date: string) => jest.useFakeTimers({ now: new Date(date), doNotFake: ['nextTick', 'setImmediate'] });

  test('fails for the key of another certificate', () => {
    expect(() => gateway(pem(OTHER_KEY))).toThrow(/IGW736 tls.privateKey: does not belong to the certificate; give the key/);
  });

  test('fails for a host that the certificate does not name', () => {
    expect(() => gateway(pem(PRIVATE_KEY), { externalUrl: 'https://other.example.com' }))
      .toThrow(/IGW736 externalUrl is "other.example.com".*allowed: DNS:gpustack.example.com, DNS:\*\.apps\.example\.com/);
  });

  test('fails for a certificate that expired', () => {
    at('2130-01-01');
    expect(() => gateway(pem(PRIVATE_KEY))).toThrow(/IGW736 tls.certificate: expired on Jan .*2124 GMT; renew the certificate/);
  });

  test('fails for a certificate that is not valid yet', () => {
    at('2020-01-01');
    expect(() => gateway(pem(PRIVATE_KEY))).toThrow(/IGW736 tls.certificate: is not valid before Jan .*2024 GMT/);
  });

  test('fails for what is no certificate, and no key', () => {
    expect(() => gateway(pem(PRIVATE_KEY, 'none'))).toThrow(/IGW736 tls.certificate: is not a certificate/);
    expect(() => gateway(pem('none'))).toThrow(/IGW736 tls.privateKey: is not a private key without a passphrase/);
  });

  test('fails without showing the key', () => {
    expect(() => gateway(pem('super-secret'))).not.toThrow(/super-secret/);
  });

  test('fails for a key by reference: nothing resolves one in a Secret', () => {
    expect(() => gateway(HigressTls.pem({ certificate: CERTIFICATE, privateKey: SecretText.fromSecret('a', 'b') }))).toThrow(/IGW702 tls.privateKey: refers to a Secret/);
  });

  test('fails for names that nothing can have', () => {
    expect(() => gateway(HigressTls.secret('Edge TLS'))).toThrow(/IGW101 tls.secretName is "Edge TLS"/);
    expect(() => gateway(HigressTls.certManager({ issuer: 'My CA', secretName: 'a_b' }))).toThrow(/2 mistakes[^]*IGW101 tls.secretName is "a_b"[^]*IGW101 tls.issuer is "My CA"/);
    expect(() => gateway(HigressTls.certManager({ issuer: 'ca' }), { externalUrl: 'https://*.example.com' })).toThrow(/IGW101 tls.secretName is "gpustack-tls-\*-example-com"/);
    const externalUrl = `https://${Array(4).fill('a'.repeat(61)).join('.')}`;
    expect(() => gateway(HigressTls.certManager({ clusterIssuer: 'a' }), { externalUrl })).toThrow(/IGW102 tls.secretName is "gpustack-tls-a+-/);
  });

  test('fails for a certificate that nobody issues, or for no host', () => {
    expect(() => gateway(HigressTls.certManager({}))).toThrow(/IGW736 tls: names no issuer; allowed: one of clusterIssuer, issuer/);
    expect(() => gateway(HigressTls.certManager({ issuer: 'a', clusterIssuer: 'b' }))).toThrow(/IGW736 tls: names two issuers/);
    expect(() => gateway(HigressTls.certManager({ issuer: 'a' }), { externalUrl: undefined })).toThrow(/IGW736 tls: is issued for a host name, and there is none/);
  });
});
