import { join } from 'node:path';
import { withGoldens } from '../goldens';
import { claim, disaggregated, Document, engine, mistakesOf, model, provider, read, roles, vllm, volumes } from './documents';

test('the smallest model that nothing is wrong with', () => {
  expect(mistakesOf(() => read({ spec: { model } }))).toEqual([]);
  expect(mistakesOf(() => read({ spec: { model, engine, provider } }))).toEqual([]);
});

/** Each: what is wrong, the document, and every message to the letter. */
const REFUSED: [string, Document, string[]][] = [
  [
    'a name with a dot',
    { name: 'phi.4', spec: { model } },
    ['IGW101 metadata.name is "phi.4": has a dot, which names of derived volumes and Services cannot have; '
      + 'allowed: lower-case letters, digits and -; use phi-4'],
  ],
  [
    'a name that is none',
    { name: 'Phi', spec: { model } },
    ['IGW101 metadata.name is "Phi": is not a valid name here; '
      + 'allowed: lower-case letters, digits, - and ., starting and ending with a letter or digit; set `name` to a valid name'],
  ],
  [
    'an unknown engine',
    { spec: { model, engine: { type: 'tgi' }, provider } },
    ['IGW201 spec.engine.type is "tgi": is not known; allowed: vllm, sglang, trtllm, llamacpp; use one of them'],
  ],
  [
    'an unknown source',
    { spec: { model: { id: 'a', source: 's3' } } },
    ['IGW201 spec.model.source is "s3": is not known; allowed: huggingface, custom; use one of them'],
  ],
  [
    'an unknown mode',
    { spec: vllm({ serving: { mode: 'split' } }) },
    ['IGW201 spec.serving.mode is "split": is not known; allowed: aggregated, disaggregated; use one of them'],
  ],
  [
    'a count that is none',
    { spec: { model, scaling: { replicas: -1, prefill: { gpu: { count: 1.5 } } }, resources: { gpu: { count: '2' } } } },
    [
      'IGW201 spec.scaling.replicas is -1: is not a count; allowed: whole numbers from 0; set 0 or more',
      'IGW201 spec.scaling.prefill.gpu.count is 1.5: is not a count; allowed: whole numbers from 0; set 0 or more',
      'IGW201 spec.resources.gpu.count is "2": is not a count; allowed: whole numbers from 0; set 0 or more',
    ],
  ],
  [
    'a missing model id',
    { spec: { model: { servedName: 'phi' } } },
    ['IGW202 spec.model.id: is missing, and source huggingface needs it; allowed: an id such as Qwen/Qwen3-0.6B; '
      + 'set the model id, or use Model.custom()'],
  ],
  [
    'no spec at all',
    { spec: undefined },
    ['IGW202 spec.model.id: is missing, and source huggingface needs it; allowed: an id such as Qwen/Qwen3-0.6B; '
      + 'set the model id, or use Model.custom()'],
  ],
  [
    'two images',
    { spec: vllm({ engine: { ...engine, image: 'a:1' }, image: 'b:1', resources: { gpu: { count: 1 } } }) },
    ['IGW203 spec.engine.image is "a:1": contradicts spec.image, b:1; allowed: one image; remove spec.image, or set both to the same image'],
  ],
  [
    'a flag in args and in extraArgs',
    { spec: vllm({ engine: { ...engine, args: { seed: '1' }, extraArgs: ['--seed=2', '--other', '-seed'] } }) },
    ['IGW208 spec.engine.extraArgs is "--seed=2": sets flag seed, which engine.args sets too; allowed: each flag once; set it in one of the two'],
  ],
  [
    'an unknown provider',
    { spec: { model, engine, provider: { name: 'nope' } } },
    ['IGW301 spec.provider.name is "nope": is not known; allowed: dynamo, kaito, kuberay, llmd, vllm, or one of your own; '
      + 'correct the name, or give its InferenceProviderConfig (`ProviderGateway`)'],
  ],
  [
    'an engine that the provider does not serve',
    { spec: { model, engine: { type: 'sglang' }, provider: { name: 'kuberay' } } },
    ['IGW301 spec.engine.type is "sglang": is not served by provider kuberay; allowed: vllm; choose another engine or provider'],
  ],
  [
    'a mode that the provider does not serve',
    { spec: vllm({ serving: { mode: 'disaggregated' }, scaling: roles }) },
    ['IGW301 spec.serving.mode is "disaggregated": is not served by provider vllm for engine vllm; '
      + 'allowed: aggregated; choose another mode or provider'],
  ],
  [
    'a mode that the provider does not serve for this engine',
    { spec: { model, engine: { type: 'trtllm' }, provider: { name: 'dynamo' }, serving: { mode: 'disaggregated' }, scaling: roles } },
    ['IGW301 spec.serving.mode is "disaggregated": is not served by provider dynamo for engine trtllm; '
      + 'allowed: aggregated; choose another mode or provider'],
  ],
  [
    'no GPU where one is needed',
    { spec: vllm({ resources: { gpu: { count: 0 } } }) },
    ['IGW301 spec.resources.gpu.count is 0: is too few: engine vllm on provider vllm needs a GPU; allowed: 1 to 64; set resources.gpus to 1 or more'],
  ],
  [
    'resources without a GPU where one is needed',
    { spec: vllm({ resources: { memory: '1Gi' } }) },
    ['IGW301 spec.resources.gpu.count is 0: is too few: engine vllm on provider vllm needs a GPU; allowed: 1 to 64; set resources.gpus to 1 or more'],
  ],
  [
    'an image, which keeps the default GPU away',
    { spec: vllm({ image: 'a:1' }) },
    ['IGW301 spec.resources.gpu.count is 0: is too few: engine vllm on provider vllm needs a GPU; allowed: 1 to 64; '
      + 'set resources.gpus: the default of one does not apply with `image`; engine.image keeps it'],
  ],
  [
    'the mocker with another engine',
    { annotations: { 'airunway.ai/dynamo-test-backend': 'mocker' }, spec: { model, engine: { type: 'sglang' }, provider: { name: 'dynamo' } } },
    ['IGW301 spec.engine.type is "sglang": is not simulated by the Dynamo mocker; allowed: vllm; use vllm, or remove the mocker annotation'],
  ],
  [
    'GPUs beside those of the roles',
    { spec: disaggregated(roles, { resources: { gpu: { count: 1 } } }) },
    ['IGW203 spec.resources.gpu is {"count":1}: contradicts disaggregated serving, where each role has its own GPUs; '
      + 'allowed: GPUs of prefill and decode; move the GPUs to prefill and decode'],
  ],
  [
    'no roles',
    { spec: disaggregated(undefined) },
    [
      'IGW202 spec.scaling.prefill: is missing, and disaggregated serving needs it; describe prefill',
      'IGW202 spec.scaling.decode: is missing, and disaggregated serving needs it; describe decode',
    ],
  ],
  [
    'no prefill',
    { spec: disaggregated({ decode: roles.decode }) },
    ['IGW202 spec.scaling.prefill: is missing, and disaggregated serving needs it; describe prefill'],
  ],
  [
    'no decode',
    { spec: disaggregated({ prefill: roles.prefill }) },
    ['IGW202 spec.scaling.decode: is missing, and disaggregated serving needs it; describe decode'],
  ],
  [
    'a role without GPUs',
    { spec: disaggregated({ prefill: {}, decode: { gpu: { count: 0 } } }) },
    ['prefill', 'decode'].map((role) => (
      `IGW202 spec.scaling.${role}.gpu.count: is missing or 0, and disaggregated serving needs GPUs; allowed: 1 to 64; set 1 or more`
    )),
  ],
  ...['securityContext', 'serviceAccountName', 'serviceAccount', 'hostNetwork', 'hostPID', 'hostIPC', 'automountServiceAccountToken', 'nodeName',
    'priorityClassName', 'runtimeClassName'].map((key): [string, Document, string[]] => [
    `an override of ${key}`,
    { spec: vllm({ provider: { ...provider, overrides: { spec: { template: { spec: { containers: [{ [key]: 'x' }] } } } } } }) },
    [`IGW205 spec.provider.overrides.spec.template.spec.containers[0].${key} is "x": could weaken the security of the pod; `
      + `allowed: any other field; remove ${key}`],
  ]),
  ...['replicas', 'resources'].map((key): [string, Document, string[]] => [
    `an override of ${key}`,
    { spec: { model, engine, provider: { name: 'kuberay', overrides: { a: [{ [key]: 3 }] } } } },
    [`IGW205 spec.provider.overrides.a[0].${key} is 3: would go round the ceilings; allowed: any other field; `
      + 'use resources and replicas of the model'],
  ]),
  [
    'too many GPUs',
    { spec: vllm({ resources: { gpu: { count: 65 } } }) },
    ['IGW204 spec.resources.gpu.count is 65: is over the ceiling; allowed: at most 64; set 64 or less'],
  ],
  [
    'too much cpu and memory',
    { spec: vllm({ resources: { gpu: { count: 64 }, cpu: '512001m', memory: '4097Gi' } }) },
    [
      'IGW204 spec.resources.cpu is "512001m": is over the ceiling; allowed: at most 512; set 512 or less',
      'IGW204 spec.resources.memory is "4097Gi": is over the ceiling; allowed: at most 4Ti; set 4Ti or less',
    ],
  ],
  [
    'memory that is no quantity',
    { spec: vllm({ resources: { gpu: { count: 1 }, memory: 'lots' } }) },
    ['IGW204 spec.resources.memory is "lots": is not a quantity; allowed: for example 500m, 4 or 32Gi; write a Kubernetes quantity'],
  ],
  [
    'too many replicas',
    { spec: vllm({ scaling: { replicas: 33 } }) },
    ['IGW204 spec.scaling.replicas is 33: is over the ceiling; allowed: at most 32; set 32 or less'],
  ],
  [
    'a role over the ceilings',
    { spec: disaggregated({ ...roles, decode: { replicas: 33, gpu: { count: 65 }, memory: '5Ti' } }) },
    [
      'IGW204 spec.scaling.decode.replicas is 33: is over the ceiling; allowed: at most 32; set 32 or less',
      'IGW204 spec.scaling.decode.gpu.count is 65: is over the ceiling; allowed: at most 64; set 64 or less',
      'IGW204 spec.scaling.decode.memory is "5Ti": is over the ceiling; allowed: at most 4Ti; set 4Ti or less',
    ],
  ],
  [
    'a volume of unknown purpose',
    { spec: volumes({ ...claim, purpose: 'x' }) },
    ['IGW201 spec.model.storage.volumes[0].purpose is "x": is not known; allowed: modelCache, compilationCache, custom; use one of them'],
  ],
  [
    'an unknown access mode',
    { spec: volumes({ name: 'a', purpose: 'modelCache', size: '1Gi', accessMode: 'RWX' }) },
    ['IGW201 spec.model.storage.volumes[0].accessMode is "RWX": is not known; '
      + 'allowed: ReadWriteOnce, ReadWriteMany, ReadOnlyMany, ReadWriteOncePod; use one of them'],
  ],
  [
    'a volume name that is none',
    { spec: volumes({ ...claim, name: 'A_b' }) },
    ['IGW101 spec.model.storage.volumes[0].name is "A_b": is not a valid name here; '
      + 'allowed: lower-case letters, digits and -, starting and ending with a letter or digit; set `name` to a valid name'],
  ],
  [
    'a volume name that is too long',
    { spec: volumes({ ...claim, name: 'v'.repeat(64) }) },
    [`IGW102 spec.model.storage.volumes[0].name is "${'v'.repeat(64)}": has 64 characters; allowed: at most 63 characters; choose a shorter name`],
  ],
  [
    'a volume without name',
    { spec: volumes({ claimName: 'c', mountPath: '/c' }) },
    ['IGW202 spec.model.storage.volumes[0].name: is missing; set name'],
  ],
  [
    'too many volumes',
    { spec: volumes(...[...'abcdefghi'].map((name) => ({ name, claimName: `c-${name}`, mountPath: `/${name}` }))) },
    ['IGW206 spec.model.storage.volumes is 9: is the number of volumes; allowed: at most 8; remove some'],
  ],
  [
    'a volume name used twice',
    { spec: volumes(claim, { name: 'a', claimName: 'd', mountPath: '/b' }) },
    ['IGW206 spec.model.storage.volumes[1].name is "a": is used by another volume too; '
      + 'allowed: a different one for each volume; give each volume its own'],
  ],
  [
    'a mount path used twice, once by default',
    { spec: volumes({ name: 'a', claimName: 'c', purpose: 'modelCache' }, { name: 'b', claimName: 'd', mountPath: '/model-cache' }) },
    ['IGW206 spec.model.storage.volumes[1].mountPath is "/model-cache": is used by another volume too; '
      + 'allowed: a different one for each volume; give each volume its own'],
  ],
  [
    'a claim used twice, once by default',
    { spec: volumes({ name: 'a', size: '1Gi', mountPath: '/a' }, { name: 'b', claimName: 'phi-a', mountPath: '/b' }) },
    ['IGW206 spec.model.storage.volumes[1].claimName is "phi-a": is used by another volume too; '
      + 'allowed: a different one for each volume; give each volume its own'],
  ],
  [
    'no claim and no size',
    { spec: volumes({ name: 'a', purpose: 'modelCache' }) },
    ['IGW206 spec.model.storage.volumes[0].claimName: is missing, and without a size no claim is made; name a claim that exists, or set a size'],
  ],
  [
    'a size that is no quantity',
    { spec: volumes({ name: 'a', purpose: 'modelCache', size: 'huge' }) },
    ['IGW206 spec.model.storage.volumes[0].size is "huge": is not a quantity; allowed: for example 100Gi; write a Kubernetes quantity'],
  ],
  [
    'a claim to be made that is read only',
    { spec: volumes({ name: 'a', purpose: 'modelCache', size: '1Gi', readOnly: true }) },
    ['IGW206 spec.model.storage.volumes[0].readOnly is true: keeps anything from being written to the new claim; remove it'],
  ],
  [
    'a claim to be made under another name',
    { spec: volumes({ name: 'a', purpose: 'modelCache', size: '1Gi', claimName: 'other' }) },
    ['IGW206 spec.model.storage.volumes[0].claimName is "other": is not the claim that size makes; '
      + 'allowed: phi-a; remove claimName, or remove size to use a claim that exists'],
  ],
  [
    'a claim whose name gets too long',
    { name: 'p'.repeat(200), spec: volumes({ name: 'v'.repeat(63), purpose: 'modelCache', size: '1Gi', readOnly: false }) },
    [`IGW206 spec.model.storage.volumes[0].name is "${'v'.repeat(63)}": makes the claim's name 264 characters long; `
      + 'allowed: at most 253; choose a shorter name for model or volume'],
  ],
  [
    'a download Job whose name gets too long',
    { name: 'p'.repeat(239), spec: volumes({ name: 'v', purpose: 'modelCache', size: '1Gi' }) },
    [`IGW102 metadata.name is "${'p'.repeat(119)}… (241 characters): makes the download Job 254 characters long; `
      + 'allowed: at most 238 characters; choose a shorter name'],
  ],
  [
    'access mode and class of a claim that exists',
    { spec: volumes({ ...claim, accessMode: 'ReadWriteOnce', storageClassName: '' }) },
    [
      'IGW206 spec.model.storage.volumes[0].accessMode is "ReadWriteOnce": has no effect on a claim that exists; remove it, or set a size',
      'IGW206 spec.model.storage.volumes[0].storageClassName is "": has no effect on a claim that exists; remove it, or set a size',
    ],
  ],
  [
    'a relative mount path',
    { spec: volumes({ ...claim, mountPath: 'a' }) },
    ['IGW206 spec.model.storage.volumes[0].mountPath is "a": is not an absolute path; start it with /'],
  ],
  [
    'a custom volume without mount path',
    { spec: volumes({ name: 'a', claimName: 'c' }) },
    ['IGW206 spec.model.storage.volumes[0].mountPath: is missing, and purpose custom has no default; '
      + 'set a mount path, or purpose modelCache or compilationCache'],
  ],
  ...[['/dev', '/dev'], ['/proc/x', '/proc'], ['/sys', '/sys'], ['/etc', '/etc'], ['/var/run/x', '/var/run']]
    .map(([mountPath, system]): [string, Document, string[]] => [
      `a volume at ${mountPath}`,
      { spec: volumes({ ...claim, mountPath }) },
      [`IGW206 spec.model.storage.volumes[0].mountPath is "${mountPath}": would hide the system path ${system}; choose another path`],
    ]),
  ...['modelCache', 'compilationCache'].map((purpose): [string, Document, string[]] => [
    `two volumes with purpose ${purpose}`,
    { spec: volumes({ ...claim, purpose }, { name: 'b', claimName: 'd', mountPath: '/b', purpose }) },
    [`IGW206 spec.model.storage.volumes is 2: is the number of volumes with purpose ${purpose}; allowed: at most one; keep one of them`],
  ]),
];

