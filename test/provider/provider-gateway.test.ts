import { Chart, Testing } from 'cdk8s';
import { AirunwayApi, warningsOf } from '../../src/core';
import { Engine, Model, ModelDeployment, Rendering } from '../../src/model';
import { ApiFormat, EngineType, ServingMode } from '../../src/plan';
import { ProviderGateway, ProviderGatewayOptions } from '../../src/provider';
import { readScenarios, withGoldens } from '../goldens';
import { objectOf, objectsOf } from '../synth';

const NAMES = ['dynamo', 'kaito', 'kuberay', 'llmd', 'vllm'] as const;
const preset = (chart: Chart, name: typeof NAMES[number], options?: ProviderGatewayOptions) => ProviderGateway[name](chart, name, options);
const configOf = (chart: Chart) => objectOf(chart, 'InferenceProviderConfig');

test('the smallest provider serves one engine', () => {
  const chart = Testing.chart();
  const provider = new ProviderGateway(chart, 'acme', { engines: [{ name: EngineType.VLLM }] });
  expect(provider.providerName).toBe('acme');
  expect(objectsOf(chart)).toEqual([{
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'InferenceProviderConfig',
    metadata: { name: 'acme' },
    spec: { capabilities: { engines: [{ name: 'vllm', servingModes: ['aggregated'] }] } },
  }]);
});

describe('a provider of one’s own', () => {
  test('says everything its custom resource can', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'ignored' });
    new ProviderGateway(chart, 'id', {
      name: 'acme',
      annotations: { note: 'hi' },
      engines: [{
        name: EngineType.SGLANG,
        servingModes: [ServingMode.AGGREGATED, ServingMode.DISAGGREGATED],
        apiFormats: [ApiFormat.OPENAI_CHAT, ApiFormat.ANTHROPIC_MESSAGES],
        gpuSupport: true,
        cpuSupport: false,
        requiresCrd: false,
        gateway: {
          managesInferencePool: true,
          inferencePoolNamePattern: '{name}-pool-{namespace}',
          inferencePoolNamespace: 'acme-system',
          ignoresServedName: false,
        },
      }, { name: EngineType.LLAMACPP, cpuSupport: true, gateway: { endpointPicker: { image: 'epp:1', configData: 'a: b\n' } } }],
      selectionRules: [{ condition: 'true', priority: 0 }, { condition: "spec.engine.type == 'sglang'" }],
    });
    const { metadata, spec } = configOf(chart);
    expect(metadata).toEqual({ name: 'acme', annotations: { note: 'hi' } });
    expect(spec).toEqual({
      capabilities: {
        engines: [{
          name: 'sglang',
          servingModes: ['aggregated', 'disaggregated'],
          apiFormats: ['openai-chat', 'anthropic-messages'],
          gpuSupport: true,
          cpuSupport: false,
          requiresCRD: false,
          gateway: {
            managesInferencePool: true,
            inferencePoolNamePattern: '{name}-pool-{namespace}',
            inferencePoolNamespace: 'acme-system',
            ignoresServedName: false,
          },
        }, {
          name: 'llamacpp', servingModes: ['aggregated'], cpuSupport: true, gateway: { endpointPicker: { image: 'epp:1', configData: 'a: b\n' } },
        }],
      },
      selectionRules: [{ condition: 'true', priority: 0 }, { condition: "spec.engine.type == 'sglang'" }],
    });
  });

  test('fails with every mistake, naming the construct', () => {
    const engines = [{ name: EngineType.VLLM, gateway: { managesInferencePool: true, inferencePoolNamePattern: '{model}' } }];
    expect(() => new ProviderGateway(Testing.chart(), 'acme', { engines, selectionRules: [{ condition: '(((' }] })).toThrow(
      /^test\/acme: 2 mistakes\n {2}IGW302 .*has the placeholder \{model\}.*\n {2}IGW302 spec\.selectionRules\[0\]\.condition/,
    );
  });

  test('what has no effect is a warning', () => {
    const chart = Testing.chart();
    new ProviderGateway(chart, 'acme', { engines: [{ name: EngineType.VLLM, gateway: { inferencePoolNamePattern: '{name}-pool' } }] });
    expect(warningsOf(chart)).toEqual([
      expect.stringMatching(/^warning test\/acme: IGW302 .*inferencePoolNamePattern is "\{name\}-pool": is ignored/),
    ]);
  });
});

