import { planModel } from '../../src/plan';
import { dynamo, isMocker } from '../../src/provider/dynamo';
import { PINS } from '../../src/versions';
import { CACHE, containerOf, DISAGGREGATED, kinds, messages, MOCKER, plan, services, Spec, worker } from './dynamo-fixtures';
import { itEqualsGoldens } from './goldens';

test('the smallest model is one DynamoGraphDeployment with an endpoint picker and a worker', () => {
  const manifests = dynamo.render(plan());
  expect(kinds(manifests)).toEqual(['DynamoGraphDeployment qwen3']);
  const [graph] = manifests;
  expect(graph).toMatchObject({
    apiVersion: 'nvidia.com/v1alpha1',
    metadata: {
      namespace: 'team-a',
      labels: {
        'airunway.ai/managed-by': 'airunway',
        'airunway.ai/model-deployment': 'qwen3',
        'airunway.ai/model-id': 'Qwen-Qwen3-0.6B',
        'airunway.ai/engine-type': 'vllm',
      },
    },
    spec: { backendFramework: 'vllm' },
  });
  expect(Object.keys((graph.spec as any).services)).toEqual(['Epp', 'VllmWorker']);
  expect(worker()).toEqual({
    componentType: 'worker',
    replicas: 1,
    resources: { limits: { gpu: '1' }, requests: { gpu: '1' } },
    extraPodSpec: {
      mainContainer: {
        image: `nvcr.io/nvidia/ai-dynamo/vllm-runtime:${PINS.dynamo}`,
        command: ['python3', '-m', 'dynamo.vllm'],
        args: ['--model', 'Qwen/Qwen3-0.6B', '--enable-prefix-caching'],
      },
    },
    frontendSidecar: {
      image: `nvcr.io/nvidia/ai-dynamo/vllm-runtime:${PINS.dynamo}`,
      args: ['-m', 'dynamo.frontend', '--router-mode', 'direct'],
    },
  });
  expect(dynamo.targetPort(plan())).toBe(8000);
  expect(dynamo.check(plan())).toEqual([]);
  expect(dynamo.notices(plan())).toEqual([]);
});

describe('labels', () => {
  const modelId = (id: string) => dynamo.render(plan({ model: { id } }))[0].metadata.labels!['airunway.ai/model-id'];

  test('the model id is cut at 63 bytes before its ends are trimmed', () => {
    expect(modelId('meta/llama')).toBe('meta-llama');
    expect(modelId(`${'a'.repeat(62)}/b`)).toBe('a'.repeat(62));
    expect(modelId('_.x y.é-')).toBe('x-y');
    expect(modelId(`${'日'.repeat(20)}abcd`)).toBe('abc');
  });

  test('they follow the domain', () => {
    const older = planModel({
      name: 'qwen3', namespace: 'a', domain: 'kubeairunway.ai', provider: 'dynamo', engine: 'vllm', spec: { model: { id: 'a/b' } },
    });
    expect(dynamo.render(older)[0].metadata.labels).toEqual({
      'kubeairunway.ai/managed-by': 'kubeairunway',
      'kubeairunway.ai/model-deployment': 'qwen3',
      'kubeairunway.ai/model-id': 'a-b',
      'kubeairunway.ai/engine-type': 'vllm',
    });
  });
});

