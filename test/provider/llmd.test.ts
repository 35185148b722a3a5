import { formatMistake, Mistake } from '../../src/core';
import { ModelDeploymentSpec, planModel } from '../../src/plan';
import { llmd } from '../../src/provider/llmd';
import { PINS } from '../../src/versions';
import { itEqualsGoldens, itRefusesGoldens } from './goldens';

type Spec = Omit<ModelDeploymentSpec, 'model'> & { model?: Partial<ModelDeploymentSpec['model']> };

function plan(spec: Spec = {}) {
  return planModel({
    name: 'qwen3', namespace: 'team-a', domain: 'airunway.ai', provider: 'llmd', engine: 'vllm', spec: {
      ...spec, engine: { type: 'vllm', ...spec.engine }, model: { id: 'Qwen/Qwen3-0.6B', ...spec.model },
    },
  });
}

const disaggregated = (scaling: Spec['scaling'] = {}, rest: Spec = {}): Spec => ({
  ...rest, serving: { mode: 'disaggregated' }, scaling: { prefill: { gpu: { count: 1 } }, decode: { gpu: { count: 1 } }, ...scaling },
});
const render = (spec?: Spec): any[] => llmd.render(plan(spec));
const containerOf = (object: any) => object.spec.template.spec.containers[0];
const argsOf = (engine: Spec['engine'], rest: Spec = {}): string[] => containerOf(render({ ...rest, engine })[0]).args;
const messages = (mistakes: Mistake[]) => mistakes.map(formatMistake);

test('the smallest model is a Deployment and a Service', () => {
  const [object, service, ...others] = render();
  const selector = { 'airunway.ai/deployment': 'qwen3', 'app': 'qwen3' };
  expect(others).toEqual([]);
  expect(object).toMatchObject({
    kind: 'Deployment',
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
    spec: { replicas: 1, selector: { matchLabels: selector } },
  });
  expect(object.spec.template).toEqual({
    metadata: { labels: { ...selector, 'airunway.ai/model-deployment': 'qwen3' } },
    spec: {
      containers: [{
        name: 'vllm',
        image: `vllm/vllm-openai:${PINS.llmdVllm}`,
        args: ['--model', 'Qwen/Qwen3-0.6B', '--enable-prefix-caching'],
        ports: [{ name: 'http', containerPort: 8000, protocol: 'TCP' }],
        resources: { limits: { 'nvidia.com/gpu': '1' }, requests: { 'nvidia.com/gpu': '1' } },
      }],
    },
  });
  expect(service.spec).toEqual({ type: 'ClusterIP', selector, ports: [{ name: 'http', port: 8000, targetPort: 8000, protocol: 'TCP' }] });
  expect(llmd.targetPort(plan())).toBe(8000);
  expect(llmd.check(plan())).toEqual([]);
  expect(llmd.notices(plan())).toEqual([]);
});

describe('flags', () => {
  test('derived ones come in a fixed order, then args by key, then extraArgs as they stand', () => {
    const engine = { contextLength: 8192, trustRemoteCode: true, enforceEager: true, args: { b: '1', a: '' }, extraArgs: ['--port', '8000'] };
    expect(argsOf(engine, { model: { servedName: 'qwen' }, resources: { gpu: { count: 2 } } })).toEqual([
      '--model', 'Qwen/Qwen3-0.6B',
      '--served-model-name', 'qwen',
      '--max-model-len', '8192',
      '--trust-remote-code',
      '--enable-prefix-caching',
      '--enforce-eager',
      '--tensor-parallel-size', '2',
      '--a',
      '--b', '1',
      '--port', '8000',
    ]);
  });

  test('prefix caching is switched off explicitly', () => {
    expect(argsOf({ enablePrefixCaching: false })).toEqual(['--model', 'Qwen/Qwen3-0.6B', '--no-enable-prefix-caching']);
  });

  test.each<[string, Spec['engine']]>([
    ['args', { args: { 'tensor-parallel-size': '1', 'model': '/mnt', 'no-enable-prefix-caching': '' } }],
    ['extraArgs', { extraArgs: ['--tensor-parallel-size=1', '--model=/mnt', '--no-enable-prefix-caching'] }],
  ])('an explicit flag in %s wins over a derived one, and appears once', (_, engine) => {
    const args = argsOf(engine, { resources: { gpu: { count: 2 } } });
    expect(args.filter((token) => token.startsWith('--')).map((token) => token.split('=')[0]).sort()).toEqual([
      '--model', '--no-enable-prefix-caching', '--tensor-parallel-size',
    ]);
  });
});

