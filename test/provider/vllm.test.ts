import fc from 'fast-check';
import { formatMistake, Mistake } from '../../src/core';
import { ModelDeploymentSpec, planModel } from '../../src/plan';
import { vllm } from '../../src/provider/vllm';
import { PINS } from '../../src/versions';
import { itEqualsGoldens, itRefusesGoldens } from './goldens';

type Spec = Omit<ModelDeploymentSpec, 'model'> & { model?: Partial<ModelDeploymentSpec['model']> };

function plan(spec: Spec = {}, domain = 'airunway.ai') {
  return planModel({
    name: 'qwen3', namespace: 'team-a', domain, provider: 'vllm', engine: 'vllm', spec: {
      ...spec, engine: { type: 'vllm', ...spec.engine }, model: { id: 'Qwen/Qwen3-0.6B', ...spec.model },
    },
  });
}

const deployment = (spec?: Spec): any => vllm.render(plan(spec))[0];
const podOf = (spec?: Spec) => deployment(spec).spec.template.spec;
const containerOf = (spec?: Spec) => podOf(spec).containers[0];
const argsOf = (engine: Spec['engine'], rest: Spec = {}): string[] => containerOf({ ...rest, engine }).args.slice(4);
const messages = (mistakes: Mistake[]) => mistakes.map(formatMistake);

test('the smallest model is a Deployment and a Service', () => {
  const [object, service, ...others] = vllm.render(plan());
  const labels = {
    'airunway.ai/managed-by': 'airunway',
    'airunway.ai/deployment': 'qwen3',
    'airunway.ai/model-source': 'huggingface',
    'airunway.ai/engine-type': 'vllm',
  };
  const selector = { 'airunway.ai/deployment': 'qwen3', 'app': 'qwen3' };
  expect(others).toEqual([]);
  expect(object).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'qwen3', namespace: 'team-a', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { ...selector, 'airunway.ai/model-deployment': 'qwen3' } },
        spec: {
          containers: [{
            name: 'vllm',
            image: `vllm/vllm-openai:${PINS.vllm}`,
            args: ['--host', '0.0.0.0', '--port', '8000', '--model', 'Qwen/Qwen3-0.6B', '--enable-prefix-caching'],
            ports: [{ name: 'http', containerPort: 8000, protocol: 'TCP' }],
            startupProbe: { httpGet: { path: '/health', port: 8000 }, initialDelaySeconds: 15, periodSeconds: 10, failureThreshold: 60 },
            livenessProbe: { httpGet: { path: '/health', port: 8000 }, initialDelaySeconds: 15, periodSeconds: 10, failureThreshold: 3 },
            readinessProbe: { httpGet: { path: '/health', port: 8000 }, initialDelaySeconds: 15, periodSeconds: 5, failureThreshold: 3 },
            resources: { limits: { 'nvidia.com/gpu': '1' }, requests: { 'nvidia.com/gpu': '1' } },
          }],
        },
      },
    },
  });
  expect(service).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'qwen3', namespace: 'team-a', labels },
    spec: { type: 'ClusterIP', selector, ports: [{ name: 'http', port: 8000, targetPort: 8000, protocol: 'TCP' }] },
  });
  expect(vllm.targetPort(plan())).toBe(8000);
  expect(vllm.check(plan())).toEqual([]);
  expect(vllm.notices(plan())).toEqual([]);
});