describe('engines', () => {
  const full = { contextLength: 4096, trustRemoteCode: true, enforceEager: true };

  test('vllm and sglang take the same switches under their own names', () => {
    expect(containerOf(worker({ model: { servedName: 'q' }, engine: { type: 'vllm', ...full } })).args).toEqual([
      '--model', 'Qwen/Qwen3-0.6B', '--served-model-name', 'q', '--max-model-len', '4096',
      '--trust-remote-code', '--enable-prefix-caching', '--enforce-eager',
    ]);
    const sglang = worker({ engine: { type: 'sglang', ...full } });
    expect(containerOf(sglang)).toMatchObject({
      image: `nvcr.io/nvidia/ai-dynamo/sglang-runtime:${PINS.dynamo}`,
      command: ['python3', '-m', 'dynamo.sglang'],
      args: [
        '--model-path', 'Qwen/Qwen3-0.6B', '--context-length', '4096', '--trust-remote-code', '--enable-prefix-caching', '--enforce-eager',
      ],
    });
    expect(sglang.frontendSidecar.image).toContain('/vllm-runtime:');
  });

  test('trtllm takes only the model, and says so', () => {
    const input: Spec = { engine: { type: 'trtllm', ...full, enablePrefixCaching: false } };
    expect(containerOf(worker(input))).toMatchObject({
      image: `nvcr.io/nvidia/ai-dynamo/tensorrtllm-runtime:${PINS.dynamo}`, args: ['--model-path', 'Qwen/Qwen3-0.6B'],
    });
    expect(messages(dynamo.notices(plan(input)))).toEqual([
      expect.stringMatching(/spec\.engine\.contextLength is 4096: is ignored by provider dynamo; set it when the TensorRT-LLM engine is built/),
      expect.stringMatching(/spec\.engine\.trustRemoteCode/),
      expect.stringMatching(/spec\.engine\.enablePrefixCaching is false/),
      expect.stringMatching(/spec\.engine\.enforceEager/),
    ]);
  });

  test('prefix caching stays off when turned off', () => {
    expect(containerOf(worker({ engine: { enablePrefixCaching: false } })).args).toEqual(['--model', 'Qwen/Qwen3-0.6B']);
  });

  test('an explicit flag goes before the derived one, and args are sorted', () => {
    const engine = { contextLength: 8192, args: { 'seed': '7', 'max-model-len': '4096', 'async': '' } };
    expect(containerOf(worker({ engine })).args).toEqual([
      '--model', 'Qwen/Qwen3-0.6B', '--enable-prefix-caching', '--async', '--max-model-len', '4096', '--seed', '7',
    ]);
  });

  test('connector reaches every engine but vllm', () => {
    const args = { connector: 'nixl' };
    expect(containerOf(worker({ engine: { args } })).args).not.toContain('--connector');
    expect(containerOf(worker({ engine: { type: 'sglang', args } })).args).toContain('--connector');
    expect(messages(dynamo.notices(plan({ engine: { args } })))).toEqual([
      expect.stringMatching(/spec\.engine\.args\.connector is "nixl": is not passed on/),
    ]);
  });

  test('an image of engine or spec replaces the default', () => {
    expect(containerOf(worker({ engine: { image: 'a:1' } })).image).toBe('a:1');
    expect(containerOf(worker({ image: 'b:1', resources: { gpu: { count: 1 } } })).image).toBe('b:1');
  });
});

describe('resources and scheduling', () => {
  test('memory and cpu are limits only', () => {
    expect(worker({ resources: { gpu: { count: 2 }, memory: '64Gi', cpu: '8' } }).resources).toEqual({
      limits: { gpu: '2', memory: '64Gi', cpu: '8' }, requests: { gpu: '2' },
    });
  });

  test('zero replicas stay zero', () => {
    expect(worker({ scaling: { replicas: 0 } }).replicas).toBe(0);
  });

  test('workers get node selector and tolerations, always with key and operator', () => {
    const input: Spec = {
      nodeSelector: { gpu: 'h100' },
      tolerations: [{ operator: 'Exists' }, { key: 'pool', value: 'gpu', effect: 'NoExecute', tolerationSeconds: 0 }],
    };
    expect(worker(input).extraPodSpec).toMatchObject({
      nodeSelector: { gpu: 'h100' },
      tolerations: [
        { key: '', operator: 'Exists' },
        { key: 'pool', operator: '', value: 'gpu', effect: 'NoExecute', tolerationSeconds: 0 },
      ],
    });
    expect(services(input).Epp.extraPodSpec).not.toHaveProperty('nodeSelector');
  });

  test('a token secret is read by worker and sidecar', () => {
    const { VllmWorker, Epp } = services({ secrets: { huggingFaceToken: 'hf' } });
    expect(VllmWorker).toMatchObject({ envFromSecret: 'hf', frontendSidecar: { envFromSecret: 'hf' } });
    expect(Epp).not.toHaveProperty('envFromSecret');
  });
});

