import { App, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { AirunwayApi } from '../../src/core';
import { AllowedRoutes, GatewayImplementation, GatewayManifestOptions, InferenceGateway } from '../../src/gateway';
import { chartsOf, objectOf, objectsOf, stderrOf } from '../synth';

const smallest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gw', namespace: 'edge' },
  spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] },
};

const full = {
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'Gateway',
  metadata: {
    name: 'gw',
    namespace: 'edge',
    labels: { 'airunway.ai/inference-gateway': 'true' },
    annotations: { 'cert-manager.io/issuer': 'local' },
    finalizers: ['example.com/wait'],
    resourceVersion: '42',
  },
  spec: {
    gatewayClassName: 'istio',
    addresses: [{ type: 'IPAddress', value: '10.0.0.1' }],
    infrastructure: { labels: {}, parametersRef: { group: '', kind: 'ConfigMap', name: 'x' } },
    listeners: [
      { name: 'tls', protocol: 'TLS', port: 8443, tls: { mode: 'Passthrough' }, allowedRoutes: { kinds: [{ kind: 'TLSRoute' }] } },
      { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { tenant: 'ml' } } } } },
    ],
    somethingNew: { deep: [1, 'two', { three: false }] },
  },
  status: { addresses: [] },
};

function read(manifest: any, options?: GatewayManifestOptions, chart = Testing.chart()): InferenceGateway {
  return InferenceGateway.fromManifest(chart, 'gw', manifest, options);
}

test('the smallest manifest comes back as it is', () => {
  const chart = Testing.chart();
  const gateway = read(smallest, {}, chart);
  expect(objectsOf(chart)).toEqual([smallest]);
  expect(gateway).toMatchObject({ gatewayName: 'gw', gatewayNamespace: 'edge', airunwayApi: AirunwayApi.AIRUNWAY });
});