test.each(REFUSED)('fails on %s', (_, document, messages) => {
  expect(mistakesOf(() => read(document))).toEqual(messages);
});

describe('what only looks wrong passes', () => {
  test.each<[string, Document]>([
    [
      'a system path by its beginning only',
      { spec: volumes({ ...claim, mountPath: '/devices' }, { name: 'b', claimName: 'd', mountPath: '/var/runtime' }) },
    ],
    ['the claim that a size makes, said', { spec: volumes({ name: 'a', purpose: 'modelCache', size: '1Gi', claimName: 'phi-a' }) }],
    ['eight volumes', { spec: volumes(...[...'abcdefgh'].map((name) => ({ name, claimName: `c-${name}`, mountPath: `/${name}` }))) }],
    ['everything at its ceiling', { spec: vllm({ resources: { gpu: { count: 64 }, cpu: '512', memory: '4Ti' }, scaling: { replicas: 32 } }) }],
    ['the same image twice', { spec: vllm({ engine: { ...engine, image: 'a:1' }, image: 'a:1', resources: { gpu: { count: 1 } } }) }],
    ['an unknown provider whose engine is left open', { spec: { model, provider: { name: 'nope' } } }],
    ['llama.cpp without GPU', { spec: { model, engine: { type: 'llamacpp' }, provider: { name: 'kaito' }, image: 'a:1' } }],
    ['a mocker without GPUs', {
      annotations: { 'airunway.ai/dynamo-test-backend': 'mocker' },
      spec: { model, engine, provider: { name: 'dynamo' }, serving: { mode: 'disaggregated' }, scaling: { prefill: {}, decode: {} } },
    }],
    ['a size as a number', { spec: volumes({ name: 'a', purpose: 'modelCache', size: 1000 }) }],
    ['a null, which stands for nothing', { spec: { model, engine: null, image: null, env: [{ name: 'A', value: null }], resources: { gpu: null } } }],
  ])('%s', (_, document) => {
    expect(mistakesOf(() => read(document))).toEqual([]);
  });
});

withGoldens('agrees with the admission webhook', (folder) => {
  const { modelDeploymentCreate } = require(join(folder, 'airunway-facts', 's13_validation.json'));
  /** What the file does not say: names given by their length, and the annotation of the mocker. */
  const documentOf = ({ name, rule, spec }: any): Document => ({
    name: /^\d+$/.test(name) ? 'a'.repeat(Number(name)) : name,
    annotations: rule === 'webhook mocker engine' ? { 'airunway.ai/dynamo-test-backend': 'mocker' } : undefined,
    spec,
  });
  const entries: [string, string, any][] = modelDeploymentCreate.map((entry: any) => [entry.code === 201 ? 'admits' : 'fails on', entry.rule, entry]);
  test.each(entries)('%s %s', (_, __, entry) => {
    const mistakes = mistakesOf(() => read(documentOf(entry)));
    if (entry.code === 201) expect(mistakes).toEqual([]);
    else expect(mistakes).not.toEqual([]);
  });
});
