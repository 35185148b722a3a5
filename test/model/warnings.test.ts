import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { AirunwayApi, warningsOf } from '../../src/core';
import { Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering, Serving, VolumePurpose } from '../../src/model';
import { EngineType } from '../../src/plan';
import { ProviderGateway } from '../../src/provider';
import { withGoldens } from '../goldens';
import { stderrOf } from '../synth';

/** The warnings without the path of the construct. */
function warningsFor(props: (chart: ReturnType<typeof Testing.chart>) => Partial<ModelDeploymentProps>): string[] {
  const chart = Testing.chart();
  new ModelDeployment(chart, 'phi', {
    model: Model.huggingFace('microsoft/phi-4'), engine: Engine.vllm(), rendering: Rendering.CONTROLLER, ...props(chart),
  });
  return warningsOf(chart).map((line) => line.replace('warning test/phi: ', ''));
}

function warningsForSpec(spec: any, annotations?: Record<string, string>): string[] {
  const chart = Testing.chart();
  const manifest = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'phi', annotations }, spec };
  ModelDeployment.fromManifest(chart, 'phi', manifest, { rendering: Rendering.CONTROLLER });
  return warningsOf(chart).map((line) => line.replace('warning test/phi: ', ''));
}

test('the smallest model has nothing to warn of', () => {
  expect(warningsFor(() => ({}))).toEqual([]);
});

test('warnings go to standard error, once', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'test');
  new ModelDeployment(chart, 'phi', {
    model: Model.huggingFace('a/b'), engine: Engine.vllm({ trustRemoteCode: true }), rendering: Rendering.CONTROLLER,
  });
  expect(stderrOf(app)).toEqual([expect.stringMatching(/^warning test\/phi: IGW210 spec\.engine\.trustRemoteCode is true/)]);
});

describe('what the admission webhook warns of', () => {
  test.each<[string, Partial<ModelDeploymentProps>, RegExp]>([
    [
      'the served name of a custom model',
      { model: Model.custom({ servedName: 'mine' }) },
      /^IGW210 spec\.model\.servedName is "mine": has no effect on a custom model, whose container decides; remove it, or/,
    ],
    [
      'code that comes with the model',
      { engine: Engine.vllm({ trustRemoteCode: true }) },
      /^IGW210 spec\.engine\.trustRemoteCode is true: lets code that comes with the model run as the server does; remove it unless/,
    ],
    [
      'the context length of TensorRT-LLM',
      { engine: Engine.tensorRtLlm({ contextLength: 5 }) },
      /^IGW210 spec\.engine\.contextLength is 5: has no effect on TensorRT-LLM, which fixes it when the engine is built; remove it/,
    ],
    [
      'a read-only compilation cache',
      { model: Model.huggingFace('a/b', { volumes: [{ name: 'v', claimName: 'c', purpose: VolumePurpose.COMPILATION_CACHE, readOnly: true }] }) },
      /^IGW210 spec\.model\.storage\.volumes\[0\]\.readOnly is true: keeps the compilation cache from being filled; remove it/,
    ],
    [
      'a read-only model cache',
      { model: Model.huggingFace('a/b', { volumes: [{ name: 'v', claimName: 'c', purpose: VolumePurpose.MODEL_CACHE, readOnly: true }] }) },
      /^IGW210 spec\.model\.storage\.volumes\[0\]\.readOnly is true: keeps the model from being downloaded; make sure that the claim holds/,
    ],
  ])('%s', (_, props, message) => {
    expect(warningsFor(() => props)).toEqual([expect.stringMatching(message)]);
  });

  test('a read-only cache of a custom model is filled by its container', () => {
    const volumes = [{ name: 'v', claimName: 'c', purpose: VolumePurpose.MODEL_CACHE, readOnly: true }];
    expect(warningsFor(() => ({ model: Model.custom({ volumes }), modelName: 'm' }))).toEqual([]);
  });

  withGoldens('warns as observed', (folder) => {
    const { modelDeploymentCreate } = require(join(folder, 'airunway-facts', 's13_validation.json'));
    const warned: any[] = modelDeploymentCreate.filter(({ warnings }: any) => warnings?.length > 0);
    test.each(warned.map((entry): [string, any] => [entry.rule, entry]))('%s', (_, { spec, warnings }) => {
      // contextLength is also among what provider dynamo ignores of TensorRT-LLM, for the same field.
      const fields = warningsForSpec(spec).map((line) => line.split(' ')[1]);
      expect(fields).toHaveLength(warnings.length);
      const word = /servedName|trustRemoteCode|contextLength|readOnly/.exec(warnings[0])![0];
      expect(fields[0]).toMatch(new RegExp(`${word}$`));
    });
  });
});