test('it has no probes, shared memory or storage, and says so of storage', () => {
  const volumes = [{ name: 'cache', purpose: 'modelCache' as const, size: '1Gi' }];
  const spec: Spec = { resources: { gpu: { count: 8 } }, model: { storage: { volumes } } };
  const [object] = render(spec);
  expect(Object.keys(containerOf(object)).sort()).toEqual(['args', 'image', 'name', 'ports', 'resources']);
  expect(Object.keys(object.spec.template.spec)).toEqual(['containers']);
  expect(messages(llmd.notices(plan(spec)))).toEqual([
    expect.stringMatching(/spec\.model\.storage\.volumes is \["cache"\]: is ignored by provider llmd; use provider vllm or dynamo/),
  ]);
});

test('images, resources and replicas are as with direct vLLM', () => {
  const [object] = render({
    image: 'old:1', engine: { image: 'new:1' }, resources: { gpu: { count: 2 }, memory: '64Gi', cpu: '8' }, scaling: { replicas: 0 },
  });
  expect(containerOf(object)).toMatchObject({
    image: 'new:1',
    resources: {
      limits: { 'nvidia.com/gpu': '2', 'memory': '64Gi' }, requests: { 'nvidia.com/gpu': '2', 'memory': '64Gi', 'cpu': '8' },
    },
  });
  expect(object.spec.replicas).toBe(0);
});

