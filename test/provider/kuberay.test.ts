import { formatMistake, Mistake } from '../../src/core';
import { ModelDeploymentSpec, planModel } from '../../src/plan';
import { kuberay } from '../../src/provider/kuberay';
import { PINS } from '../../src/versions';
import { itEqualsGoldens } from './goldens';

type Spec = Omit<ModelDeploymentSpec, 'model'> & { model?: Partial<ModelDeploymentSpec['model']> };

function plan(spec: Spec = {}, name = 'qwen3') {
  return planModel({
    name, namespace: 'team-a', domain: 'airunway.ai', provider: 'kuberay', engine: 'vllm', spec: {
      ...spec, engine: { type: 'vllm', ...spec.engine }, model: { id: 'Qwen/Qwen3-0.6B', ...spec.model },
    },
  });
}

const specOf = (spec?: Spec) => kuberay.render(plan(spec))[0].spec as any;
const head = (spec?: Spec) => specOf(spec).rayClusterConfig.headGroupSpec.template.spec.containers[0];
const groups = (spec?: Spec): any[] => specOf(spec).rayClusterConfig.workerGroupSpecs;
const limits = (group: any) => group.template.spec.containers[0].resources.limits;
const flags = (spec?: Spec) => head(spec).env.find(({ name }: any) => name === 'VLLM_ENGINE_ARGS').value;
const messages = (mistakes: Mistake[]) => mistakes.map(formatMistake);

test('the smallest model is a RayService with a head and a group of workers, all of them in the pool', () => {
  const [service, ...others] = kuberay.render(plan());
  const image = `rayproject/ray-llm:${PINS.rayLlm}`;
  const labels = { 'airunway.ai/model-deployment': 'qwen3' };
  expect(others).toEqual([]);
  expect(service).toEqual({
    apiVersion: 'ray.io/v1',
    kind: 'RayService',
    metadata: {
      name: 'qwen3',
      namespace: 'team-a',
      labels: {
        'airunway.ai/managed-by': 'airunway',
        'airunway.ai/deployment': 'qwen3',
        'airunway.ai/model-source': 'huggingface',
        'airunway.ai/engine-type': 'vllm',
      },
    },
    spec: {
      serveConfigV2: expect.stringMatching(/^applications:\n {2}- name: llm\n {4}route_prefix: \/\n[^]*\n {8}num_replicas: 1\n$/),
      rayClusterConfig: {
        headGroupSpec: {
          rayStartParams: { 'dashboard-host': '0.0.0.0' },
          template: {
            metadata: { labels },
            spec: {
              containers: [{
                name: 'ray-head',
                image,
                resources: { limits: { cpu: '4', memory: '16Gi' } },
                env: [{ name: 'MODEL_ID', value: 'Qwen/Qwen3-0.6B' }, { name: 'VLLM_ENGINE_ARGS', value: '--model Qwen/Qwen3-0.6B' }],
              }],
            },
          },
        },
        workerGroupSpecs: [{
          groupName: 'gpu-workers',
          replicas: 1,
          minReplicas: 1,
          maxReplicas: 1,
          rayStartParams: {},
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'ray-worker', image, resources: { limits: { 'memory': '32Gi', 'nvidia.com/gpu': '1' } } }] },
          },
        }],
      },
    },
  });
  expect(kuberay.targetPort(plan())).toBe(8000);
  expect(kuberay.check(plan())).toEqual([]);
  expect(kuberay.notices(plan())).toEqual([]);
});

