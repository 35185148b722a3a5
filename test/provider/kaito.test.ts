import { formatMistake, Mistake } from '../../src/core';
import { EngineName, ModelDeploymentSpec, planModel } from '../../src/plan';
import { kaito } from '../../src/provider/kaito';
import { itEqualsGoldens } from './goldens';

type Spec = Omit<ModelDeploymentSpec, 'model'> & { model?: Partial<ModelDeploymentSpec['model']> };

function plan(type: EngineName, spec: Spec) {
  return planModel({
    name: 'phi', namespace: 'team-a', domain: 'airunway.ai', provider: 'kaito', engine: type, spec: {
      ...spec, engine: { type, ...spec.engine }, model: { id: 'phi-4-mini-instruct', ...spec.model },
    },
  });
}

const preset = (spec: Spec = {}) => plan('vllm', spec);
const llamaCpp = (spec: Spec = {}) => plan('llamacpp', { image: 'llama:1', ...spec });
const workspace = (input: ReturnType<typeof plan>): any => kaito.render(input)[0];
const containerOf = (input: ReturnType<typeof plan>) => workspace(input).inference.template.spec.containers[0];
const messages = (mistakes: Mistake[]) => mistakes.map(formatMistake);

test('the smallest model is a Workspace of a preset', () => {
  const [object, ...others] = kaito.render(preset());
  expect(others).toEqual([]);
  expect(object).toEqual({
    apiVersion: 'kaito.sh/v1beta1',
    kind: 'Workspace',
    metadata: {
      name: 'phi',
      namespace: 'team-a',
      labels: {
        'airunway.ai/managed-by': 'airunway',
        'airunway.ai/deployment': 'phi',
        'airunway.ai/model-source': 'huggingface',
        'airunway.ai/engine-type': 'vllm',
        'airunway.ai/model-deployment': 'phi',
      },
      annotations: { 'airunway.ai/kaito-last-applied': expect.any(String) },
    },
    resource: { count: 1, labelSelector: { matchLabels: { 'kubernetes.io/os': 'linux', 'nvidia.com/gpu.present': 'true' } } },
    inference: { preset: { name: 'phi-4-mini-instruct' } },
  });
  expect(kaito.targetPort(preset())).toBe(5000);
  expect(kaito.check(preset())).toEqual([]);
  expect(kaito.notices(preset())).toEqual([]);
});

test('pods are found by the Workspace that KAITO labels them with, or by the pool label of a template', () => {
  expect(kaito.podLabels!(preset())).toEqual({ 'kaito.sh/workspace': 'phi' });
  expect(kaito.podLabels!(llamaCpp())).toBeUndefined();
});

describe('resource', () => {
  test('replicas are the count, zero stays zero', () => {
    expect(workspace(preset({ scaling: { replicas: 3 } })).resource.count).toBe(3);
    expect(workspace(preset({ scaling: { replicas: 0 } })).resource.count).toBe(0);
  });

  test('a node selector is merged, and cannot take GPU nodes away', () => {
    const nodeSelector = { 'kubernetes.io/os': 'windows', 'pool': 'a', 'nvidia.com/gpu.present': 'false' };
    expect(workspace(preset({ nodeSelector })).resource.labelSelector.matchLabels).toEqual({
      'kubernetes.io/os': 'windows', 'pool': 'a', 'nvidia.com/gpu.present': 'true',
    });
    expect(workspace(llamaCpp({ nodeSelector })).resource.labelSelector.matchLabels).toEqual(nodeSelector);
  });
});