describe('endpoint picker', () => {
  test('aggregated, one profile takes workers without a role', () => {
    const { Epp } = services();
    expect(containerOf(Epp)).toEqual({
      image: `nvcr.io/nvidia/ai-dynamo/dynamo-frontend:${PINS.dynamo}`,
      env: [{ name: 'DYN_DECODE_FALLBACK', value: 'true' }, { name: 'DYN_ENFORCE_DISAGG', value: 'false' }],
    });
    const { plugins, schedulingProfiles } = Epp.eppConfig.config;
    expect(plugins.map(({ type }: any) => type)).toEqual(['disagg-profile-handler', 'label-filter', 'max-score-picker', 'dyn-decode-scorer']);
    expect(plugins[1].parameters).toEqual({ label: 'nvidia.com/dynamo-sub-component-type', validValues: ['decode'], allowsNoLabel: true });
    expect(schedulingProfiles).toEqual([{
      name: 'decode',
      plugins: [{ pluginRef: 'decode-filter', weight: 1 }, { pluginRef: 'dyn-decode', weight: 1 }, { pluginRef: 'picker', weight: 1 }],
    }]);
  });

  test('disaggregated, prefill comes first and a role is needed', () => {
    const { Epp } = services(DISAGGREGATED);
    expect(containerOf(Epp).env.map(({ value }: any) => value)).toEqual(['false', 'true']);
    const { plugins, schedulingProfiles } = Epp.eppConfig.config;
    expect(plugins.map(({ name }: any) => name)).toEqual([
      undefined, 'prefill-filter', 'decode-filter', 'picker', 'dyn-prefill', 'dyn-decode',
    ]);
    expect(plugins[2].parameters.allowsNoLabel).toBe(false);
    expect(schedulingProfiles.map(({ name }: any) => name)).toEqual(['prefill', 'decode']);
  });

  test('its image can be overridden', () => {
    expect(containerOf(services({ provider: { overrides: { epp: { image: 'epp:1' } } } }).Epp).image).toBe('epp:1');
  });
});

describe('without a gateway', () => {
  const gateway = { enabled: false };

  test('a frontend routes instead of the endpoint picker', () => {
    const { Frontend, VllmWorker, ...others } = services({ gateway, secrets: { huggingFaceToken: 'hf' } });
    expect(others).toEqual({});
    expect(VllmWorker).not.toHaveProperty('frontendSidecar');
    expect(Frontend).toEqual({
      componentType: 'frontend',
      replicas: 1,
      resources: { requests: { cpu: '2', memory: '4Gi' } },
      extraPodSpec: {
        mainContainer: {
          image: `nvcr.io/nvidia/ai-dynamo/vllm-runtime:${PINS.dynamo}`, env: [{ name: 'DYN_ROUTER_MODE', value: 'round-robin' }],
        },
      },
      envFromSecret: 'hf',
    });
  });

  test('the router mode is an override, which is merged as well', () => {
    const input = plan({ gateway, provider: { overrides: { routerMode: 'kv' } } });
    const [graph] = dynamo.render(input);
    expect(containerOf((graph.spec as any).services.Frontend).env).toEqual([{ name: 'DYN_ROUTER_MODE', value: 'kv' }]);
    expect(graph.routerMode).toBe('kv');
    expect(messages(dynamo.notices(input))).toEqual([expect.stringMatching(/overrides\.routerMode is "kv": also lands at the root/)]);
  });

  test('an override of the side that is not there is pointed out', () => {
    const behind = plan({ provider: { overrides: { routerMode: 'kv' } } });
    expect(messages(dynamo.notices(behind))).toContainEqual(expect.stringMatching(/overrides\.routerMode .*is ignored .* there is no Frontend/));
    const without = plan({ gateway, provider: { overrides: { epp: { image: 'a' } } } });
    expect(messages(dynamo.notices(without))).toContainEqual(expect.stringMatching(/overrides\.epp .*is ignored .* there is no Epp/));
  });
});