describe('flags', () => {
  test('derived ones come in a fixed order, then args by key, then extraArgs as they stand', () => {
    const engine = {
      contextLength: 8192,
      trustRemoteCode: true,
      enforceEager: true,
      args: { 'swap-space': '4', 'enable-chunked-prefill': '' },
      extraArgs: ['-v', '--seed=7'],
    };
    expect(argsOf(engine, { model: { servedName: 'qwen' }, resources: { gpu: { count: 2 } } })).toEqual([
      '--model', 'Qwen/Qwen3-0.6B',
      '--served-model-name', 'qwen',
      '--max-model-len', '8192',
      '--trust-remote-code',
      '--enforce-eager',
      '--enable-prefix-caching',
      '--tensor-parallel-size', '2',
      '--enable-chunked-prefill',
      '--swap-space', '4',
      '-v', '--seed=7',
    ]);
  });

  test.each<[string, Spec['engine'], string[]]>([
    ['args', { contextLength: 8192, args: { 'max-model-len': '4096' } }, ['--max-model-len', '4096']],
    ['extraArgs', { contextLength: 8192, extraArgs: ['--max-model-len=4096'] }, ['--max-model-len=4096']],
    ['extraArgs in two tokens', { contextLength: 8192, extraArgs: ['--max-model-len', '4096'] }, ['--max-model-len', '4096']],
  ])('an explicit flag in %s wins over a derived one', (_, engine, expected) => {
    expect(argsOf(engine)).toEqual(['--model', 'Qwen/Qwen3-0.6B', '--enable-prefix-caching', ...expected]);
  });

  test.each(['model', 'served-model-name', 'max-model-len', 'trust-remote-code', 'enforce-eager', 'enable-prefix-caching', 'tensor-parallel-size'])(
    '--%s appears once when set explicitly', (flag) => {
      const derived = { contextLength: 1, trustRemoteCode: true, enforceEager: true };
      const rest: Spec = { model: { servedName: 's' }, resources: { gpu: { count: 2 } } };
      expect(argsOf({ ...derived, args: { [flag]: 'x' } }, rest).filter((token) => token === `--${flag}`)).toHaveLength(1);
      expect(argsOf({ ...derived, extraArgs: [`--${flag}=x`] }, rest).filter((token) => token.startsWith(`--${flag}`))).toHaveLength(1);
    },
  );

  test('prefix caching is off when it is false, and stays off when the opposite flag is given', () => {
    expect(argsOf({ enablePrefixCaching: false })).toEqual(['--model', 'Qwen/Qwen3-0.6B']);
    expect(argsOf({ args: { 'no-enable-prefix-caching': '' } })).toEqual(['--model', 'Qwen/Qwen3-0.6B', '--no-enable-prefix-caching']);
  });

  test('leaving prefix caching out is pointed out: newer engines have it on', () => {
    const [message, ...others] = messages(vllm.notices(plan({ engine: { enablePrefixCaching: false } })));
    expect(others).toEqual([]);
    expect(message).toMatch(/IGW210 spec\.engine\.enablePrefixCaching is false: leaves out the flag only, .*no-enable-prefix-caching/);
    expect(vllm.notices(plan({ engine: { enablePrefixCaching: false, args: { 'no-enable-prefix-caching': '' } } }))).toEqual([]);
  });

  test('tensors are spread over all GPUs of a pod, and over none when there is one', () => {
    const sizeOf = (count: number) => argsOf({}, { resources: { gpu: { count } } }).slice(3);
    expect([0, 1, 2, 8].map(sizeOf)).toEqual([[], [], ['--tensor-parallel-size', '2'], ['--tensor-parallel-size', '8']]);
  });

  test('no flag is derived twice, whatever is set explicitly', () => {
    const derivable = ['model', 'max-model-len', 'trust-remote-code', 'enforce-eager', 'enable-prefix-caching', 'tensor-parallel-size'];
    const flags = fc.uniqueArray(fc.constantFrom(...derivable));
    fc.assert(fc.property(flags, fc.boolean(), (explicit, inArgs) => {
      const engine = {
        contextLength: 1,
        trustRemoteCode: true,
        enforceEager: true,
        ...(inArgs ? { args: Object.fromEntries(explicit.map((flag) => [flag, ''])) } : { extraArgs: explicit.map((flag) => `--${flag}`) }),
      };
      const flagsOf = argsOf(engine, { resources: { gpu: { count: 2 } } }).filter((token) => token.startsWith('--'));
      expect(flagsOf).toHaveLength(new Set(flagsOf).size);
    }));
  });
});

describe('images', () => {
  test('engine.image goes before image, and both before the default', () => {
    expect(containerOf({ image: 'old:1' }).image).toBe('old:1');
    expect(containerOf({ image: 'new:1', engine: { image: 'new:1' } }).image).toBe('new:1');
  });
});

describe('resources', () => {
  test('GPU and memory are limits and requests, cpu is a request only', () => {
    expect(containerOf({ resources: { gpu: { count: 2 }, memory: '64Gi', cpu: '8' } }).resources).toEqual({
      limits: { 'nvidia.com/gpu': '2', 'memory': '64Gi' },
      requests: { 'nvidia.com/gpu': '2', 'memory': '64Gi', 'cpu': '8' },
    });
  });

  test('nothing asked for leaves nothing', () => {
    expect(containerOf({ resources: { gpu: { count: 0 } } })).not.toHaveProperty('resources');
    expect(containerOf({ resources: { cpu: '1' } }).resources).toEqual({ requests: { cpu: '1' } });
  });

  test('the GPU type is ignored, and it says so', () => {
    const spec: Spec = { resources: { gpu: { count: 1, type: 'amd.com/gpu' } } };
    expect(containerOf(spec).resources.limits).toEqual({ 'nvidia.com/gpu': '1' });
    expect(messages(vllm.notices(plan(spec)))).toEqual([
      expect.stringMatching(/spec\.resources\.gpu\.type is "amd\.com\/gpu": is ignored by provider vllm/),
    ]);
  });

  test('replicas are kept, zero too', () => {
    expect(deployment({ scaling: { replicas: 3 } }).spec.replicas).toBe(3);
    expect(deployment({ scaling: { replicas: 0 } }).spec.replicas).toBe(0);
  });
});