describe('llama.cpp', () => {
  test('is a pod template that carries the label the pool selects on', () => {
    expect(workspace(llamaCpp()).inference).toEqual({
      template: {
        metadata: { labels: { 'airunway.ai/model-deployment': 'phi' } },
        spec: {
          containers: [{
            name: 'model', image: 'llama:1', args: ['huggingface://phi-4-mini-instruct', '--address=:5000'], ports: [{ containerPort: 5000 }],
          }],
        },
      },
    });
    expect(kaito.notices(llamaCpp())).toEqual([]);
  });

  test('a file URL goes before the model id, a custom source has neither', () => {
    const engine = { args: { ggufUrl: 'https://x/y.gguf' } };
    expect(containerOf(llamaCpp({ engine })).args).toEqual(['https://x/y.gguf', '--address=:5000']);
    expect(containerOf(llamaCpp({ engine, model: { source: 'custom' } })).args).toEqual(['--address=:5000']);
  });

  test('engine.image goes before image', () => {
    expect(containerOf(llamaCpp({ engine: { image: 'other:1' } })).image).toBe('other:1');
  });

  test('memory and cpu are requests; a GPU only selects nodes, and it says so', () => {
    const input = llamaCpp({ resources: { gpu: { count: 1 }, memory: '8Gi', cpu: '4' } });
    expect(containerOf(input).resources).toEqual({ requests: { memory: '8Gi', cpu: '4' } });
    expect(workspace(input).resource.labelSelector.matchLabels).toHaveProperty(['nvidia.com/gpu.present'], 'true');
    expect(messages(kaito.notices(input))).toEqual([expect.stringMatching(/spec\.resources\.gpu\.count is 1: only selects nodes with a GPU/)]);
  });

  test('the environment keeps values and Secret keys, and the token once', () => {
    const input = llamaCpp({
      env: [
        { name: 'PLAIN', value: '1' },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
        { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'HF_TOKEN', value: 'inline' },
      ],
      secrets: { huggingFaceToken: 'hf' },
    });
    expect(containerOf(input).env).toEqual([
      { name: 'PLAIN', value: '1' },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      { name: 'FIELD' },
      { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hf', key: 'HF_TOKEN' } } },
    ]);
    expect(messages(kaito.notices(input))).toEqual([expect.stringMatching(/spec\.env\[FIELD\]\.valueFrom .*allowed: secretKeyRef/)]);
  });
});

describe('pod template metadata', () => {
  const input = preset({ podTemplate: { metadata: { labels: { 'team': 'ml', 'airunway.ai/managed-by': 'me' }, annotations: { note: 'hi' } } } });

  test('lands on the Workspace, over its own labels', () => {
    const { labels, annotations } = workspace(input).metadata;
    expect(labels).toMatchObject({ 'team': 'ml', 'airunway.ai/managed-by': 'me', 'airunway.ai/deployment': 'phi' });
    expect(annotations).toMatchObject({ note: 'hi' });
  });

  test('does not reach pods, and it says so', () => {
    expect(messages(kaito.notices(input))).toEqual([
      expect.stringMatching(/podTemplate\.metadata\.labels .*reaches the Workspace with provider kaito, not its pods/),
      expect.stringMatching(/podTemplate\.metadata\.annotations/),
    ]);
  });
});

describe('overrides', () => {
  const input = preset({
    provider: {
      overrides: {
        resource: { labelSelector: { matchLabels: { 'nvidia.com/gpu.present': null, 'accel': 'gpu' } }, instanceType: 'Standard_NC24ads' },
        inference: { preset: { presetOptions: { image: null } } },
      },
    },
  });

  test('null takes a field away', () => {
    expect(workspace(input).resource).toEqual({
      count: 1, labelSelector: { matchLabels: { 'kubernetes.io/os': 'linux', 'accel': 'gpu' } }, instanceType: 'Standard_NC24ads',
    });
    expect(workspace(input).inference).toEqual({ preset: { name: 'phi-4-mini-instruct', presetOptions: {} } });
  });

  test('the record of what was applied has them, with sorted keys', () => {
    const { metadata, resource, inference } = workspace(input);
    const text = metadata.annotations['airunway.ai/kaito-last-applied'];
    expect(JSON.parse(text)).toEqual({ annotations: {}, labels: metadata.labels, resource, inference });
    expect(text).toMatch(/^\{"annotations":\{\},"inference":.*"resource":\{"count":1,"instanceType":/);
  });

  test('lists stay lists', () => {
    const args = ['--other', '--address=:5000'];
    const overrides = { inference: { template: { spec: { containers: [{ name: 'model', args }] } } } };
    expect(containerOf(llamaCpp({ provider: { overrides } }))).toEqual({ name: 'model', args });
  });
});

describe('what is ignored is pointed out', () => {
  test.each<[string, Spec, RegExp]>([
    ['the served name', { model: { servedName: 'p' } }, /spec\.model\.servedName is "p": .*name the route with gateway\.modelName/],
    ['storage', { model: { storage: { volumes: [{ name: 'c', size: '1Gi' }] } } }, /spec\.model\.storage\.volumes is \["c"\]/],
    ['context length', { engine: { contextLength: 1 } }, /spec\.engine\.contextLength is 1/],
    ['remote code', { engine: { trustRemoteCode: true } }, /spec\.engine\.trustRemoteCode/],
    ['prefix caching', { engine: { enablePrefixCaching: false } }, /spec\.engine\.enablePrefixCaching is false/],
    ['eager mode', { engine: { enforceEager: true } }, /spec\.engine\.enforceEager/],
    ['raw flags', { engine: { extraArgs: ['--a'] } }, /spec\.engine\.extraArgs/],
    ['tolerations', { tolerations: [{ key: 'a' }, { operator: 'Exists' }] }, /spec\.tolerations is \["a",""\]/],
    ['the GPU type', { resources: { gpu: { count: 1, type: 'amd.com/gpu' } } }, /spec\.resources\.gpu\.type/],
  ])('%s', (_, spec, message) => {
    expect(messages(kaito.notices(preset(spec)))).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, Spec, RegExp]>([
    ['an image', { image: 'a:1' }, /spec\.image is "a:1"/],
    ['an engine image', { engine: { image: 'a:1' } }, /spec\.engine\.image/],
    ['flags', { engine: { args: { a: '1' } } }, /spec\.engine\.args is \["a"\]/],
    ['memory', { resources: { memory: '1Gi' } }, /spec\.resources\.memory/],
    ['cpu', { resources: { cpu: '1' } }, /spec\.resources\.cpu/],
    ['more than one GPU', { resources: { gpu: { count: 4 } } }, /spec\.resources\.gpu\.count is 4: counts as one or none/],
    ['env', { env: [{ name: 'A' }] }, /spec\.env is \["A"\]/],
    ['the token', { secrets: { huggingFaceToken: 'hf' } }, /spec\.secrets\.huggingFaceToken is "hf": .*modelAccessSecret/],
  ])('%s of a preset', (_, spec, message) => {
    expect(messages(kaito.notices(preset(spec)))).toEqual([expect.stringMatching(message)]);
  });

  test('flags of llama.cpp but the file URL', () => {
    expect(messages(kaito.notices(llamaCpp({ engine: { args: { ggufUrl: 'u', threads: '4' } } })))).toEqual([
      expect.stringMatching(/spec\.engine\.args is \["threads"\]: .*allowed: ggufUrl/),
    ]);
  });
});

describe('check', () => {
  test('fails on llama.cpp without image, even with engine.image', () => {
    const expected = [expect.stringMatching(/IGW202 spec\.image: is required by provider kaito for engine llamacpp; engine\.image does not count/)];
    expect(messages(kaito.check(plan('llamacpp', {})))).toEqual(expected);
    expect(messages(kaito.check(plan('llamacpp', { engine: { image: 'a:1' } })))).toEqual(expected);
    expect(kaito.check(llamaCpp())).toEqual([]);
  });

  test('fails on overrides of the identity', () => {
    const mistakes = kaito.check(preset({ provider: { overrides: { kind: 'X' } } }));
    expect(messages(mistakes)).toEqual([expect.stringMatching(/IGW205 spec\.provider\.overrides\.kind/)]);
  });

  test('fails on overrides that leave no Workspace; a null takes the field away', () => {
    const mistakes = kaito.check(preset({ provider: { overrides: { inference: 'x', resource: [] } } }));
    expect(messages(mistakes)).toEqual([
      expect.stringMatching(/IGW205 spec\.provider\.overrides\.resource is \[\]: is not an object; allowed: .* null/),
      expect.stringMatching(/IGW205 spec\.provider\.overrides\.inference is "x"/),
    ]);
    expect(kaito.check(preset({ provider: { overrides: { inference: null } } }))).toEqual([]);
  });

  test('passes keys that are no flag names: only ggufUrl is read', () => {
    expect(kaito.check(preset({ engine: { args: { '--foo': '1' } } }))).toEqual([]);
  });
});

itEqualsGoldens('kaito', kaito, [
  { reason: 'a setting of the live controller, not of the model', difference: /resource\.instanceType: expected .*, got undefined$/ },
]);
