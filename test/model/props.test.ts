import { Chart, Size, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { AirunwayApi } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import {
  Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering, Serving, StorageVolume, VolumeAccessMode, VolumePurpose,
} from '../../src/model';
import { EngineType } from '../../src/plan';
import { ProviderGateway } from '../../src/provider';
import { objectOf, objectsOf } from '../synth';

const smallest: ModelDeploymentProps = { model: Model.huggingFace('Qwen/Qwen3-0.6B'), rendering: Rendering.CONTROLLER };

function customResource(props: Partial<ModelDeploymentProps>, chart = new Chart(Testing.app(), 'test', { namespace: 'team-a' })): any {
  new ModelDeployment(chart, 'qwen3', { ...smallest, ...props });
  return objectOf(chart, 'ModelDeployment');
}

const specOf = (props: Partial<ModelDeploymentProps>) => customResource(props).spec;

test('the smallest model is a ModelDeployment with a model id', () => {
  expect(customResource({})).toEqual({
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name: 'qwen3', namespace: 'team-a' },
    spec: { model: { id: 'Qwen/Qwen3-0.6B' } },
  });
});

describe('metadata', () => {
  test.each<[string, Partial<ModelDeploymentProps>, object]>([
    ['name', { name: 'other' }, { name: 'other', namespace: 'team-a' }],
    ['namespace', { namespace: 'team-b' }, { name: 'qwen3', namespace: 'team-b' }],
    ['labels', { labels: { a: 'b' } }, { name: 'qwen3', namespace: 'team-a', labels: { a: 'b' } }],
    ['annotations', { annotations: { a: 'b' } }, { name: 'qwen3', namespace: 'team-a', annotations: { a: 'b' } }],
  ])('%s', (_, props, metadata) => {
    expect(customResource(props).metadata).toEqual(metadata);
  });

  test('without a namespace of chart or model it is default', () => {
    expect(customResource({}, Testing.chart()).metadata.namespace).toBe('default');
  });

  test('the older group', () => {
    expect(customResource({ airunwayApi: AirunwayApi.KUBEAIRUNWAY }).apiVersion).toBe('kubeairunway.ai/v1alpha1');
  });

  test('the group of the Gateway, unless said otherwise', () => {
    const apiVersionOf = (props: Partial<ModelDeploymentProps>) => {
      const chart = Testing.chart();
      const gateway = new InferenceGateway(chart, 'gw', { implementation: GatewayImplementation.istio(), airunwayApi: AirunwayApi.KUBEAIRUNWAY });
      return customResource({ gateway, ...props }, chart).apiVersion;
    };
    expect(apiVersionOf({})).toBe('kubeairunway.ai/v1alpha1');
    expect(apiVersionOf({ airunwayApi: AirunwayApi.AIRUNWAY })).toBe('airunway.ai/v1alpha1');
  });
});

describe('model', () => {
  test.each<[string, Model, object]>([
    ['huggingFace', Model.huggingFace('a/b'), { id: 'a/b' }],
    ['served name', Model.huggingFace('a/b', { servedName: 's' }), { id: 'a/b', servedName: 's' }],
    ['custom', Model.custom(), { source: 'custom' }],
    ['custom with id', Model.custom({ id: 'c', servedName: 's' }), { id: 'c', source: 'custom', servedName: 's' }],
  ])('%s', (_, model, expected) => {
    expect(specOf({ model, modelName: 'm' }).model).toEqual(expected);
  });

  const volume = (options: Partial<StorageVolume>) => specOf({
    model: Model.huggingFace('a/b', { volumes: [{ name: 'v', ...options }] }),
  }).model.storage.volumes[0];

  test.each<[string, Partial<StorageVolume>, object]>([
    ['a claim that exists', { claimName: 'c', mountPath: '/m' }, { name: 'v', claimName: 'c', mountPath: '/m' }],
    ['read only', { claimName: 'c', mountPath: '/m', readOnly: true }, { name: 'v', claimName: 'c', mountPath: '/m', readOnly: true }],
    ['model cache', { purpose: VolumePurpose.MODEL_CACHE, claimName: 'c' }, { name: 'v', purpose: 'modelCache', claimName: 'c' }],
    ['custom', { purpose: VolumePurpose.CUSTOM, claimName: 'c', mountPath: '/m' }, { name: 'v', purpose: 'custom', claimName: 'c', mountPath: '/m' }],
    [
      'a claim that is made',
      {
        purpose: VolumePurpose.COMPILATION_CACHE, size: Size.gibibytes(100), storageClassName: '', accessMode: VolumeAccessMode.READ_WRITE_ONCE,
      },
      { name: 'v', purpose: 'compilationCache', size: '100Gi', storageClassName: '', accessMode: 'ReadWriteOnce' },
    ],
  ])('volume: %s', (_, options, expected) => {
    expect(volume(options)).toEqual(expected);
  });
});

describe('provider', () => {
  test('its name', () => {
    const chart = Testing.chart();
    const provider = new ProviderGateway(chart, 'acme', { engines: [{ name: EngineType.VLLM }] });
    expect(customResource({ provider, resources: { gpus: 1 } }, chart).spec.provider).toEqual({ name: 'acme' });
  });

  test('overrides, a null in them too', () => {
    const providerOverrides = { resource: { labelSelector: { matchLabels: { 'nvidia.com/gpu.present': null, 'a': 'b' } }, list: [{ c: null }] } };
    const chart = Testing.chart();
    expect(customResource({ provider: ProviderGateway.kaito(chart, 'kaito'), providerOverrides }, chart).spec.provider).toEqual({
      name: 'kaito', overrides: providerOverrides,
    });
  });
});

