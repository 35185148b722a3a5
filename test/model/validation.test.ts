import { Size, Testing } from 'cdk8s';
import { AirunwayApi, formatMistake } from '../../src/core';
import {
  Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering, Serving, StorageVolume, VolumeAccessMode, VolumePurpose,
} from '../../src/model';
import { checkWorkable } from '../../src/model/validation';
import { EngineType } from '../../src/plan';
import { ProviderGateway } from '../../src/provider';
import { engine, mistakesOf, model, read, vllm, volumes } from './documents';

test('the smallest model has nothing wrong with it', () => {
  expect(mistakesOf(() => read({ spec: { model } }))).toEqual([]);
});

describe('structure', () => {
  test.each<[string, any, string[]]>([
    [
      'text where an object belongs',
      { model: 'a/b' },
      ['IGW201 spec.model is "a/b": is not an object; allowed: an object of fields; write the fields below it'],
    ],
    ['a list of overrides', { model, provider: { overrides: [1] } }, [
      'IGW201 spec.provider.overrides is [1]: is not an object; allowed: an object of fields; write the fields below it',
    ]],
    ['an object where a list belongs', { model, env: { A: '1' } }, ['IGW201 spec.env is {"A":"1"}: is not a list; allowed: a list; write a list']],
    ['volumes that are none', { model: { ...model, storage: { volumes: 'x' } } }, [
      'IGW201 spec.model.storage.volumes is "x": is not a list; allowed: a list; write a list',
    ]],
    ['a number where text belongs', { model, engine: { args: { seed: 1 } }, resources: { cpu: 4 } }, [
      'IGW201 spec.engine.args.seed is 1: is not text; allowed: text; put the value in quotes',
      'IGW201 spec.resources.cpu is 4: is not text; allowed: text; put the value in quotes',
    ]],
    ['text where true or false belongs', { model, engine: { trustRemoteCode: 'yes' } }, [
      'IGW201 spec.engine.trustRemoteCode is "yes": is neither true nor false; allowed: true, false; write true or false, without quotes',
    ]],
    ['text where a number belongs', { model, engine: { contextLength: '8192' } }, [
      'IGW201 spec.engine.contextLength is "8192": is not a whole number; allowed: whole numbers; write a number, without quotes',
    ]],
    ['a size that is a list', volumes({ name: 'a', size: [], purpose: 'modelCache' }), [
      'IGW201 spec.model.storage.volumes[0].size is []: is not a quantity; allowed: for example 100Gi; write a Kubernetes quantity',
    ]],
    ['a reference without key', { model, env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's' } } }] }, [
      'IGW202 spec.env[0].valueFrom.secretKeyRef.key: is missing; set key',
    ]],
    ['wrong words beside it', { model: { id: 5, source: 's3' } }, [
      'IGW201 spec.model.id is 5: is not text; allowed: text; put the value in quotes',
      'IGW201 spec.model.source is "s3": is not known; allowed: huggingface, custom; use one of them',
    ]],
  ])('fails on %s', (_, spec, messages) => {
    expect(mistakesOf(() => read({ spec }))).toEqual(messages);
  });

  test('fails on a spec that is none', () => {
    expect(mistakesOf(() => read({ spec: ['a'] }))).toEqual([
      'IGW201 spec is ["a"]: is not an object; allowed: an object of fields; write the fields below it',
    ]);
  });
});

test.each([
  ['vllm', 'secretKeyRef', false], ['dynamo', 'secretKeyRef', false], ['llmd', 'secretKeyRef', true], ['kuberay', 'secretKeyRef', true],
  ['llmd', 'configMapKeyRef', false], ['kuberay', 'configMapKeyRef', false], ['acme', 'configMapKeyRef', true],
])('with provider %s a value beside its %s fails: %s', (name, source, fails) => {
  const env = [{ name: 'A', value: '1', valueFrom: { [source]: { name: 's', key: 'k' } } }];
  const context = { name: 'phi', namespace: 'default', domain: 'airunway.ai', annotations: {}, provider: name, spec: { model, env } };
  expect(checkWorkable(context).map(formatMistake)).toEqual(fails ? [expect.stringMatching(/^IGW209 spec\.env\[0\] is "A": has more than one/)] : []);
});