describe('resources', () => {
  test('memory holds for head and workers, cpu for none', () => {
    const spec: Spec = { resources: { gpu: { count: 2 }, memory: '64Gi', cpu: '8' } };
    expect(head(spec).resources.limits).toEqual({ cpu: '4', memory: '64Gi' });
    expect(limits(groups(spec)[0])).toEqual({ 'memory': '64Gi', 'nvidia.com/gpu': '2' });
    expect(messages(kuberay.notices(plan(spec)))).toContainEqual(expect.stringMatching(/spec\.resources\.cpu is "8": is ignored by provider kuberay/));
  });

  test('more than one GPU idles until a flag spreads the model over them', () => {
    const two: Spec = { resources: { gpu: { count: 2 } } };
    expect(messages(kuberay.notices(plan(two)))).toEqual([
      expect.stringMatching(/IGW210 spec\.resources\.gpu\.count is 2: .*the others idle; set 'tensor-parallel-size'/),
    ]);
    expect(kuberay.notices(plan({ ...two, engine: { args: { 'tensor-parallel-size': '2' } } }))).toEqual([]);
  });

  test('the GPU type is honoured, and no GPU is no limit', () => {
    const amd: Spec = { resources: { gpu: { count: 1, type: 'amd.com/gpu' } } };
    expect(limits(groups(amd)[0])).toEqual({ 'memory': '32Gi', 'amd.com/gpu': '1' });
    expect(kuberay.notices(plan(amd))).toEqual([]);
    expect(limits(groups({ resources: { gpu: { count: 0 } } })[0])).toEqual({ memory: '32Gi' });
  });

  test('an image replaces the default in head and workers', () => {
    const spec: Spec = { engine: { image: 'ray:1' } };
    expect([head(spec), groups(spec)[0].template.spec.containers[0]]).toEqual([
      expect.objectContaining({ image: 'ray:1' }), expect.objectContaining({ image: 'ray:1' }),
    ]);
  });
});

describe('replicas', () => {
  test('three replicas are three workers', () => {
    expect(groups({ scaling: { replicas: 3 } })[0]).toMatchObject({ replicas: 3, minReplicas: 3, maxReplicas: 3 });
    expect(specOf({ scaling: { replicas: 3 } }).serveConfigV2).toContain('num_replicas: 3\n');
  });

  test('zero stays zero for workers, Ray Serve keeps one replica waiting', () => {
    expect(groups({ scaling: { replicas: 0 } })[0]).toMatchObject({ replicas: 0, minReplicas: 0, maxReplicas: 0 });
    expect(specOf({ scaling: { replicas: 0 } }).serveConfigV2).toContain('num_replicas: 1\n');
  });
});

test('disaggregated, prefill and decode are two groups with their own resources', () => {
  const [prefill, decode] = groups({
    serving: { mode: 'disaggregated' },
    scaling: { prefill: { replicas: 2, gpu: { count: 1, type: 'amd.com/gpu' }, memory: '48Gi' }, decode: { gpu: { count: 4 } } },
  });
  expect(prefill).toMatchObject({ groupName: 'prefill-workers', replicas: 2, minReplicas: 2, maxReplicas: 2 });
  expect(limits(prefill)).toEqual({ 'memory': '48Gi', 'amd.com/gpu': '1' });
  expect(decode).toMatchObject({ groupName: 'decode-workers', replicas: 1 });
  expect(limits(decode)).toEqual({ 'memory': '32Gi', 'nvidia.com/gpu': '4' });
});

describe('flags', () => {
  test('follow the order of the live provider', () => {
    const engine = { contextLength: 8192, trustRemoteCode: true, args: { 'seed': '7', 'async': '' } };
    expect(flags({ model: { servedName: 'q' }, engine })).toBe(
      '--model Qwen/Qwen3-0.6B --max-model-len 8192 --served-model-name q --trust-remote-code --async --seed 7',
    );
  });

  test('an explicit one goes before the derived one', () => {
    expect(flags({ engine: { contextLength: 8192, args: { 'max-model-len': '4096' } } })).toBe('--model Qwen/Qwen3-0.6B --max-model-len 4096');
  });

  test('extraArgs replace nothing, they are ignored', () => {
    expect(flags({ engine: { extraArgs: ['--model=/x'] } })).toBe('--model Qwen/Qwen3-0.6B');
  });

  test('a key with dashes and a value with spaces are passed on, and pointed out', () => {
    const spec: Spec = { engine: { args: { '--foo': 'a b' } } };
    expect(flags(spec)).toBe('--model Qwen/Qwen3-0.6B ----foo a b');
    expect(messages(kuberay.notices(plan(spec)))).toEqual([
      expect.stringMatching(/IGW210 spec\.engine\.args is "--foo": is not a flag name/),
      expect.stringMatching(/IGW210 spec\.engine\.args\.--foo is "a b": is split at its spaces/),
    ]);
  });
});