describe('engine', () => {
  const options = {
    contextLength: 8192, enablePrefixCaching: false, enforceEager: true, trustRemoteCode: true, args: { seed: '1' }, extraArgs: ['-v'], image: 'e:1',
  };

  test.each([
    ['vllm', Engine.vllm(options), { type: 'vllm', ...options }],
    ['sglang', Engine.sglang(), { type: 'sglang' }],
    ['tensorRtLlm', Engine.tensorRtLlm(), { type: 'trtllm' }],
    ['llamaCpp', Engine.llamaCpp(), { type: 'llamacpp' }],
    ['autoSelected', Engine.autoSelected({ contextLength: 1 }), { contextLength: 1 }],
  ])('%s', (_, engine, expected) => {
    expect(specOf({ engine }).engine).toEqual(expected);
  });
});

describe('serving', () => {
  const gpu = { gpus: 1 };

  test('aggregated is the default, and not written', () => {
    expect(specOf({ serving: Serving.aggregated() })).not.toHaveProperty('serving');
    expect(specOf({ replicas: 0 }).scaling).toEqual({ replicas: 0 });
  });

  test('disaggregated', () => {
    const serving = Serving.disaggregated({
      prefill: { gpus: 2, gpuType: 'amd.com/gpu', memory: Size.gibibytes(32), replicas: 0 }, decode: gpu,
    });
    expect(specOf({ serving })).toMatchObject({
      serving: { mode: 'disaggregated' },
      scaling: { prefill: { gpu: { count: 2, type: 'amd.com/gpu' }, memory: '32Gi', replicas: 0 }, decode: { gpu: { count: 1 } } },
    });
  });
});

test.each<[string, Partial<ModelDeploymentProps>, string, unknown]>([
  ['GPUs', { resources: { gpus: 0 } }, 'resources', { gpu: { count: 0 } }],
  ['GPU type', { resources: { gpus: 1, gpuType: 'amd.com/gpu' } }, 'resources', { gpu: { count: 1, type: 'amd.com/gpu' } }],
  ['memory', { resources: { memory: Size.mebibytes(1536) } }, 'resources', { memory: '1536Mi' }],
  ['cpu', { resources: { cpu: '500m' } }, 'resources', { cpu: '500m' }],
  ['no resources at all', { resources: {} }, 'resources', {}],
  ['image', { image: 'i:1' }, 'image', 'i:1'],
  ['env value', { env: [{ name: 'A', value: '1' }] }, 'env', [{ name: 'A', value: '1' }]],
  ['empty env value', { env: [{ name: 'A', value: '' }] }, 'env', [{ name: 'A', value: '' }]],
  [
    'env from a Secret',
    { env: [{ name: 'A', fromSecret: { name: 's', key: 'k', optional: true } }] },
    'env',
    [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } }],
  ],
  [
    'env from a ConfigMap',
    { env: [{ name: 'A', fromConfigMap: { name: 'c', key: 'k' } }] },
    'env',
    [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
  ],
  [
    'env from a field',
    { env: [{ name: 'A', fromField: 'status.podIP' }] },
    'env',
    [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
  ],
  ['pod labels', { podLabels: { a: 'b' } }, 'podTemplate', { metadata: { labels: { a: 'b' } } }],
  ['pod annotations', { podAnnotations: { a: 'b' } }, 'podTemplate', { metadata: { annotations: { a: 'b' } } }],
  ['node selector', { nodeSelector: { a: 'b' } }, 'nodeSelector', { a: 'b' }],
  [
    'tolerations',
    { tolerations: [{ key: 'k', operator: 'Equal', value: 'v', effect: 'NoExecute', tolerationSeconds: 0 }, { operator: 'Exists' }] },
    'tolerations',
    [{ key: 'k', operator: 'Equal', value: 'v', effect: 'NoExecute', tolerationSeconds: 0 }, { operator: 'Exists' }],
  ],
  ['token by name', { huggingFaceTokenSecretName: 'hf' }, 'secrets', { huggingFaceToken: 'hf' }],
  ['gateway off', { gatewayEnabled: false }, 'gateway', { enabled: false }],
  ['gateway on', { gatewayEnabled: true }, 'gateway', { enabled: true }],
  ['model name', { modelName: 'm' }, 'gateway', { modelName: 'm' }],
  ['a route that exists', { httpRouteRef: 'r' }, 'gateway', { httpRouteRef: 'r' }],
])('%s', (_, props, field, expected) => {
  expect(specOf(props)[field]).toEqual(expected);
});

test('the token is a Secret of cdk8s-plus, which goes before a name', () => {
  const chart = Testing.chart();
  const huggingFaceToken = Secret.fromSecretName(chart, 'Secret', 'hf');
  expect(customResource({ huggingFaceToken, huggingFaceTokenSecretName: 'other' }, chart).spec.secrets).toEqual({ huggingFaceToken: 'hf' });
});

test('what only static rendering reads leaves no trace', () => {
  expect(specOf({
    discoveredModelName: 'd',
    resolvedImage: 'r:1',
    targetPort: 1,
    endpointPicker: { image: 'epp:1' },
    endpointPickerService: { name: 'epp' },
  })).toEqual({ model: { id: 'Qwen/Qwen3-0.6B' } });
});

test('the input stays the user’s to change', () => {
  const chart = Testing.chart();
  const engineArgs: { [flag: string]: string } = { seed: '1' };
  const podLabels: { [key: string]: string } = { a: 'b' };
  new ModelDeployment(chart, 'qwen3', {
    model: Model.huggingFace('a/b'),
    provider: ProviderGateway.vllm(chart, 'vllm'),
    engine: Engine.vllm({ args: engineArgs }),
    podLabels,
    gatewayEnabled: false,
  });
  engineArgs.seed = '2';
  podLabels.a = 'c';
  expect(objectsOf(chart)[0].metadata.labels.a).toBe('b');
});
