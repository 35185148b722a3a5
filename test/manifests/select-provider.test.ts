import { compact } from '../../src/core';
import { Candidate, select } from '../../src/manifests/select-provider';
import { ModelDeploymentSpec } from '../../src/plan';
import { PRESETS } from '../../src/provider';
import { eachGolden, goldens, named, providerConfig, render } from './manifests';

const spec = (fields: Partial<ModelDeploymentSpec> = {}): ModelDeploymentSpec => ({ model: { id: 'a/b' }, ...fields });
const candidate = (name: string, engine: any = {}, rules: any[] = []): Candidate => ({ name, spec: providerConfig(name, engine, rules).spec });
const gpus = (count: number) => ({ resources: { gpu: { count } } });

test('the only provider of the engine is chosen', () => {
  expect(select(spec({ engine: { type: 'vllm' } }), [candidate('mine')])).toEqual({ engine: 'vllm', provider: 'mine' });
});

test('what is given stays', () => {
  expect(select(spec({ engine: { type: 'sglang' }, provider: { name: 'x' } }), PRESETS)).toEqual({ engine: 'sglang', provider: 'x' });
});

test('nothing is chosen where nobody fits', () => {
  expect(select(spec(), [])).toEqual({ engine: undefined, provider: undefined });
  expect(select(spec({ engine: { type: 'trtllm' } }), [candidate('mine')])).toEqual({ engine: 'trtllm', provider: undefined });
});

describe('engines', () => {
  const all = ['llamacpp', 'trtllm', 'sglang', 'vllm'].map((name) => candidate(`with-${name}`, { name }));

  test('are preferred in the order vllm, sglang, trtllm, llamacpp', () => {
    const chosen = [4, 3, 2, 1].map((count) => select(spec(gpus(1)), all.slice(0, count)).engine);
    expect(chosen).toEqual(['vllm', 'sglang', 'trtllm', 'llamacpp']);
  });

  test('without a GPU only those for CPUs count', () => {
    const cpu = candidate('cpu', { name: 'llamacpp', gpuSupport: false, cpuSupport: true });
    expect(select(spec(), [...all, cpu])).toEqual({ engine: 'llamacpp', provider: 'cpu' });
    expect(select(spec(gpus(0)), [...all, cpu])).toEqual({ engine: 'llamacpp', provider: 'cpu' });
    expect(select(spec(gpus(1)), [cpu])).toEqual({ engine: undefined, provider: undefined });
  });

  test('disaggregated serving takes a GPU for granted and needs the mode', () => {
    const apart = candidate('apart', { name: 'sglang', servingModes: ['disaggregated'] });
    expect(select(spec({ serving: { mode: 'disaggregated' } }), [...all, apart])).toEqual({ engine: 'sglang', provider: 'apart' });
    expect(select(spec(gpus(1)), [apart])).toEqual({ engine: undefined, provider: undefined });
  });

  test('an engine that is given counts as one GPU, as the mutating webhook has it', () => {
    expect(select(spec({ engine: { type: 'vllm' } }), [candidate('cpu', { gpuSupport: false, cpuSupport: true })]).provider).toBeUndefined();
  });
});

describe('rules', () => {
  const engine = { type: 'vllm' as const };
  const always = (priority?: number) => ({ condition: 'true', ...(priority === undefined ? {} : { priority }) });

  test('the highest priority that holds wins', () => {
    const low = candidate('a', {}, [always(10), { condition: 'false', priority: 100 }]);
    expect(select(spec({ engine }), [low, candidate('b', {}, [always(5), always(20)])]).provider).toBe('b');
  });

  test('a tie goes by name, whatever the order', () => {
    const [a, b] = [candidate('a', {}, [always(10)]), candidate('b', {}, [always(10)])];
    expect(select(spec({ engine }), [b, a]).provider).toBe('a');
    expect(select(spec({ engine }), [a, b]).provider).toBe('a');
  });

  test('no rule, no priority and no rule that holds are the same: 0', () => {
    const never = candidate('c', {}, [{ condition: 'false', priority: 9 }]);
    expect(select(spec({ engine }), [never, candidate('b', {}, [always()]), candidate('a')]).provider).toBe('a');
  });

  test('a broken rule is skipped, the others count', () => {
    const broken = candidate('b', {}, [{ condition: 'spec.', priority: 100 }, { condition: 'spec.nothing.there', priority: 100 }, always(1)]);
    expect(select(spec({ engine }), [candidate('a', {}, [always(2)]), broken]).provider).toBe('a');
    expect(select(spec({ engine }), [candidate('a'), broken]).provider).toBe('b');
  });

  test('rules see the engine that was chosen', () => {
    const rules = [{ condition: "spec.engine.type == 'vllm'", priority: 1 }];
    expect(select(spec(gpus(1)), [candidate('a'), candidate('b', {}, rules)]).provider).toBe('b');
  });

  test('rules see the GPU that the mutating webhook adds', () => {
    const rules = [{ condition: 'spec.resources.gpu.count == 1', priority: 1 }];
    expect(select(spec({ engine }), [candidate('a'), candidate('b', {}, rules)]).provider).toBe('b');
  });
});