test('fails on less than nothing', () => {
  const spec = vllm({
    resources: { gpu: { count: 1 }, memory: '-1Gi', cpu: '0' },
    model: { ...model, storage: { volumes: [{ name: 'a', purpose: 'modelCache', size: '0' }] } },
  });
  const manifest = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'phi' }, spec };
  const deploy = () => ModelDeployment.fromManifest(Testing.chart(), 'x', manifest, { rendering: Rendering.STATIC });
  expect(mistakesOf(deploy)).toEqual([
    'IGW204 spec.resources.memory is "-1Gi": is too little; allowed: 0 or more; set more',
    'IGW204 spec.model.storage.volumes[0].size is "0": is too little; allowed: more than 0; set more',
  ]);
});

describe('all mistakes of one model are in one message', () => {
  test('of admission, of the name, and of the provider', () => {
    const spec = {
      model: { servedName: 'x' },
      engine: { type: 'vllm', image: 'a:1', args: { port: '1' } },
      image: 'b:1',
      provider: { name: 'vllm', overrides: { kind: 'Pod', spec: { hostPID: true } } },
      resources: { gpu: { count: 65 }, cpu: 'x' },
      env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }],
    };
    const manifest = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'phi-4.5' }, spec };
    expect(() => ModelDeployment.fromManifest(Testing.chart(), 'phi', manifest)).toThrow(new RegExp([
      '^test/phi: 9 mistakes',
      'IGW101 metadata\\.name is "phi-4\\.5": .*',
      'IGW202 spec\\.model\\.id: .*',
      'IGW203 spec\\.engine\\.image .*',
      'IGW205 spec\\.provider\\.overrides\\.spec\\.hostPID is true: could weaken the security of the pod; .*',
      'IGW204 spec\\.resources\\.gpu\\.count is 65: .*',
      'IGW204 spec\\.resources\\.cpu is "x": .*',
      'IGW209 spec\\.env\\[1\\]\\.name is "A": is set twice; allowed: each name once; remove one of the two',
      'IGW205 spec\\.provider\\.overrides\\.kind .*',
      'IGW208 spec\\.engine\\.args is "port": .*',
    ].join('\\n  ') + '$'));
  });

  test('a document that is only written back keeps what fails later, as warnings', () => {
    const spec = vllm({ engine: { ...engine, args: { port: '1' } }, env: [{ value: '1' }] });
    expect(mistakesOf(() => read({ name: 'p'.repeat(70), spec }))).toEqual([]);
  });
});

