import { Testing } from 'cdk8s';
import fc from 'fast-check';
import { warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { DefaultRendering, ModelDeployment, Rendering } from '../../src/model';
import { EngineType } from '../../src/plan';
import { ProviderGateway } from '../../src/provider';
import { readScenarios, withGoldens } from '../goldens';
import { chartsOf, idsOf, objectOf, objectsOf } from '../synth';

const smallest = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'phi' }, spec: { model: { id: 'a/b' } } };
const served = { ...smallest, spec: { ...smallest.spec, provider: { name: 'vllm' }, engine: { type: 'vllm' } } };
const controller = { rendering: Rendering.CONTROLLER };

function roundTrip(manifest: any): any {
  const chart = Testing.chart();
  ModelDeployment.fromManifest(chart, 'x', manifest, controller);
  return objectOf(chart, 'ModelDeployment');
}

test('the smallest document comes back as it was', () => {
  expect(roundTrip(smallest)).toEqual(smallest);
});

describe('rendered for a controller', () => {
  const full = {
    ...served,
    metadata: { name: 'phi', namespace: 'team-a', labels: { a: 'b' }, annotations: { c: 'd' }, finalizers: ['f'] },
    spec: { ...served.spec, newer: { field: [1, { a: true }] }, scaling: { replicas: 0 }, env: [{ name: 'A', value: '' }] },
    status: { phase: 'Running' },
  };

  test('nothing is lost, what is not known here included', () => {
    expect(roundTrip(full)).toEqual(full);
  });

  test('nothing is added: no defaults, no namespace of the chart', () => {
    const [chart] = chartsOf('team-a');
    const model = ModelDeployment.fromManifest(chart, 'x', smallest, controller);
    expect(objectOf(chart, 'ModelDeployment')).toEqual(smallest);
    expect([model.name, model.namespace]).toEqual(['phi', 'team-a']);
  });

  test('the input is neither changed nor kept', () => {
    const input = structuredClone(full);
    const chart = Testing.chart();
    ModelDeployment.fromManifest(chart, 'x', input, controller);
    expect(input).toEqual(full);
    input.spec.model.id = 'other';
    expect(objectOf(chart, 'ModelDeployment')).toEqual(full);
  });

  test('a null in the overrides stays, because it takes a field away', () => {
    const overrides = { resource: { labelSelector: { matchLabels: { 'nvidia.com/gpu.present': null } } }, list: [null, { a: null }] };
    const manifest = { ...smallest, spec: { ...smallest.spec, provider: { name: 'kaito', overrides } } };
    expect(roundTrip(manifest)).toEqual(manifest);
    const yaml = () => {
      const chart = Testing.chart();
      ModelDeployment.fromManifest(chart, 'x', manifest, controller);
      return chart.toJson();
    };
    expect(yaml()).toEqual(yaml());
  });

  test('the default rendering of the scope counts', () => {
    const chart = Testing.chart();
    DefaultRendering.set(chart, Rendering.CONTROLLER);
    expect(ModelDeployment.fromManifest(chart, 'x', smallest).customResource).toBeDefined();
  });

  test('any flags, environment and overrides come back', () => {
    const text = fc.string();
    // cdk8s cannot render a key of this name.
    const key = fc.stringMatching(/^[a-z]+$/).filter((word) => word !== 'constructor');
    const spec = fc.record({
      model: fc.record({ id: fc.string({ minLength: 1 }), servedName: text }),
      engine: fc.record({ type: fc.constantFrom('vllm', 'sglang'), args: fc.dictionary(key, text) }, { requiredKeys: [] }),
      env: fc.array(fc.record({ name: text, value: text })),
      nodeSelector: fc.dictionary(key, text),
    }, { requiredKeys: ['model'] });
    fc.assert(fc.property(spec, (value) => {
      const manifest = JSON.parse(JSON.stringify({ ...smallest, spec: value }));
      expect(roundTrip(manifest)).toEqual(manifest);
    }), { numRuns: 50 });
  });
});

describe('rendered statically', () => {
  test('it becomes its objects, and no ModelDeployment', () => {
    const [platform, team] = chartsOf('gateway-system', 'team-a');
    const gateway = new InferenceGateway(platform, 'gw', { implementation: GatewayImplementation.kgateway() });
    const model = ModelDeployment.fromManifest(team, 'x', served, { gateway, rendering: Rendering.STATIC });
    expect(idsOf(team)).toContain('HTTPRoute team-a/phi');
    expect(idsOf(team)).not.toContainEqual(expect.stringMatching(/^ModelDeployment/));
    expect([model.modelName, model.pool?.name]).toEqual(['a/b', 'phi']);
  });

  test('annotations of the document count', () => {
    const chart = Testing.chart();
    const mocked = {
      ...served,
      metadata: { ...served.metadata, annotations: { 'airunway.ai/dynamo-test-backend': 'mocker' } },
      spec: { ...served.spec, provider: { name: 'dynamo' } },
    };
    ModelDeployment.fromManifest(chart, 'x', mocked);
    expect(JSON.stringify(objectOf(chart, 'DynamoGraphDeployment'))).toContain('dynamo.mocker');
  });

  test('fails on what a document that is only written back is warned of', () => {
    const long = { ...served, spec: { ...served.spec, engine: { type: 'vllm', args: { port: '1' } } } };
    expect(() => ModelDeployment.fromManifest(Testing.chart(), 'x', long)).toThrow(/IGW208 spec\.engine\.args is "port"/);
  });

  test('the provider may be given where the document leaves it open', () => {
    const chart = Testing.chart();
    const open = { ...smallest, spec: { ...smallest.spec, engine: { type: 'vllm' } } };
    ModelDeployment.fromManifest(chart, 'x', open, { provider: ProviderGateway.vllm(chart, 'vllm') });
    expect(idsOf(chart)).toEqual(['Deployment default/phi', 'Service default/phi']);
  });
});