test('environment, pod metadata and placement are as with direct vLLM', () => {
  const [{ spec: { template } }] = render({
    env: [{ name: 'PLAIN', value: '1' }],
    secrets: { huggingFaceToken: 'hf' },
    podTemplate: { metadata: { labels: { 'team': 'ml', 'airunway.ai/model-deployment': 'x' }, annotations: { note: 'hi' } } },
    nodeSelector: { gpu: 'h100' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
  });
  expect(template.metadata).toEqual({
    labels: { 'team': 'ml', 'airunway.ai/deployment': 'qwen3', 'airunway.ai/model-deployment': 'qwen3', 'app': 'qwen3' }, annotations: { note: 'hi' },
  });
  expect(template.spec).toMatchObject({ nodeSelector: { gpu: 'h100' }, tolerations: [{ key: 'gpu', operator: 'Exists' }] });
  expect(template.spec.containers[0].env).toEqual([
    { name: 'PLAIN', value: '1' },
    { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hf', key: 'HF_TOKEN' } } },
  ]);
});

test('of the sources of variables only the name and key of a Secret are passed on', () => {
  const spec: Spec = {
    env: [
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
      { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
    ],
  };
  expect(containerOf(render(spec)[0]).env).toEqual([
    { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    { name: 'CONFIG' },
  ]);
  expect(messages(llmd.notices(plan(spec)))).toEqual([expect.stringMatching(/IGW210 spec\.env\[CONFIG\]\.valueFrom is \["configMapKeyRef"\]/)]);
});

describe('disaggregated', () => {
  const objects = render(disaggregated({ prefill: { replicas: 0, gpu: { count: 1 }, memory: '32Gi' }, decode: { gpu: { count: 4 } } }));

  test('is a decode and a prefill Deployment and Service, decode first', () => {
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Deployment qwen3-decode', 'Deployment qwen3-prefill', 'Service qwen3-decode', 'Service qwen3-prefill',
    ]);
  });

  test('each role has replicas, GPUs and memory of its own', () => {
    const [decode, prefill] = objects;
    expect([decode.spec.replicas, prefill.spec.replicas]).toEqual([1, 0]);
    expect(containerOf(decode).resources.limits).toEqual({ 'nvidia.com/gpu': '4' });
    expect(containerOf(prefill).resources.limits).toEqual({ 'nvidia.com/gpu': '1', 'memory': '32Gi' });
  });

  test('each role knows its side of the cache transfer, and the GPUs to spread over', () => {
    const transfer = (role: string) => ['--kv-transfer-config', `{"kv_connector":"PyNcclConnector","kv_role":"${role}"}`];
    expect(containerOf(objects[0]).args.slice(3)).toEqual(['--tensor-parallel-size', '4', ...transfer('kv_consumer')]);
    expect(containerOf(objects[1]).args.slice(3)).toEqual(transfer('kv_producer'));
  });

  test('an explicit transfer configuration wins for both', () => {
    const [decode, prefill] = render(disaggregated({}, { engine: { args: { 'kv-transfer-config': '{}' } } }));
    const transfer = ['--kv-transfer-config', '{}'];
    expect([decode, prefill].map((object) => containerOf(object).args.slice(3))).toEqual([transfer, transfer]);
  });

  test('only decode pods are in the pool, and each Service finds the pods of its role', () => {
    const [decode, prefill, decodeService, prefillService] = objects;
    expect(decode.spec.template.metadata.labels).toEqual({ ...decodeService.spec.selector, 'airunway.ai/model-deployment': 'qwen3' });
    expect(prefill.spec.template.metadata.labels).toEqual(prefillService.spec.selector);
    expect([decodeService.spec.selector.app, prefillService.spec.selector.app]).toEqual(['qwen3-decode', 'qwen3-prefill']);
    expect(decode.spec.selector.matchLabels).toEqual(decodeService.spec.selector);
  });

  test('overrides are merged over both', () => {
    const [decode, prefill] = render(disaggregated({}, { provider: { overrides: { spec: { minReadySeconds: 5 } } } }));
    expect([decode.spec.minReadySeconds, prefill.spec.minReadySeconds]).toEqual([5, 5]);
  });

  test('what is not read of resources is pointed out', () => {
    const spec = disaggregated({}, { resources: { memory: '1Gi', cpu: '1' } });
    expect(messages(llmd.notices(plan(spec)))).toEqual([
      expect.stringMatching(/spec\.resources\.memory is "1Gi": is ignored by provider llmd; set scaling\.prefill\.memory and/),
      expect.stringMatching(/spec\.resources\.cpu is "1"/),
    ]);
  });
});

describe('check', () => {
  test.each<[string, Spec, RegExp]>([
    ['overrides of the identity', { provider: { overrides: { apiVersion: 'v1' } } }, /IGW205 spec\.provider\.overrides\.apiVersion/],
    [
      'overrides of the pod spec',
      { provider: { overrides: { spec: { template: { spec: { terminationGracePeriodSeconds: 99 } } } } } },
      /IGW205 spec\.provider\.overrides\.spec\.template\.spec is .*allowed: fields outside the pod spec; use env, nodeSelector/,
    ],
    ['overrides of fields that do not exist', { provider: { overrides: { spec: { bogus: 1 } } } }, /IGW205 spec\.provider\.overrides\.spec\.bogus/],
    ['overrides of the selector', { provider: { overrides: { spec: { selector: {} } } } }, /IGW205 spec\.provider\.overrides\.spec\.selector/],
    ['a key that is no flag name', { engine: { args: { '--foo': '1' } } }, /IGW208 spec\.engine\.args is "--foo"/],
    [
      'the token both in env and from a Secret',
      { env: [{ name: 'HF_TOKEN', value: 'x' }], secrets: { huggingFaceToken: 'hf' } },
      /IGW209 spec\.env is "HF_TOKEN": is also set from secret hf, and provider llmd fails on the duplicate key; remove HF_TOKEN/,
    ],
  ])('fails on %s', (_, spec, message) => {
    expect(messages(llmd.check(plan(spec)))).toEqual([expect.stringMatching(message)]);
  });

  test('passes overrides of other fields, host and port', () => {
    const overrides = { spec: { minReadySeconds: 5, template: { metadata: { labels: { a: 'b' } } } } };
    expect(llmd.check(plan({ provider: { overrides }, engine: { args: { port: '8000' } } }))).toEqual([]);
  });
});

itEqualsGoldens('llmd', llmd, [
  {
    reason: 'trap 1: the pod template carries the label that the pool selects by',
    difference: /template\.metadata\.labels\.airunway\.ai\/model-deployment: expected undefined, got "/,
  },
  {
    reason: 'trap 2: replicas 0 and enablePrefixCaching false are kept',
    difference: /\.spec\.replicas: expected 1, got 0$|args\[2\]: expected "--enable-prefix-caching", got "--no-enable-prefix-caching"$/,
    scenarios: /replicas0|prefix_?caching_false/,
  },
  {
    reason: 'a flag set explicitly goes before the derived one instead of after it',
    difference: /containers\[0\]\.args\[\d+\]: /,
    scenarios: /^s12_llmd_(args|extraargs)$/,
  },
]);

itRefusesGoldens('llmd', llmd, {
  s12_llmd_args_invalid_key: /IGW208 spec\.engine\.args is "--foo"/,
  s12_llmd_env_and_hf: /IGW209 spec\.env is "HF_TOKEN"/,
  s12_llmd_overrides_podspec: /IGW205 spec\.provider\.overrides\.spec\.template\.spec/,
});