describe('properties are checked like documents', () => {
  const deploy = (props: Partial<ModelDeploymentProps>, chart = Testing.chart()) => mistakesOf(() => new ModelDeployment(chart, 'phi', {
    model: Model.huggingFace('microsoft/phi-4'), rendering: Rendering.CONTROLLER, ...props,
  }));

  test.each<[string, Partial<ModelDeploymentProps>, RegExp]>([
    ['a model id', { model: Model.huggingFace('') }, /^IGW202 spec\.model\.id: is missing/],
    [
      'a context length',
      { engine: Engine.vllm({ contextLength: 0 }) },
      /^IGW201 spec\.engine\.contextLength is 0: is not a number of tokens; allowed: whole .* from 1/,
    ],
    ['a variable without name', { env: [{ name: '' }] }, /^IGW209 spec\.env\[0\]\.name: is missing; name the variable/],
    ['a variable twice', { env: [{ name: 'A' }, { name: 'A' }] }, /^IGW209 spec\.env\[1\]\.name is "A": is set twice; .*; remove one/],
    [
      'a variable with two sources',
      { env: [{ name: 'A', value: '1', fromField: 'status.podIP' }] },
      /^IGW209 spec\.env\[0\] is "A": has more than one source; allowed: one value or one reference; keep one of them/,
    ],
    [
      'a variable with two references',
      { env: [{ name: 'A', fromField: 'f', fromSecret: { name: 's', key: 'k' } }] },
      /^IGW209 spec\.env\[0\] is "A": has more than one source/,
    ],
    ['resources', { resources: { gpus: 65 } }, /^IGW204 spec\.resources\.gpu\.count is 65/],
    ['memory', { resources: { memory: Size.tebibytes(5) } }, /^IGW204 spec\.resources\.memory is "5Ti"/],
    ['a context length that no number holds', { engine: Engine.vllm({ contextLength: 2 ** 31 }) }, /^IGW201 spec\.engine\.contextLength is 2147483648: .*at most/],
    ['replicas', { replicas: 33 }, /^IGW204 spec\.scaling\.replicas is 33/],
    ['overrides', { providerOverrides: { hostNetwork: true } }, /^IGW205 spec\.provider\.overrides\.hostNetwork is true/],
    ['roles', { serving: Serving.disaggregated({ prefill: { gpus: 1 }, decode: { gpus: 0 } }) }, /^IGW202 spec\.scaling\.decode\.gpu\.count/],
  ])('fails on %s', (_, props, message) => {
    expect(deploy(props)).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, StorageVolume, RegExp]>([
    ['a purpose without path', { name: 'v', claimName: 'c' }, /^IGW206 spec\.model\.storage\.volumes\[0\]\.mountPath: is missing/],
    [
      'an access mode of a claim that exists',
      { name: 'v', claimName: 'c', purpose: VolumePurpose.MODEL_CACHE, accessMode: VolumeAccessMode.READ_ONLY_MANY },
      /^IGW206 spec\.model\.storage\.volumes\[0\]\.accessMode is "ReadOnlyMany"/,
    ],
  ])('fails on a volume with %s', (_, volume, message) => {
    expect(deploy({ model: Model.huggingFace('a/b', { volumes: [volume] }) })).toEqual([expect.stringMatching(message)]);
  });

  test('fails on what a provider of one’s own cannot do', () => {
    const chart = Testing.chart();
    const acme = new ProviderGateway(chart, 'acme', { engines: [{ name: EngineType.SGLANG }] });
    expect(deploy({ provider: acme, engine: Engine.vllm() }, chart)).toEqual([
      'IGW301 spec.engine.type is "vllm": is not served by provider acme; allowed: sglang; choose another engine or provider',
    ]);
    const bare = new ProviderGateway(chart, 'bare', { engines: [] });
    expect(deploy({ provider: bare, engine: Engine.vllm() })).toEqual([
      'IGW301 spec.engine.type is "vllm": is not served by provider bare; allowed: none; choose another engine or provider',
    ]);
  });

  test('what a provider is registered with goes before what is known of its name', () => {
    const chart = Testing.chart();
    const vllmOnCpu = ProviderGateway.fromManifest(chart, 'vllm', {
      apiVersion: 'airunway.ai/v1alpha1',
      kind: 'InferenceProviderConfig',
      metadata: { name: 'vllm' },
      spec: { capabilities: { engines: [{ name: 'vllm', servingModes: ['aggregated'], cpuSupport: true }] } },
    }, { register: false });
    expect(deploy({ provider: vllmOnCpu, engine: Engine.vllm(), resources: { gpus: 0 } }, chart)).toEqual([]);
  });

  test.each([
    ['image', Engine.vllm({ image: 'a:1' }), 'use `image` of the model'],
    ['extraArgs', Engine.vllm({ extraArgs: ['-v'] }), 'remove it, write it as a flag in engine.args, or use the group airunway.ai'],
  ])('fails on engine.%s in the older group', (field, engineOfModel, fix) => {
    expect(deploy({ engine: engineOfModel, airunwayApi: AirunwayApi.KUBEAIRUNWAY })).toEqual([
      expect.stringMatching(new RegExp(`^IGW201 spec\\.engine\\.${field} is .*: is not a field of kube.*; allowed: type, .*; ${fix}$`)),
    ]);
  });
});