describe('what a controller is left to choose (trap 13)', () => {
  const open = { engine: undefined };

  test.each<[string, (chart: any) => Partial<ModelDeploymentProps>, RegExp]>([
    [
      'neither engine nor provider',
      () => open,
      /^IGW211 spec\.engine\.type: is missing together with the provider: .*falls on llama\.cpp, which fails without an image; name the engine/,
    ],
    [
      'a provider that needs a GPU, and none requested',
      (chart) => ({ ...open, provider: ProviderGateway.vllm(chart, 'vllm') }),
      /^IGW211 spec\.engine\.type: is missing, and without it no GPU is requested, which provider vllm needs; name the engine/,
    ],
    [
      'an engine without GPU, and no provider',
      () => ({ resources: { gpus: 0 } }),
      /^IGW301 spec\.resources\.gpu\.count is 0: is too few: no known provider serves engine vllm without a GPU; .*or name a provider that does/,
    ],
  ])('%s', (_, props, message) => {
    expect(warningsFor(props)).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, (chart: any) => Partial<ModelDeploymentProps>]>([
    ['GPUs', () => ({ ...open, resources: { gpus: 1 } })],
    ['an image', () => ({ ...open, image: 'a:1' })],
    ['a provider that serves without GPU', (chart) => ({ ...open, provider: ProviderGateway.kaito(chart, 'kaito') })],
    ['llama.cpp', () => ({ engine: Engine.llamaCpp() })],
    ['roles', () => ({ ...open, serving: Serving.disaggregated({ prefill: { gpus: 1 }, decode: { gpus: 1 } }) })],
  ])('nothing with %s', (_, props) => {
    expect(warningsFor(props)).toEqual([]);
  });
});

describe('what a controller loses (trap 2)', () => {
  test('zero and false, wherever they are', () => {
    const serving = Serving.disaggregated({ prefill: { gpus: 1, replicas: 0 }, decode: { gpus: 1, replicas: 0 } });
    expect(warningsFor(() => ({ serving, engine: Engine.vllm({ enablePrefixCaching: false }) })).map((line) => line.split(':')[0])).toEqual([
      'IGW210 spec.engine.enablePrefixCaching is false', 'IGW210 spec.scaling.prefill.replicas is 0', 'IGW210 spec.scaling.decode.replicas is 0',
    ]);
  });
});

describe('what has no effect', () => {
  test('replicas of disaggregated serving', () => {
    const serving = Serving.disaggregated({ prefill: { gpus: 1 }, decode: { gpus: 1 } });
    expect(warningsFor(() => ({ serving, replicas: 3 }))).toEqual([
      expect.stringMatching(/^IGW210 spec\.scaling\.replicas is 3: has no effect on disaggregated serving, where each role has its own; set the/),
    ]);
  });

  test('the label that pools select by, in the model’s own group', () => {
    const podLabels = { 'airunway.ai/model-deployment': 'x', 'kubeairunway.ai/model-deployment': 'y' };
    expect(warningsFor(() => ({ podLabels }))).toEqual([expect.stringMatching(/labels\.airunway\.ai\/model-deployment is "x": is replaced/)]);
    expect(warningsFor(() => ({ podLabels, airunwayApi: AirunwayApi.KUBEAIRUNWAY }))).toEqual([
      expect.stringMatching(/labels\.kubeairunway\.ai\/model-deployment is "y": is replaced/),
    ]);
    expect(warningsFor(() => ({ podLabels: { 'airunway.ai/model-deployment': 'phi' } }))).toEqual([]);
  });

  test('what the provider ignores, for a controller too', () => {
    const props = (chart: any) => ({ provider: ProviderGateway.vllm(chart, 'vllm'), resources: { gpus: 1, gpuType: 'amd.com/gpu' } });
    expect(warningsFor(props)).toEqual([expect.stringMatching(/^IGW210 spec\.resources\.gpu\.type is "amd\.com\/gpu": is ignored by provider vllm/)]);
  });

  test('a provider that is not known ignores nothing that is known', () => {
    const props = (chart: any) => ({
      provider: new ProviderGateway(chart, 'acme', { engines: [{ name: EngineType.VLLM }] }), resources: { gpus: 1, gpuType: 'amd.com/gpu' },
    });
    expect(warningsFor(props)).toEqual([]);
  });

  test('fields that a ModelDeployment does not have', () => {
    expect(warningsForSpec({ model: { id: 'a', revision: 'main' }, engine: { type: 'vllm' }, resource: { gpu: 1 } })).toEqual([
      'IGW201 spec.model.revision is "main": is not a field of a ModelDeployment and has no effect; '
        + 'allowed: id, source, servedName, storage; correct the name, or remove it',
      expect.stringMatching(/^IGW201 spec\.resource is \{"gpu":1\}: is not a field of a ModelDeployment and has no effect; allowed: model, /),
    ]);
  });
});

describe('a document that is only written back', () => {
  test('is warned of what fails after admission', () => {
    const spec = {
      model: { id: 'a' },
      engine: { type: 'vllm', contextLength: 0, args: { port: '1' } },
      provider: { name: 'vllm' },
      env: [{ value: 'x' }],
    };
    const chart = Testing.chart();
    const manifest = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: '3'.repeat(60) }, spec };
    ModelDeployment.fromManifest(chart, 'phi', manifest, { rendering: Rendering.CONTROLLER });
    expect(warningsOf(chart).map((line) => line.split(' ').slice(2, 4).join(' '))).toEqual([
      'IGW102 metadata.name', 'IGW201 spec.engine.contextLength', 'IGW209 spec.env[0].name:', 'IGW208 spec.engine.args',
    ]);
  });
});
