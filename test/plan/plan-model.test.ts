import { Lazy } from 'cdk8s';
import fc from 'fast-check';
import { imageOf, ModelDeploymentSpec, planModel, planResources } from '../../src/plan';

type Spec = Partial<ModelDeploymentSpec>;

function plan(spec: Spec = {}) {
  return planModel({
    name: 'qwen3', namespace: 'team-a', domain: 'airunway.ai', provider: 'vllm', engine: 'vllm', spec: { model: { id: 'Qwen/Qwen3-0.6B' }, ...spec },
  });
}

test('the smallest plan has every default filled in', () => {
  expect(plan()).toEqual({
    name: 'qwen3',
    namespace: 'team-a',
    domain: 'airunway.ai',
    annotations: {},
    provider: 'vllm',
    mode: 'aggregated',
    model: { id: 'Qwen/Qwen3-0.6B', source: 'huggingface', volumes: [] },
    engine: { type: 'vllm', trustRemoteCode: false, enablePrefixCaching: true, enforceEager: false, args: {}, extraArgs: [] },
    replicas: 1,
    env: [],
    podLabels: {},
    podAnnotations: {},
    nodeSelector: {},
    tolerations: [],
    gatewayEnabled: true,
  });
});

describe('what the mutating webhook defaults', () => {
  test('the model source', () => {
    expect(plan().model.source).toBe('huggingface');
    expect(plan({ model: { source: 'custom' } }).model).toMatchObject({ source: 'custom', id: '' });
  });

  test('the serving mode, and one replica when aggregated', () => {
    expect(plan({ serving: {} })).toMatchObject({ mode: 'aggregated', replicas: 1 });
    expect(plan({ scaling: {} }).replicas).toBe(1);
    expect(plan({ serving: { mode: 'disaggregated' } }).mode).toBe('disaggregated');
  });

  test.each<[string, Spec, ReturnType<typeof planResources>]>([
    ['one GPU with an engine and nothing else', { engine: { type: 'vllm' } }, { gpu: { count: 1, type: 'nvidia.com/gpu' } }],
    ['one GPU although engine.image is given', { engine: { type: 'sglang', image: 'a:1' } }, { gpu: { count: 1, type: 'nvidia.com/gpu' } }],
    ['none for llama.cpp', { engine: { type: 'llamacpp' } }, undefined],
    ['none without an engine type', { engine: { contextLength: 1 } }, undefined],
    ['none with spec.image', { engine: { type: 'vllm' }, image: 'a:1' }, undefined],
    ['none when disaggregated', { engine: { type: 'vllm' }, serving: { mode: 'disaggregated' } }, undefined],
    ['none when resources are given, even empty', { engine: { type: 'vllm' }, resources: {} }, {}],
    ['none when only memory is given', { engine: { type: 'vllm' }, resources: { memory: '1Gi' } }, { memory: '1Gi' }],
  ])('resources: %s', (_, spec, expected) => {
    expect(plan(spec).resources).toEqual(expected);
  });

  test('the GPU type, of resources and of both roles', () => {
    const gpu = { count: 2 };
    const scaling = { prefill: { gpu }, decode: { gpu: { ...gpu, type: 'amd.com/gpu' } } };
    const { resources, prefill, decode } = plan({ resources: { gpu }, scaling });
    expect(resources?.gpu).toEqual({ count: 2, type: 'nvidia.com/gpu' });
    expect(prefill).toEqual({ replicas: 1, gpu: { count: 2, type: 'nvidia.com/gpu' } });
    expect(decode).toEqual({ replicas: 1, gpu: { count: 2, type: 'amd.com/gpu' } });
  });

  test('a GPU without count is no GPU', () => {
    expect(plan({ resources: { gpu: { type: 'amd.com/gpu' } } }).resources).toEqual({ gpu: { count: 0, type: 'amd.com/gpu' } });
  });

  test('volumes: purpose, mount path by purpose, claim and access mode by size', () => {
    const volumes = [
      { name: 'cache', purpose: 'modelCache' as const, size: '100Gi' },
      { name: 'kernels', purpose: 'compilationCache' as const, claimName: 'shared', mountPath: '/k', readOnly: true },
      { name: 'data', claimName: 'data', mountPath: '/data' },
      { name: 'scratch', mountPath: '/s', size: 5, accessMode: 'ReadWriteOnce' as const, storageClassName: '' },
    ];
    expect(plan({ model: { id: 'a', storage: { volumes } } }).model.volumes).toEqual([
      {
        name: 'cache',
        purpose: 'modelCache',
        claimName: 'qwen3-cache',
        mountPath: '/model-cache',
        readOnly: false,
        size: '100Gi',
        accessMode: 'ReadWriteMany',
      },
      { name: 'kernels', purpose: 'compilationCache', claimName: 'shared', mountPath: '/k', readOnly: true },
      { name: 'data', purpose: 'custom', claimName: 'data', mountPath: '/data', readOnly: false },
      {
        name: 'scratch',
        purpose: 'custom',
        claimName: 'qwen3-scratch',
        mountPath: '/s',
        readOnly: false,
        size: '5',
        accessMode: 'ReadWriteOnce',
        storageClassName: '',
      },
    ]);
    const [compilation] = plan({ model: { storage: { volumes: [{ name: 'k', purpose: 'compilationCache', claimName: 'c' }] } } }).model.volumes;
    expect(compilation.mountPath).toBe('/compilation-cache');
  });
});