describe('resolvePool', () => {
  test.each([
    ['{namespace}-{name}-pool', 'default-llama-70b-pool'],
    ['{name}-pool', 'llama-70b-pool'],
    [undefined, 'llama-70b'],
  ])('the pattern %p gives %s', (inferencePoolNamePattern, name) => {
    const provider = new ProviderGateway(Testing.chart(), 'acme', {
      engines: [{ name: EngineType.VLLM, gateway: { managesInferencePool: true, inferencePoolNamePattern } }],
    });
    expect(provider.resolvePool(EngineType.VLLM, 'llama-70b', 'default')).toEqual({ name, namespace: 'default', managedByProvider: true });
  });

  test('of the known providers only Dynamo makes pools', () => {
    const pools = NAMES.map((name) => preset(Testing.chart(), name).resolvePool(EngineType.VLLM, 'qwen3', 'team-a'));
    const own = { name: 'qwen3', namespace: 'team-a', managedByProvider: false };
    expect(pools).toEqual([{ name: 'qwen3-pool', namespace: 'team-a', managedByProvider: true }, own, own, own, own]);
  });

  test('an engine that the provider does not have is taken for one without a gateway', () => {
    const provider = ProviderGateway.dynamo(Testing.chart(), 'dynamo');
    expect(provider.resolvePool(EngineType.LLAMACPP, 'a', 'b').managedByProvider).toBe(false);
  });
});

describe('the known providers', () => {
  test.each(NAMES)('%s renders its registration', (name) => {
    const chart = Testing.chart();
    const provider = preset(chart, name);
    expect(provider.providerName).toBe(name);
    expect(configOf(chart)).toMatchObject({ apiVersion: 'airunway.ai/v1alpha1', metadata: { name } });
    expect(configOf(chart).metadata).not.toHaveProperty('namespace');
  });

  withGoldens('equals what each provider registers', (folder) => {
    test.each(NAMES)('equals what provider %s registers, annotations to the letter', (name) => {
      const [{ expected: [registered] }] = readScenarios(folder, new RegExp(`^s11_providerconfig_${name}\\.json$`));
      const chart = Testing.chart();
      preset(chart, name);
      expect(configOf(chart)).toEqual(registered);
    });
  });

  test('a change of the gateway reaches every engine, and the annotation that repeats it', () => {
    const chart = Testing.chart();
    const provider = ProviderGateway.dynamo(chart, 'dynamo', { gateway: { inferencePoolNamespace: 'dynamo-system' } });
    const { metadata, spec } = configOf(chart);
    const gateway = { managesInferencePool: true, inferencePoolNamePattern: '{name}-pool', inferencePoolNamespace: 'dynamo-system' };
    expect(spec.capabilities.engines.map((engine: any) => engine.gateway)).toEqual([gateway, gateway, gateway]);
    expect(JSON.parse(metadata.annotations['airunway.ai/capabilities'])).toEqual(spec.capabilities);
    expect(provider.resolvePool(EngineType.VLLM, 'qwen3', 'team-a')).toMatchObject({ name: 'qwen3-pool', namespace: 'dynamo-system' });
  });

  test('a change of one does not reach another', () => {
    ProviderGateway.dynamo(Testing.chart(), 'dynamo', { gateway: { inferencePoolNamespace: 'dynamo-system' } });
    expect(ProviderGateway.dynamo(Testing.chart(), 'dynamo').resolvePool(EngineType.VLLM, 'a', 'b').namespace).toBe('b');
  });

  test('fails on a bogus placeholder', () => {
    const gateway = { inferencePoolNamespace: '{ns}' };
    expect(() => ProviderGateway.dynamo(Testing.chart(), 'dynamo', { gateway })).toThrow(/IGW302 .*placeholder \{ns\}/);
  });
});