describe('the five presets', () => {
  test.each([
    ['a CPU', spec(), 'llamacpp', 'kaito'],
    ['vLLM', spec({ engine: { type: 'vllm' } }), 'vllm', 'dynamo'],
    ['vLLM on two GPUs', spec({ engine: { type: 'vllm' }, ...gpus(2) }), 'vllm', 'kuberay'],
    ['SGLang', spec({ engine: { type: 'sglang' } }), 'sglang', 'dynamo'],
    ['disaggregated vLLM', spec({ engine: { type: 'vllm' }, serving: { mode: 'disaggregated' } }), 'vllm', 'dynamo'],
  ])('%s', (_, given, engine, provider) => {
    expect(select(given, PRESETS)).toEqual({ engine, provider });
  });

  test('are those asked when the input has no InferenceProviderConfig', () => {
    const model = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'm', namespace: 'a' } };
    const left = { ...model, spec: { model: { id: 'a/b' }, engine: { type: 'vllm' }, resources: { gpu: { count: 2 } } } };
    expect(render([left]).map(({ kind }) => kind)).toEqual(['RayService']);
    expect(render([left, providerConfig('vllm')]).map(({ kind }) => kind)).toEqual(['Deployment', 'Service']);
  });
});

describe('a provider', () => {
  const model = (provider?: string) => ({
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name: 'm', namespace: 'a' },
    spec: { model: { id: 'a/b' }, resources: { gpu: { count: 2 } }, ...(provider ? { provider: { name: provider } } : {}) },
  });
  const preferred = (status: any) => ({ ...providerConfig('kuberay', {}, [{ condition: 'true', priority: 1 }]), status });
  const first = (status: any, provider?: string) => render([providerConfig('vllm'), preferred(status), model(provider)])[0].kind;

  test.each([[undefined], [null], [{}], ['x'], [{ ready: true, version: 'v1' }]])('with the status %j may be chosen', (status) => {
    expect(first(status)).toBe('RayService');
  });

  test.each([[{ version: 'v1' }], [{ ready: false }], [{ ready: 'true' }]])('with the status %j is not chosen, but may be named', (status) => {
    expect(first(status)).toBe('Deployment');
    expect(first(status, 'kuberay')).toBe('RayService');
  });

  test('fails to be found when none is ready', () => {
    expect(() => render([preferred({ ready: false }), model()])).toThrow(/IGW211 spec\.provider\.name: is missing/);
  });
});

describe('an engine that is chosen', () => {
  const model = (engine: string | undefined, resources?: any) => ({
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name: 'm', namespace: 'a' },
    spec: compact({ model: { id: 'a/b' }, provider: { name: 'vllm' }, engine: engine && { type: engine }, resources }),
  });
  const gpusOf = (given: any, cpuSupport = true) => render([given, providerConfig('vllm', { cpuSupport })])[0].spec.template.spec.containers[0].resources?.limits;

  test('gets no GPU by default, as one that is named does', () => {
    expect(gpusOf(model('vllm'))).toEqual({ 'nvidia.com/gpu': '1' });
    expect(gpusOf(model(undefined))).toBeUndefined();
    expect(gpusOf(model(undefined, { gpu: { count: 2 } }))).toEqual({ 'nvidia.com/gpu': '2' });
  });

  test('fails on a provider that needs one', () => {
    const elsewhere = providerConfig('mine', { cpuSupport: true });
    expect(() => render([model(undefined), elsewhere, providerConfig('vllm')])).toThrow(/IGW301 spec\.resources\.gpu\.count/);
    expect(() => render([model('vllm'), elsewhere, providerConfig('vllm')])).not.toThrow();
  });
});

describe('what a controller has chosen before, as the status says,', () => {
  const model = (status: any) => ({
    apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'm', namespace: 'a' }, status,
    spec: { model: { id: 'a/b' }, resources: { gpu: { count: 2 } } },
  });

  test('stays chosen', () => {
    expect(render([model(undefined)])[0].kind).toBe('RayService');
    expect(render([model({ engine: { type: 'vllm' }, provider: { name: 'llmd' } })])[0].kind).toBe('Deployment');
  });

  test.each([[null], ['x'], [{ engine: 'vllm', provider: 5 }], [{ engine: { type: '' }, provider: { name: null } }]])('is not taken from %j', (status) => {
    expect(render([model(status)])[0].kind).toBe('RayService');
  });
});

describe('goldens', () => {
  const all = goldens();
  const chosen = (name: string) => all.filter(([golden]) => golden.startsWith(name));

  eachGolden('selects as the live controller did in', [...chosen('s10l_'), ...chosen('s10n_')], ({ input, expected }) => {
    const [workload] = expected;
    const { metadata: { labels } } = named(render(input), workload.kind, workload.metadata.name);
    expect(labels).toMatchObject({ 'airunway.ai/engine-type': workload.metadata.labels['airunway.ai/engine-type'] });
  });

  eachGolden('fails, as the live controller does, to run', chosen('s16a_'), ({ input }) => {
    expect(() => render(input)).toThrow(/llama\.?cpp/i);
  });
});
