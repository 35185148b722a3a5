import { CertificateRef, GatewayImplementation, GatewayListener, HttpsListenerOptions, InferenceGateway } from '../../src/gateway';
import { chartsOf, idsOf, objectOf, objectsOf } from '../synth';

function chartWith(...listeners: HttpsListenerOptions[]) {
  const [chart] = chartsOf('edge');
  new InferenceGateway(chart, 'gw', {
    implementation: GatewayImplementation.istio(), listeners: listeners.map((options) => GatewayListener.https(options)),
  });
  return chart;
}

const certificatesOf = (chart: any) => objectOf(chart, 'Gateway').spec.listeners.map(({ tls }: any) => tls.certificateRefs);

test('the smallest certificate is a Secret beside the Gateway, and needs no grant', () => {
  const chart = chartWith({ certificate: CertificateRef.secret('tls') });
  expect(certificatesOf(chart)).toEqual([[{ name: 'tls' }]]);
  expect(idsOf(chart)).toEqual(['Gateway edge/gw']);
});

describe('a Secret of another namespace', () => {
  test('is granted there, by name', () => {
    const chart = chartWith({ certificate: CertificateRef.secret('wildcard', { namespace: 'certs' }) });
    expect(certificatesOf(chart)).toEqual([[{ name: 'wildcard', namespace: 'certs' }]]);
    expect(objectOf(chart, 'ReferenceGrant')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'edge-gw-certificates', namespace: 'certs' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }],
        to: [{ group: '', kind: 'Secret', name: 'wildcard' }],
      },
    });
  });

  test('is granted once for several listeners, and in each namespace', () => {
    const listener = (port: number, name: string, namespace: string) => ({
      name: `l${port}`, port, certificate: CertificateRef.secret(name, { namespace }),
    });
    const chart = chartWith(listener(1, 'a', 'x'), listener(2, 'a', 'x'), listener(3, 'b', 'x'), listener(4, 'a', 'y'));
    const grants = objectsOf(chart).filter(({ kind }) => kind === 'ReferenceGrant');
    expect(grants.map(({ metadata, spec }) => [metadata.namespace, spec.to.map(({ name }: any) => name)])).toEqual([['x', ['a', 'b']], ['y', ['a']]]);
  });

  test('may be shared by Gateways of one name in several namespaces', () => {
    const charts = chartsOf('one', 'two');
    charts.forEach((chart) => new InferenceGateway(chart, 'gw', {
      implementation: GatewayImplementation.istio(),
      listeners: [GatewayListener.https({ certificate: CertificateRef.secret('wildcard', { namespace: 'certs' }) })],
    }));
    expect(charts.map((chart) => objectOf(chart, 'ReferenceGrant').metadata.name)).toEqual(['one-gw-certificates', 'two-gw-certificates']);
  });

  test('that is the Gateway\'s own needs no grant', () => {
    expect(idsOf(chartWith({ certificate: CertificateRef.secret('tls', { namespace: 'edge' }) }))).toEqual(['Gateway edge/gw']);
  });
});

describe('cert-manager', () => {
  const hostname = 'models.example.com';

  test('is told the ClusterIssuer by an annotation, and writes a Secret named after Gateway and listener', () => {
    const chart = chartWith({ hostname, certificate: CertificateRef.certManager({ clusterIssuer: 'letsencrypt' }) });
    expect(objectOf(chart, 'Gateway').metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
    expect(certificatesOf(chart)).toEqual([[{ name: 'gw-https-tls' }]]);
    expect(idsOf(chart)).toEqual(['Gateway edge/gw']);
  });

  test('is told an Issuer of the namespace, and the name of the Secret', () => {
    const chart = chartWith({ hostname, certificate: CertificateRef.certManager({ issuer: 'local', secretName: 'mine' }) });
    expect(objectOf(chart, 'Gateway').metadata.annotations).toEqual({ 'cert-manager.io/issuer': 'local' });
    expect(certificatesOf(chart)).toEqual([[{ name: 'mine' }]]);
  });

  test('issues for several listeners of one Gateway', () => {
    const certificate = CertificateRef.certManager({ clusterIssuer: 'letsencrypt' });
    const chart = chartWith({ name: 'a', hostname: 'a.example.com', certificate }, { name: 'b', hostname: 'b.example.com', certificate });
    expect(certificatesOf(chart)).toEqual([[{ name: 'gw-a-tls' }], [{ name: 'gw-b-tls' }]]);
  });

  test('goes along with a Secret on another listener', () => {
    const chart = chartWith(
      { name: 'a', hostname: 'a.example.com', certificate: CertificateRef.secret('tls') },
      { name: 'b', hostname, certificate: CertificateRef.certManager({ issuer: 'local' }) },
    );
    expect(objectOf(chart, 'Gateway').metadata.annotations).toEqual({ 'cert-manager.io/issuer': 'local' });
  });
});

test('fails without a hostname for cert-manager', () => {
  expect(() => chartWith({ certificate: CertificateRef.certManager({ clusterIssuer: 'x' }) })).toThrow(
    'IGW401 spec.listeners[0].hostname: is needed: cert-manager issues no certificate without a host name; set `hostname`',
  );
});

test.each([{}, { issuer: 'a', clusterIssuer: 'b' }])('fails with issuers %j', (options) => {
  expect(() => chartWith({ hostname: 'a.example.com', certificate: CertificateRef.certManager(options) })).toThrow(
    `IGW401 spec.listeners[0].tls is ${JSON.stringify(options)}: must name one issuer; ` +
    'allowed: either clusterIssuer or issuer; give exactly one of the two',
  );
});

test('fails with two issuers on one Gateway', () => {
  const listener = (name: string, issuer: string) => ({ name, hostname: `${name}.example.com`, certificate: CertificateRef.certManager({ issuer }) });
  expect(() => chartWith(listener('a', 'x'), listener('b', 'y'))).toThrow(
    'IGW401 spec.listeners: name different issuers, and cert-manager takes one for each Gateway, from its annotation; ' +
    'use one issuer, or a second InferenceGateway',
  );
});

test.each(['', 'My_Secret'])('fails on a Secret named %j', (name) => {
  expect(() => chartWith({ certificate: CertificateRef.secret(name) })).toThrow(
    `IGW101 spec.listeners[0].tls.certificateRefs[0].name is ${JSON.stringify(name)}: is not a valid name here`,
  );
});