describe('storage', () => {
  test('more than one GPU shares memory through /dev/shm', () => {
    const spec: Spec = { resources: { gpu: { count: 2 } } };
    expect(podOf(spec).volumes).toEqual([{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '20Gi' } }]);
    expect(containerOf(spec).volumeMounts).toEqual([{ name: 'shm', mountPath: '/dev/shm' }]);
    expect(podOf()).not.toHaveProperty('volumes');
    expect(containerOf()).not.toHaveProperty('volumeMounts');
  });

  const volumes = [
    { name: 'cache', purpose: 'modelCache' as const, size: '100Gi' },
    { name: 'data', claimName: 'my-data', mountPath: '/data', readOnly: true },
  ];

  test('claims are mounted after it', () => {
    const spec: Spec = { resources: { gpu: { count: 2 } }, model: { storage: { volumes } } };
    expect(podOf(spec).volumes.slice(1)).toEqual([
      { name: 'cache', persistentVolumeClaim: { claimName: 'qwen3-cache' } },
      { name: 'data', persistentVolumeClaim: { claimName: 'my-data' } },
    ]);
    expect(containerOf(spec).volumeMounts.slice(1)).toEqual([
      { name: 'cache', mountPath: '/model-cache' },
      { name: 'data', mountPath: '/data', readOnly: true },
    ]);
  });

  test('a claim to be made is not made, and it says so', () => {
    expect(vllm.render(plan({ model: { storage: { volumes } } })).map(({ kind }) => kind)).toEqual(['Deployment', 'Service']);
    expect(messages(vllm.notices(plan({ model: { storage: { volumes } } })))).toEqual([
      expect.stringMatching(/storage\.volumes\[cache\]\.size is "100Gi": makes no claim with provider vllm: pods wait for qwen3-cache; create/),
    ]);
  });

  test('fails on a second volume named shm', () => {
    const spec: Spec = { resources: { gpu: { count: 2 } }, model: { storage: { volumes: [{ name: 'shm', claimName: 'c', mountPath: '/c' }] } } };
    expect(messages(vllm.check(plan(spec)))).toEqual([
      expect.stringMatching(/IGW206 spec\.model\.storage\.volumes\[0\]\.name is "shm": .*allowed: any other name than shm; rename the volume/),
    ]);
    expect(vllm.check(plan({ ...spec, resources: { gpu: { count: 1 } } }))).toEqual([]);
  });
});