describe('environment of the head', () => {
  test('keeps values and Secret keys, and the token once', () => {
    const spec: Spec = {
      env: [
        { name: 'PLAIN', value: '1' },
        { name: 'EMPTY', value: '' },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
        { name: 'MAP', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
        { name: 'HF_TOKEN', value: 'inline' },
      ],
      secrets: { huggingFaceToken: 'hf' },
    };
    expect(head(spec).env.slice(2)).toEqual([
      { name: 'PLAIN', value: '1' },
      { name: 'EMPTY' },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      { name: 'MAP' },
      { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hf', key: 'HF_TOKEN' } } },
    ]);
    expect(messages(kuberay.notices(plan(spec)))).toEqual([expect.stringMatching(/spec\.env\[MAP\]\.valueFrom is \["configMapKeyRef"\]/)]);
  });

  test('a variable of the user goes before the derived one', () => {
    expect(head({ env: [{ name: 'MODEL_ID', value: 'mine' }] }).env.map(({ name, value }: any) => `${name}=${value}`)).toEqual([
      'VLLM_ENGINE_ARGS=--model Qwen/Qwen3-0.6B', 'MODEL_ID=mine',
    ]);
  });
});

test('pod template metadata lands on the RayService, not on pods, and it says so', () => {
  const spec: Spec = { podTemplate: { metadata: { labels: { team: 'ml' }, annotations: { note: 'hi' } } } };
  expect(kuberay.render(plan(spec))[0].metadata).toMatchObject({
    labels: { 'team': 'ml', 'airunway.ai/deployment': 'qwen3' }, annotations: { note: 'hi' },
  });
  expect(groups(spec)[0].template.metadata).toEqual({ labels: { 'airunway.ai/model-deployment': 'qwen3' } });
  expect(messages(kuberay.notices(plan(spec)))).toEqual([
    expect.stringMatching(/labels is \["team"\]: reaches the RayService with provider kuberay, not its pods/),
    expect.stringMatching(/annotations is \["note"\]/),
  ]);
});

describe('what is ignored is pointed out', () => {
  test.each<[string, Spec, RegExp]>([
    ['storage', { model: { storage: { volumes: [{ name: 'c', size: '1Gi' }] } } }, /spec\.model\.storage\.volumes is \["c"\]/],
    ['eager mode', { engine: { enforceEager: true } }, /spec\.engine\.enforceEager is true: .*set it through engine\.args/],
    ['prefix caching', { engine: { enablePrefixCaching: false } }, /spec\.engine\.enablePrefixCaching is false/],
    ['raw flags', { engine: { extraArgs: ['--a'] } }, /spec\.engine\.extraArgs is \["--a"\]: .*move the flags to engine\.args/],
    ['the node selector', { nodeSelector: { a: 'b' } }, /spec\.nodeSelector is \["a"\]/],
    ['tolerations', { tolerations: [{ key: 'a' }] }, /spec\.tolerations is \["a"\]/],
    ['overrides', { provider: { overrides: { spec: {} } } }, /spec\.provider\.overrides is \["spec"\]/],
  ])('%s', (_, spec, message) => {
    expect(messages(kuberay.notices(plan(spec)))).toEqual([expect.stringMatching(message)]);
  });

  test('a name that the operator refuses', () => {
    expect(messages(kuberay.notices(plan({}, 'a'.repeat(48))))).toEqual([
      expect.stringMatching(/IGW102 metadata\.name .*48 characters.*at most 47 characters/),
    ]);
    expect(kuberay.notices(plan({}, 'a'.repeat(47)))).toEqual([]);
  });
});

test('overrides change nothing, not even protected fields fail', () => {
  const input = plan({ provider: { overrides: { kind: 'X', spec: { a: 1 } } } });
  expect(kuberay.check(input)).toEqual([]);
  expect(kuberay.render(input)).toEqual(kuberay.render(plan()));
});

itEqualsGoldens('kuberay', kuberay, [
  { reason: 'replicas 0 is kept', difference: /workerGroupSpecs\[\d+\]\.(r|minR|maxR)eplicas: expected 1, got 0$/ },
  { reason: 'the token is passed once, from its secret', difference: /env\[HF_TOKEN\]\.value: expected "inline", got undefined$/ },
  { reason: 'an explicit flag is not passed twice', difference: /env\[VLLM_ENGINE_ARGS\]\.value: .*--max-model-len 8192 .*, got / },
]);