describe('the older group', () => {
  const older = { airunwayApi: AirunwayApi.KUBEAIRUNWAY };

  test('says engines, modes and hardware once for the whole provider', () => {
    const chart = Testing.chart();
    ProviderGateway.dynamo(chart, 'dynamo', older);
    expect(configOf(chart)).toEqual({
      apiVersion: 'kubeairunway.ai/v1alpha1',
      kind: 'InferenceProviderConfig',
      metadata: { name: 'dynamo' },
      spec: {
        capabilities: {
          engines: ['vllm', 'sglang', 'trtllm'], servingModes: ['aggregated', 'disaggregated'], gpuSupport: true, cpuSupport: false,
        },
        selectionRules: expect.arrayContaining([{ condition: "spec.engine.type == 'trtllm'", priority: 100 }]),
      },
    });
  });

  test('KAITO serves without GPU there too', () => {
    const chart = Testing.chart();
    ProviderGateway.kaito(chart, 'kaito', older);
    expect(configOf(chart).spec.capabilities).toEqual({
      engines: ['vllm', 'llamacpp'], servingModes: ['aggregated'], gpuSupport: true, cpuSupport: true,
    });
  });
});

describe('register', () => {
  function use(chart: Chart, provider: ProviderGateway, id: string, rendering: Rendering): void {
    new ModelDeployment(chart, id, { provider, rendering, model: Model.huggingFace('a/b'), engine: Engine.vllm(), gatewayEnabled: false });
  }

  test('alone it is rendered', () => {
    const chart = Testing.chart();
    expect(ProviderGateway.vllm(chart, 'vllm').config).toBeDefined();
    expect(objectsOf(chart)).toHaveLength(1);
  });

  test('it is not when every model that uses it is rendered statically', () => {
    const chart = Testing.chart();
    const provider = ProviderGateway.vllm(chart, 'vllm');
    use(chart, provider, 'a', Rendering.STATIC);
    use(chart, provider, 'b', Rendering.STATIC);
    expect(provider.config).toBeUndefined();
    expect(objectsOf(chart).map(({ kind }) => kind)).not.toContain('InferenceProviderConfig');
  });

  test.each([
    ['before', [Rendering.CONTROLLER, Rendering.STATIC]],
    ['after', [Rendering.STATIC, Rendering.CONTROLLER]],
  ])('it is when a controller reads a model of it, %s others', (_, renderings) => {
    const chart = Testing.chart();
    const provider = ProviderGateway.vllm(chart, 'vllm');
    renderings.forEach((rendering, index) => use(chart, provider, `m${index}`, rendering));
    expect(provider.config).toBeDefined();
    expect(configOf(chart).metadata.name).toBe('vllm');
  });

  test('`register` decides before all that', () => {
    const chart = Testing.chart();
    const on = ProviderGateway.vllm(chart, 'vllm', { register: true });
    const off = ProviderGateway.llmd(chart, 'llmd', { register: false });
    use(chart, on, 'a', Rendering.STATIC);
    use(chart, off, 'b', Rendering.CONTROLLER);
    expect([on.config, off.config]).toEqual([expect.anything(), undefined]);
    const custom = new ProviderGateway(chart, 'acme', { engines: [{ name: EngineType.VLLM }], register: false });
    expect(custom.config).toBeUndefined();
  });

  test('fails when two constructs register the same provider', () => {
    const chart = Testing.chart();
    ProviderGateway.vllm(chart, 'a');
    ProviderGateway.vllm(chart, 'b');
    expect(() => objectsOf(chart)).toThrow(
      /IGW103 InferenceProviderConfig\.airunway\.ai -\/vllm is rendered by both test\/a\/Resource and test\/b\/Resource/,
    );
  });
});