describe('false and 0 are kept', () => {
  test('where the live system loses them', () => {
    const { engine, replicas, prefill, decode } = plan({
      engine: { enablePrefixCaching: false }, scaling: { replicas: 0, prefill: { replicas: 0 }, decode: { replicas: 0 } },
    });
    expect([engine.enablePrefixCaching, replicas, prefill?.replicas, decode?.replicas]).toEqual([false, 0, 0, 0]);
  });

  test('elsewhere', () => {
    expect(plan({ resources: { gpu: { count: 0 } }, gateway: { enabled: false } })).toMatchObject({
      resources: { gpu: { count: 0 } }, gatewayEnabled: false,
    });
  });
});

test('empty text is the same as absent', () => {
  const { engine, image, model, resources, huggingFaceTokenSecret } = plan({
    model: { id: 'a', servedName: '' }, engine: { image: '' }, image: '', resources: { memory: '', cpu: '' }, secrets: { huggingFaceToken: '' },
  });
  expect([engine.image, image, model.servedName, resources, huggingFaceTokenSecret]).toEqual([undefined, undefined, undefined, {}, undefined]);
});

test('everything else is taken over', () => {
  const spec: ModelDeploymentSpec = {
    model: { id: 'a', servedName: 'b' },
    provider: { name: 'vllm', overrides: { spec: { minReadySeconds: 1 } } },
    engine: { type: 'vllm', contextLength: 8, trustRemoteCode: true, enforceEager: true, args: { seed: '1' }, extraArgs: ['-v'] },
    env: [{ name: 'A', value: '1' }],
    podTemplate: { metadata: { labels: { l: '1' }, annotations: { a: '1' } } },
    nodeSelector: { n: '1' },
    tolerations: [{ operator: 'Exists' }],
    secrets: { huggingFaceToken: 'hf' },
  };
  expect(plan(spec)).toMatchObject({
    model: spec.model,
    engine: spec.engine,
    env: spec.env,
    podLabels: { l: '1' },
    podAnnotations: { a: '1' },
    nodeSelector: { n: '1' },
    tolerations: [{ operator: 'Exists' }],
    huggingFaceTokenSecret: 'hf',
    overrides: { spec: { minReadySeconds: 1 } },
  });
});

test('images: of the engine, else of the spec, else as resolved, else the default', () => {
  const input = { name: 'a', namespace: 'b', domain: 'c', provider: 'vllm', engine: 'vllm' as const };
  const image = (spec: Spec, resolvedImage?: string) => imageOf(planModel({ ...input, resolvedImage, spec: { model: {}, ...spec } }), 'default:1');
  expect(image({ engine: { image: 'e:1' }, image: 's:1' }, 'r:1')).toBe('e:1');
  expect(image({ image: 's:1' }, 'r:1')).toBe('s:1');
  expect(image({}, 'r:1')).toBe('r:1');
  expect(image({})).toBe('default:1');
});

const json = fc.jsonValue({ maxDepth: 3 });
const dictionary = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
const anySpec: fc.Arbitrary<any> = fc.record({
  model: fc.record({ id: fc.string(), servedName: fc.string() }),
  provider: fc.record({ overrides: fc.dictionary(fc.string(), json, { maxKeys: 3 }) }),
  engine: fc.record({ args: dictionary, extraArgs: fc.array(fc.string()), enablePrefixCaching: fc.boolean() }, { requiredKeys: [] }),
  scaling: fc.record({ replicas: fc.nat(32) }, { requiredKeys: [] }),
  env: fc.array(fc.record({ name: fc.string(), value: fc.string() })),
  nodeSelector: dictionary,
});

describe('data', () => {
  test('is frozen at every depth', () => {
    const isFrozen = (value: unknown): boolean => (
      value === null || typeof value !== 'object' || (Object.isFrozen(value) && Object.values(value).every(isFrozen))
    );
    fc.assert(fc.property(anySpec, (spec) => isFrozen(plan(spec))));
  });

  test('is a copy: the input is neither changed nor frozen', () => {
    const isOpen = (value: unknown): boolean => (
      value === null || typeof value !== 'object' || (!Object.isFrozen(value) && Object.values(value).every(isOpen))
    );
    fc.assert(fc.property(anySpec, (spec) => {
      const before = JSON.stringify(spec);
      plan(spec);
      expect(JSON.stringify(spec)).toBe(before);
      return isOpen(spec);
    }));
  });

  test('keeps tokens of cdk8s as they are', () => {
    const token = Lazy.any({ produce: () => 3 });
    expect(plan({ provider: { overrides: { spec: { minReadySeconds: token } } } }).overrides).toEqual({ spec: { minReadySeconds: token } });
  });
});