describe('the round trip', () => {
  test('keeps every field, known or not', () => {
    expect(read(full).gateway.toJson()).toEqual(full);
  });

  test('keeps its own copy, and leaves the manifest alone', () => {
    const manifest = structuredClone(full);
    const chart = Testing.chart();
    const gateway = read(manifest, { allowedRoutes: AllowedRoutes.attached() }, chart);
    gateway.attach(chart, { namespace: 'team-a' });
    gateway.addBodyBasedRouter({ namespace: 'bbr' });
    objectsOf(chart);
    expect(manifest).toEqual(full);
    manifest.spec.gatewayClassName = 'other';
    expect(gateway.gateway.toJson().spec.gatewayClassName).toBe('istio');
  });

  test('adds nothing when routes attach, since an administrator owns the field', () => {
    const gateway = read(smallest);
    gateway.attach(gateway, { namespace: 'team-a', modelName: 'a' });
    expect(gateway.gateway.toJson()).toEqual(smallest);
  });

  test('is lossless for any listeners and fields', () => {
    const word = fc.oneof(fc.constantFrom('value', 'resolve', 'listeners', 'type'), fc.stringMatching(/^[a-z]{1,6}$/));
    // No null: cdk8s drops it.
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 }, fc.string(), fc.integer(), fc.boolean(), fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(word, tie('json'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    // Not the fields of a listener: their types are checked.
    const field = fc.oneof(fc.constantFrom('value', 'resolve'), fc.stringMatching(/^x[a-z]{0,5}$/));
    const fields = fc.dictionary(field, json, { maxKeys: 4, noNullPrototype: true });
    const labels = fc.dictionary(word, fc.string(), { minKeys: 1, maxKeys: 3, noNullPrototype: true });
    fc.assert(fc.property(labels, labels, fields, fc.array(fields, { maxLength: 3 }), (labelled, annotations, extra, listeners) => {
      const metadata = { ...smallest.metadata, labels: labelled, annotations };
      const manifest = { ...smallest, metadata, spec: { ...smallest.spec, ...extra, listeners }, status: extra };
      expect(read(manifest).gateway.toJson()).toEqual(manifest);
    }), { numRuns: 60 });
  });
});

describe('the namespace', () => {
  const { namespace, ...metadata } = smallest.metadata;
  const without = { ...smallest, metadata };

  test('is the chart\'s when the manifest names none', () => {
    const [chart] = chartsOf('platform');
    expect(read(without, {}, chart).gatewayNamespace).toBe('platform');
    expect(objectOf(chart, 'Gateway').metadata.namespace).toBe('platform');
  });

  test('stays open when the chart has none either', () => {
    const gateway = read(without);
    expect(gateway.gatewayNamespace).toBe('default');
    expect(gateway.gateway.toJson()).toEqual(without);
  });

  test('of the manifest goes before the chart\'s', () => {
    const [chart] = chartsOf('platform');
    read(smallest, {}, chart);
    expect(objectOf(chart, 'Gateway').metadata.namespace).toBe(namespace);
  });
});

describe('the implementation', () => {
  test.each(['istio', 'eg', 'kgateway', 'agentgateway', 'gke-l7-rilb', 'gke-l7-regional-external-managed'])('is known from class %s', (name) => {
    const { implementation } = read({ ...smallest, spec: { ...smallest.spec, gatewayClassName: name } });
    expect(implementation).toEqual(GatewayImplementation.fromGatewayClassName(name));
    expect(implementation.capabilities).not.toEqual({});
  });

  test('of an unknown class can do what the standard says', () => {
    expect(read({ ...smallest, spec: { ...smallest.spec, gatewayClassName: 'nginx' } }).implementation).toEqual(GatewayImplementation.of('nginx'));
  });

  test('of no class is none of ours', () => {
    expect(read({ ...smallest, spec: { listeners: [] } }).implementation).toEqual(GatewayImplementation.of(''));
  });

  test('given goes first, and the class in the manifest stays', () => {
    const manifest = { ...smallest, spec: { ...smallest.spec, gatewayClassName: 'edge-istio' } };
    const gateway = read(manifest, { implementation: GatewayImplementation.istio() });
    expect(gateway.implementation.capabilities.destinationRules).toBe(true);
    expect(gateway.gateway.toJson().spec.gatewayClassName).toBe('edge-istio');
  });
});

describe('allowed routes', () => {
  test('of every listener are set when asked for', () => {
    const listeners = read(full, { allowedRoutes: AllowedRoutes.all() }).gateway.toJson().spec.listeners;
    expect(listeners.map(({ allowedRoutes }: any) => allowedRoutes)).toEqual([
      { kinds: [{ kind: 'TLSRoute' }], namespaces: { from: 'All' } }, { namespaces: { from: 'All' } },
    ]);
  });

  test('fail with same() for a route of another namespace', () => {
    const gateway = read(smallest, { allowedRoutes: AllowedRoutes.same() });
    expect(() => gateway.attach(gateway, { namespace: 'team-a' })).toThrow(/IGW402 allowedRoutes is "Same": keeps the route of namespace team-a/);
  });
});

test('the older API group is known from the label', () => {
  const manifest = { ...smallest, metadata: { ...smallest.metadata, labels: { 'kubeairunway.ai/inference-gateway': 'true' } } };
  const gateway = read(manifest);
  expect(gateway.airunwayApi).toBe(AirunwayApi.KUBEAIRUNWAY);
  gateway.addBodyBasedRouter({ namespace: 'bbr' });
  expect(gateway.gateway.toJson().metadata.annotations).toEqual({ 'kubeairunway.ai/bbr-namespace': 'bbr' });
});

test('several models do not warn of a missing router: one may be there already', () => {
  const [chart, one, two] = chartsOf('edge', 'one', 'two');
  const gateway = read(smallest, {}, chart);
  [one, two].forEach((team) => gateway.attach(team, { namespace: 'edge', modelName: team.node.id }));
  expect(stderrOf(App.of(chart) as App)).toEqual([]);
});

test.each<[string, any, string]>([
  ['nothing', undefined, '"undefined undefined"'],
  ['another kind', { ...smallest, kind: 'HTTPRoute' }, '"gateway.networking.k8s.io/v1 HTTPRoute"'],
  ['no metadata', { ...smallest, metadata: undefined }, '"gateway.networking.k8s.io/v1 Gateway"'],
  ['no name', { ...smallest, metadata: {} }, '"gateway.networking.k8s.io/v1 Gateway"'],
  ['no spec', { ...smallest, spec: undefined }, '"gateway.networking.k8s.io/v1 Gateway"'],
  ['no listeners', { ...smallest, spec: { gatewayClassName: 'istio' } }, '"gateway.networking.k8s.io/v1 Gateway"'],
])('fails on a manifest with %s', (_, manifest, value) => {
  const chart = new Chart(new App(), 'platform');
  expect(() => read(manifest, {}, chart)).toThrow(new Error(
    `platform/gw: 1 mistake\n  IGW601 kind is ${value}: is not a Gateway with a name and listeners; ` +
    'allowed: gateway.networking.k8s.io/v1 Gateway; pass one parsed Gateway document',
  ));
});