describe('environment', () => {
  test('keeps every kind of source, a divisor as the API server stores it, and of value and reference the reference', () => {
    const env = [
      { name: 'PLAIN', value: '1' },
      { name: 'EMPTY', value: '' },
      { name: 'SECRET', value: 'fallback', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
      { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
      { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      { name: 'MILLI', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0.001' } } },
    ];
    expect(containerOf({ env }).env).toEqual([
      { name: 'PLAIN', value: '1' },
      { name: 'EMPTY' },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
      { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
      { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0' } } },
      { name: 'MILLI', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
    ]);
    expect(messages(vllm.notices(plan({ env })))).toEqual([
      expect.stringMatching(/IGW210 spec\.env\[SECRET\]\.value is "fallback": is ignored by provider vllm, which takes the reference/),
    ]);
    expect(containerOf()).not.toHaveProperty('env');
  });

  test('the token comes from its Secret, once', () => {
    const token = { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hf', key: 'HF_TOKEN' } } };
    const secrets = { huggingFaceToken: 'hf' };
    expect(containerOf({ secrets }).env).toEqual([token]);
    expect(containerOf({ secrets, env: [{ name: 'HF_TOKEN', value: 'inline' }, { name: 'A', value: '1' }] }).env).toEqual([
      { name: 'A', value: '1' }, token,
    ]);
    expect(containerOf({ env: [{ name: 'HF_TOKEN', value: 'inline' }] }).env).toEqual([{ name: 'HF_TOKEN', value: 'inline' }]);
  });
});

describe('pod metadata and placement', () => {
  const labels = {
    'team': 'ml', 'app': 'hijack', 'airunway.ai/managed-by': 'me', 'airunway.ai/model-deployment': 'x', 'airunway.ai/deployment': 'y',
  };
  const spec: Spec = { podTemplate: { metadata: { labels, annotations: { note: 'hi' } } } };

  test('labels go on Deployment and pod; what selectors look for wins on the pod', () => {
    const { metadata, spec: { selector, template } } = deployment(spec);
    expect(metadata.labels).toMatchObject({ 'team': 'ml', 'app': 'hijack', 'airunway.ai/managed-by': 'me', 'airunway.ai/engine-type': 'vllm' });
    expect(template.metadata.labels).toEqual({
      'team': 'ml', 'app': 'qwen3', 'airunway.ai/managed-by': 'me', 'airunway.ai/model-deployment': 'qwen3', 'airunway.ai/deployment': 'qwen3',
    });
    expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  });

  test('annotations go on both', () => {
    const { metadata, spec: { template } } = deployment(spec);
    expect([metadata.annotations, template.metadata.annotations]).toEqual([{ note: 'hi' }, { note: 'hi' }]);
  });

  test('the node selector and tolerations go on the pod', () => {
    const tolerations = [
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'pool', operator: 'Equal', value: 'gpu', effect: 'NoExecute', tolerationSeconds: 0 },
      { operator: 'Exists' },
    ];
    const pod = podOf({ nodeSelector: { gpu: 'h100' }, tolerations });
    expect(pod.nodeSelector).toEqual({ gpu: 'h100' });
    expect(pod.tolerations).toEqual([tolerations[0], tolerations[1], { key: '', operator: 'Exists' }]);
    expect(podOf()).not.toHaveProperty('nodeSelector');
    expect(podOf()).not.toHaveProperty('tolerations');
  });

  test('the older group has labels of its own', () => {
    const [{ metadata, spec: { template } }, service]: any[] = vllm.render(plan({}, 'kubeairunway.ai'));
    expect(metadata.labels).toMatchObject({ 'kubeairunway.ai/managed-by': 'kubeairunway', 'kubeairunway.ai/deployment': 'qwen3' });
    expect(template.metadata.labels).toEqual({ 'kubeairunway.ai/deployment': 'qwen3', 'kubeairunway.ai/model-deployment': 'qwen3', 'app': 'qwen3' });
    expect(service.spec.selector).toEqual({ 'kubeairunway.ai/deployment': 'qwen3', 'app': 'qwen3' });
  });
});

test.each<[NonNullable<Spec['tolerations']>[number], RegExp]>([
  [{ key: 'a', operator: 'Like' }, /IGW201 spec\.tolerations\[0\]\.operator is "Like": is not known; allowed: Exists, Equal/],
  [{ key: 'a', effect: 'Never' }, /IGW201 spec\.tolerations\[0\]\.effect is "Never": is not known; allowed: NoSchedule/],
  [{}, /IGW201 spec\.tolerations\[0\]\.operator is "": compares a value without a key; allowed: Exists/],
  [{ key: 'a', operator: 'Exists', value: 'b' }, /IGW201 spec\.tolerations\[0\]\.value is "b": is not compared/],
  [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 5 }, /IGW201 spec\.tolerations\[0\]\.tolerationSeconds is 5: .*allowed: effect NoExecute/],
])('fails on toleration %j', (toleration, message) => {
  expect(messages(vllm.check(plan({ tolerations: [toleration] })))).toEqual([expect.stringMatching(message)]);
});

test('tolerations that pods may have are no mistake', () => {
  const tolerations = [
    { operator: 'Exists' }, { key: 'a' }, { key: 'a', operator: 'Equal', value: '', effect: '' }, { key: 'a', effect: 'NoExecute', tolerationSeconds: 0 },
  ];
  expect(vllm.check(plan({ tolerations }))).toEqual([]);
});

describe('overrides', () => {
  test('maps merge, lists and everything else are replaced; the Service stays', () => {
    const podSpec = { terminationGracePeriodSeconds: 99, containers: [{ name: 'x', image: 'y' }] };
    const overrides = { spec: { minReadySeconds: 10, template: { spec: podSpec } } };
    const [object, service]: any[] = vllm.render(plan({ provider: { overrides } }));
    expect(object.spec).toMatchObject({ replicas: 1, minReadySeconds: 10 });
    expect(object.spec.template.spec).toEqual(podSpec);
    expect(object.spec.template.metadata.labels).toHaveProperty(['airunway.ai/model-deployment'], 'qwen3');
    expect(service).toEqual(vllm.render(plan())[1]);
  });

  test.each<[object, RegExp]>([
    [{ kind: 'Pod' }, /IGW205 spec\.provider\.overrides\.kind is "Pod": would replace the identity .*remove kind/],
    [{ metadata: { labels: {} } }, /IGW205 spec\.provider\.overrides\.metadata is/],
    [{ spec: { bogus: 1 } }, /IGW205 spec\.provider\.overrides\.spec\.bogus is 1: is not a field of a Deployment; allowed: .*minReadySeconds/],
    [{ spec: { template: { spec: { container: [] } } } }, /IGW205 spec\.provider\.overrides\.spec\.template\.spec\.container is \[\]/],
    [{ spec: null }, /IGW205 spec\.provider\.overrides\.spec is null: is not an object/],
    [{ spec: { template: [] } }, /IGW205 spec\.provider\.overrides\.spec\.template is \[\]: is not an object/],
    [{ spec: { selector: {} } }, /IGW205 spec\.provider\.overrides\.spec\.selector is \{\}: would keep .* from finding the pods; .*remove it/],
    [
      { spec: { template: { metadata: { labels: { 'a': 'b', 'airunway.ai/model-deployment': 'x' } } } } },
      /IGW205 spec\.provider\.overrides\.spec\.template\.metadata\.labels\.airunway\.ai\/model-deployment is "x"/,
    ],
  ])('fails on %j', (overrides, message) => {
    expect(messages(vllm.check(plan({ provider: { overrides } })))).toEqual([expect.stringMatching(message)]);
  });
});

describe('check', () => {
  test.each([
    ['args', { args: { port: '9000' } }, '"port"'],
    ['args with dashes', { args: { '--host': '::' } }, '"--host"'],
    ['args with a value in the key', { args: { 'port=1': '' } }, '"port=1"'],
    ['extraArgs', { extraArgs: ['--port=9000'] }, '"--port=9000"'],
    ['extraArgs in two tokens', { extraArgs: ['--host', '::'] }, '"--host"'],
  ])('fails on host or port in %s', (_, engine, value) => {
    const found = messages(vllm.check(plan({ engine }))).filter((message) => message.includes('would move the server'));
    expect(found).toEqual([expect.stringContaining(`${value}: would move the server away from 0.0.0.0:8000, where Service and probes look; `
      + 'allowed: any flag but host and port; remove the flag')]);
  });

  test('fails on a key that is no flag name', () => {
    expect(messages(vllm.check(plan({ engine: { args: { '--foo': '1', 'a b': '2', 'ok_1-x': '3' } } })))).toEqual([
      expect.stringMatching(/IGW208 spec\.engine\.args is "--foo": is not a flag name; allowed: .*; write the flag without its leading dashes/),
      expect.stringMatching(/IGW208 spec\.engine\.args is "a b"/),
    ]);
  });

  test('passes values and flags that only look like host and port', () => {
    expect(vllm.check(plan({ engine: { args: { 'ssl-port-file': 'port', 'hostname': 'a' }, extraArgs: ['port', '-port', 'host=1'] } }))).toEqual([]);
  });
});

itEqualsGoldens('vllm', vllm, [
  {
    reason: 'trap 1: the pod template carries the label that the pool selects by',
    difference: /template\.metadata\.labels\.airunway\.ai\/model-deployment: expected (undefined|"x"), got "/,
  },
  {
    reason: 'trap 2: replicas 0 and enablePrefixCaching false are kept',
    difference: /\.spec\.replicas: expected 1, got 0$|args\[6\]: expected "--enable-prefix-caching", got undefined$/,
    scenarios: /replicas0|prefix_?caching_false/,
  },
  {
    reason: 'the digest of the default image is known to a running controller only',
    difference: /\.image: expected "vllm\/vllm-openai@sha256:a+", got "vllm\/vllm-openai:/,
    scenarios: /default_image/,
  },
  {
    reason: 'trap 5: the API server refuses the Service of a name with a leading digit, and so does the model',
    difference: /^\.Service default\/3b-model/,
    scenarios: /leading_digit/,
  },
]);

itRefusesGoldens('vllm', vllm, {
  s12_vllm_args_invalid_key: /IGW208 spec\.engine\.args is "--foo"/,
  s12_vllm_overrides_metadata: /IGW205 spec\.provider\.overrides\.metadata/,
  s12_vllm_overrides_unknown_spec: /IGW205 spec\.provider\.overrides\.spec\.bogus/,
});