describe('fromManifest', () => {
  const manifest = {
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'InferenceProviderConfig',
    metadata: { name: 'acme', labels: { a: 'b' }, annotations: { c: 'd' } },
    spec: {
      capabilities: {
        engines: [{
          name: 'vllm', servingModes: ['aggregated'], gateway: { managesInferencePool: true, inferencePoolNamePattern: '{name}-p' }, newer: 1,
        }],
      },
    },
    status: { ready: true },
  };

  test('comes back as it was, what is not known here included', () => {
    const chart = Testing.chart();
    const before = structuredClone(manifest);
    const provider = ProviderGateway.fromManifest(chart, 'x', manifest);
    expect(configOf(chart)).toEqual(before);
    expect(manifest).toEqual(before);
    expect(provider.resolvePool(EngineType.VLLM, 'qwen3', 'team-a')).toEqual({ name: 'qwen3-p', namespace: 'team-a', managedByProvider: true });
  });

  test('is a copy of its input', () => {
    const chart = Testing.chart();
    const input = structuredClone(manifest);
    ProviderGateway.fromManifest(chart, 'x', input);
    input.spec.capabilities.engines = [];
    expect(configOf(chart).spec.capabilities.engines).toHaveLength(1);
  });

  test('takes a change of the gateway', () => {
    const chart = Testing.chart();
    const provider = ProviderGateway.fromManifest(chart, 'x', manifest, { gateway: { inferencePoolNamespace: 'pools' } });
    expect(configOf(chart).spec.capabilities.engines[0].gateway).toMatchObject({
      inferencePoolNamePattern: '{name}-p', inferencePoolNamespace: 'pools',
    });
    expect(provider.resolvePool(EngineType.VLLM, 'a', 'b').namespace).toBe('pools');
    expect(ProviderGateway.fromManifest(chart, 'y', manifest, { register: false }).config).toBeUndefined();
  });

  test('reads the flat shape of the older group, and writes it back', () => {
    const chart = Testing.chart();
    const older = {
      ...manifest,
      apiVersion: 'kubeairunway.ai/v1alpha1',
      spec: { capabilities: { engines: ['vllm', 'llamacpp'], servingModes: ['aggregated'], cpuSupport: true, gpuSupport: true }, documentation: 'd' },
    };
    const provider = ProviderGateway.fromManifest(chart, 'x', older);
    expect(configOf(chart)).toEqual(older);
    expect(provider._engine('llamacpp')).toEqual({ name: 'llamacpp', servingModes: ['aggregated'], cpuSupport: true, gpuSupport: true });
  });

  test('reads one without spec', () => {
    const chart = Testing.chart();
    const bare = { apiVersion: 'airunway.ai/v1alpha1', kind: 'InferenceProviderConfig', metadata: { name: 'bare' } };
    ProviderGateway.fromManifest(chart, 'x', bare);
    expect(configOf(chart)).toEqual(bare);
  });

  test.each([
    ['nothing', undefined],
    ['another kind', { ...manifest, kind: 'ModelDeployment' }],
    ['another group', { ...manifest, apiVersion: 'acme.ai/v1alpha1' }],
    ['another version', { ...manifest, apiVersion: 'airunway.ai/v2' }],
    ['no name', { ...manifest, metadata: {} }],
  ])('fails on %s', (_, input) => {
    expect(() => ProviderGateway.fromManifest(Testing.chart(), 'x', input)).toThrow(
      /^test\/x: 1 mistake\n {2}IGW601 kind is ".*": is not an InferenceProviderConfig with a name; allowed: airunway\.ai\/v1alpha1 Inf/,
    );
  });

  test('fails on a list that is none', () => {
    const input = { ...manifest, spec: { capabilities: { engines: {} } } };
    expect(() => ProviderGateway.fromManifest(Testing.chart(), 'x', input)).toThrow(/IGW201 spec\.capabilities\.engines is \{\}: is not a list/);
  });

  test('fails on what the schema refuses', () => {
    const input = { ...manifest, spec: { capabilities: { engines: [{ name: 'tgi' }] } } };
    expect(() => ProviderGateway.fromManifest(Testing.chart(), 'x', input)).toThrow(/IGW201 .*engines\[0\]\.name is "tgi"/);
  });

  withGoldens('comes back as observed', (folder) => {
    const observed = readScenarios(folder).flatMap(({ scenario, input, expected }) => (
      [...input, ...expected].filter(({ kind }) => kind === 'InferenceProviderConfig').map((document) => [scenario, document] as const)
    ));
    test.each(observed)('comes back as it was: %s', (_, document) => {
      const chart = Testing.chart();
      ProviderGateway.fromManifest(chart, 'x', document);
      expect(configOf(chart)).toEqual(document);
    });
  });
});