test('a provider of one’s own is checked against and resolves the pool', () => {
  const [platform, team] = chartsOf('gateway-system', 'team-a');
  const gateway = new InferenceGateway(platform, 'gw', { implementation: GatewayImplementation.kgateway() });
  const acme = new ProviderGateway(platform, 'acme', {
    engines: [{ name: EngineType.VLLM, cpuSupport: true, gateway: { managesInferencePool: true, inferencePoolNamespace: 'acme-system' } }],
  });
  const manifest = { ...served, spec: { ...served.spec, provider: { name: 'acme' }, resources: {} } };
  ModelDeployment.fromManifest(team, 'x', manifest, { gateway, provider: acme, rendering: Rendering.STATIC });
  expect(idsOf(team)).toEqual(['ReferenceGrant acme-system/phi-referencegrant', 'HTTPRoute team-a/phi']);
});

test('an empty text where one of a few words belongs is the same as nothing', () => {
  const volumes = (purpose?: string, accessMode?: string) => ({ storage: { volumes: [{ name: 'a', mountPath: '/a', size: '1Gi', purpose, accessMode }] } });
  const rendered = (spec: any) => {
    const chart = Testing.chart();
    ModelDeployment.fromManifest(chart, 'x', { ...smallest, spec: { ...spec, provider: { name: 'dynamo' } } }, { rendering: Rendering.STATIC });
    return Testing.synth(chart);
  };
  const empty = { model: { id: 'a/b', source: '', ...volumes('', '') }, engine: { type: 'vllm' }, serving: { mode: '' } };
  expect(rendered(empty)).toEqual(rendered({ model: { id: 'a/b', ...volumes() }, engine: { type: 'vllm' } }));
});

describe('fails on', () => {
  const read = (manifest: unknown) => () => ModelDeployment.fromManifest(Testing.chart(), 'x', manifest, controller);

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'a: b'],
    ['another kind', { ...smallest, kind: 'Deployment' }],
    ['another group', { ...smallest, apiVersion: 'apps/v1' }],
    ['another version', { ...smallest, apiVersion: 'airunway.ai/v2' }],
    ['no name', { ...smallest, metadata: {} }],
    ['no metadata', { ...smallest, metadata: undefined }],
  ])('%s', (_, manifest) => {
    expect(read(manifest)).toThrow(
      /^test\/x: 1 mistake\n {2}IGW601 kind is ".*": is not a ModelDeployment with a name; allowed: airunway\.ai\/v1alpha1 Model.*; pass one/,
    );
  });

  test('a provider that is not the one of the document', () => {
    const chart = Testing.chart();
    const provider = ProviderGateway.llmd(chart, 'llmd');
    expect(() => ModelDeployment.fromManifest(chart, 'x', served, { provider, ...controller })).toThrow(
      /IGW203 spec\.provider\.name is "vllm": contradicts `provider`, which is llmd; allowed: llmd; pass the provider that the manifest names/,
    );
  });
});

withGoldens('comes back as observed', (folder) => {
  const documents = readScenarios(folder).filter(({ rejected }) => rejected === undefined).flatMap(({ scenario, input }) => {
    const ofKind = (kind: string) => input.filter((document) => document.kind === kind);
    return ofKind('ModelDeployment').map((document) => (
      [`${scenario} ${document.metadata.name.slice(0, 12)}`, document, ofKind('InferenceProviderConfig')] as const
    ));
  });

  test('there are documents', () => {
    expect(documents.length).toBeGreaterThan(100);
  });

  test.each(documents)('comes back as it was: %s', (_, document, configs) => {
    const before = structuredClone(document);
    const [platform, chart] = chartsOf('platform', 'team');
    const config = configs.find(({ metadata }) => metadata.name === document.spec.provider?.name);
    const provider = config && ProviderGateway.fromManifest(platform, 'provider', config);
    ModelDeployment.fromManifest(chart, 'x', document, { ...controller, provider });
    expect(objectsOf(chart)).toEqual([before]);
    expect(document).toEqual(before);
    expect(warningsOf(chart).filter((line) => line.includes('is not a field of a ModelDeployment'))).toEqual([]);
  });
});