describe('disaggregated', () => {
  test('prefill and decode differ in role, replicas and resources', () => {
    const { VllmPrefillWorker, VllmDecodeWorker } = services(DISAGGREGATED);
    expect(VllmPrefillWorker).toMatchObject({
      subComponentType: 'prefill', replicas: 2, resources: { limits: { gpu: '1', memory: '32Gi' }, requests: { gpu: '1' } },
    });
    expect(VllmDecodeWorker).toMatchObject({ subComponentType: 'decode', replicas: 3, resources: { limits: { gpu: '4' }, requests: { gpu: '4' } } });
    expect(containerOf(VllmDecodeWorker)).toMatchObject({
      args: [
        '--model', 'Qwen/Qwen3-0.6B', '--enable-prefix-caching', '--disaggregation-mode', 'decode',
        '--kv-transfer-config', '{"kv_connector":"NixlConnector","kv_role":"kv_both"}',
      ],
      env: [{ name: 'VLLM_NIXL_SIDE_CHANNEL_HOST', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    });
    expect(VllmDecodeWorker.frontendSidecar.args).toEqual(['-m', 'dynamo.frontend']);
  });

  test('sglang needs neither the transfer config nor the pod address', () => {
    const container = containerOf(services({ ...DISAGGREGATED, engine: { type: 'sglang' } }).VllmPrefillWorker);
    expect(container.args.slice(-2)).toEqual(['--disaggregation-mode', 'prefill']);
    expect(container).not.toHaveProperty('env');
  });

  test('an explicit transfer config goes before the derived one, an explicit role does not', () => {
    const input: Spec = { ...DISAGGREGATED, engine: { args: { 'kv-transfer-config': '{}', 'disaggregation-mode': 'decode' } } };
    expect(containerOf(services(input).VllmPrefillWorker).args).toEqual([
      '--model', 'Qwen/Qwen3-0.6B', '--enable-prefix-caching', '--kv-transfer-config', '{}', '--disaggregation-mode', 'prefill',
    ]);
    expect(messages(dynamo.notices(plan(input)))).toContainEqual(expect.stringMatching(/disaggregation-mode is "decode": is decided per worker/));
  });

  test('resources of the whole model are ignored, and it says so', () => {
    expect(messages(dynamo.notices(plan({ ...DISAGGREGATED, resources: { memory: '64Gi', cpu: '8' } })))).toEqual(expect.arrayContaining([
      expect.stringMatching(/spec\.resources\.memory is "64Gi"/), expect.stringMatching(/spec\.resources\.cpu is "8"/),
    ]));
  });

  test('more than one GPU of a role idles until a flag spreads the model over them', () => {
    expect(messages(dynamo.notices(plan(DISAGGREGATED)))).toEqual([
      expect.stringMatching(/IGW210 spec\.scaling\.decode\.gpu\.count is 4: .*the others idle/),
    ]);
  });
});

test('SGLang is warned of the switches it does not know', () => {
  const notices = messages(dynamo.notices(plan({ engine: { type: 'sglang', enforceEager: true } })));
  expect(notices).toEqual([
    expect.stringMatching(/IGW210 spec\.engine\.enablePrefixCaching is true: .*SGLang does not know; set it to false/),
    expect.stringMatching(/IGW210 spec\.engine\.enforceEager is true: .*disable-cuda-graph/),
  ]);
});

describe('mocker', () => {
  test('a simulator behind a frontend replaces engine and gateway', () => {
    const { Frontend, VllmWorker } = services({ engine: { image: 'a:1', args: { seed: '1' } }, model: { servedName: 'q' } }, { annotations: MOCKER });
    const image = `nvcr.io/nvidia/ai-dynamo/dynamo-planner:${PINS.dynamo}`;
    const small = { cpu: '100m', memory: '256Mi' };
    expect(Frontend).toMatchObject({ resources: { requests: small }, extraPodSpec: { mainContainer: { image } } });
    expect(VllmWorker).toMatchObject({ resources: { limits: small, requests: small } });
    expect(containerOf(VllmWorker)).toEqual({
      image,
      command: ['python3', '-m', 'dynamo.mocker'],
      args: [
        '--model-path', 'Qwen/Qwen3-0.6B', '--model-name', 'q', '--speedup-ratio', '1000.0',
        '--num-gpu-blocks-override', '4096', '--block-size', '16', '--max-num-seqs', '64',
      ],
    });
  });

  test('its workers keep their roles', () => {
    const { VllmDecodeWorker } = services({ ...DISAGGREGATED, scaling: { prefill: {}, decode: {} } }, { annotations: MOCKER });
    expect(containerOf(VllmDecodeWorker).args.slice(-2)).toEqual(['--disaggregation-mode', 'decode']);
    expect(containerOf(VllmDecodeWorker).args).not.toContain('--kv-transfer-config');
  });

  test('one warning says what is ignored', () => {
    const input = plan({ engine: { contextLength: 1, extraArgs: ['--a'] } }, { annotations: MOCKER });
    expect(isMocker(input)).toBe(true);
    expect(messages(dynamo.notices(input))).toEqual([
      expect.stringMatching(/dynamo-test-backend.* is "mocker": replaces the engine with a simulator/),
    ]);
  });

  test('another value of the annotation means nothing', () => {
    expect(isMocker(plan({}, { annotations: { 'airunway.ai/dynamo-test-backend': 'real' } }))).toBe(false);
  });
});

describe('overrides', () => {
  test('they are merged over the graph last', () => {
    const [graph] = dynamo.render(plan({ provider: { overrides: { spec: { services: { VllmWorker: { sharedMemory: { size: '8Gi' } } } } } } }));
    expect((graph.spec as any).services.VllmWorker).toMatchObject({ componentType: 'worker', sharedMemory: { size: '8Gi' } });
  });
});

describe('what is ignored is pointed out', () => {
  test.each<[string, Spec, RegExp]>([
    ['env', { env: [{ name: 'A', value: '1' }] }, /spec\.env is \["A"\]: is ignored by provider dynamo; set it under spec\.services/],
    ['extraArgs', { engine: { extraArgs: ['--a'] } }, /spec\.engine\.extraArgs is \["--a"\]: .*move the flags to engine\.args/],
    ['pod labels', { podTemplate: { metadata: { labels: { team: 'ml' } } } }, /spec\.podTemplate\.metadata\.labels is \["team"\]/],
    ['pod annotations', { podTemplate: { metadata: { annotations: { a: 'b' } } } }, /spec\.podTemplate\.metadata\.annotations/],
    ['the GPU type', { resources: { gpu: { count: 1, type: 'amd.com/gpu' } } }, /spec\.resources\.gpu\.type is "amd\.com\/gpu"/],
  ])('%s', (_, input, message) => {
    expect(messages(dynamo.notices(plan(input)))).toEqual([expect.stringMatching(message)]);
  });
});

describe('check', () => {
  test.each<[string, Spec, RegExp]>([
    ['a key with dashes in front', { engine: { args: { '--foo': '1' } } }, /IGW208 spec\.engine\.args is "--foo": .*without its leading dashes$/],
    ['overrides of the identity', { provider: { overrides: { metadata: {} } } }, /IGW205 spec\.provider\.overrides\.metadata/],
    ['a router mode that is no text', { provider: { overrides: { routerMode: 1 } } }, /IGW201 .*overrides\.routerMode is 1: cannot be read/],
    ['a frontend that is no object', { provider: { overrides: { frontend: 'x' } } }, /IGW201 .*overrides\.frontend .*allowed: an object/],
    ['an epp that is no object', { provider: { overrides: { epp: [] } } }, /IGW201 spec\.provider\.overrides\.epp /],
    ['an epp image that is no text', { provider: { overrides: { epp: { image: {} } } } }, /IGW201 spec\.provider\.overrides\.epp\.image/],
  ])('fails on %s', (_, input, message) => {
    expect(messages(dynamo.check(plan(input)))).toEqual([expect.stringMatching(message)]);
  });

  test('null shorthands are as good as none', () => {
    expect(dynamo.check(plan({ provider: { overrides: { routerMode: null, epp: null } } }))).toEqual([]);
  });

  test('fails on another engine than vllm with the mocker', () => {
    const mistakes = dynamo.check(plan({ engine: { type: 'sglang' } }, { annotations: MOCKER }));
    expect(messages(mistakes)).toEqual([expect.stringMatching(/IGW301 spec\.engine\.type is "sglang": cannot be simulated .*allowed: vllm/)]);
  });

  test('fails on a name that is too long for the download Job, and only then', () => {
    const mistakes = dynamo.check(plan(CACHE, { name: 'a'.repeat(49) }));
    expect(messages(mistakes)).toEqual([expect.stringMatching(/IGW102 .*64 characters long.* at most 48 characters/)]);
    expect(dynamo.check(plan(CACHE, { name: 'a'.repeat(48) }))).toEqual([]);
    expect(dynamo.check(plan({}, { name: 'a'.repeat(63) }))).toEqual([]);
  });
});

itEqualsGoldens('dynamo', dynamo, [
  { reason: 'replicas 0 is kept', difference: /VllmWorker\.replicas: expected 1, got 0$/ },
  { reason: 'enablePrefixCaching false is kept', difference: /VllmWorker.*\.args\[\d+\]: expected "--enable-prefix-caching", got undefined$/ },
]);
