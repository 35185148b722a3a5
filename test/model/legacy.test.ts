import { AirunwayApi, warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { chartsOf, idsOf, objectOf, objectsOf } from '../synth';

function deploy(props: Partial<ModelDeploymentProps> = {}) {
  const [platform, team] = chartsOf('gateway-system', 'team-a');
  const gateway = new InferenceGateway(platform, 'gw', { implementation: GatewayImplementation.istio(), airunwayApi: AirunwayApi.KUBEAIRUNWAY });
  const model = new ModelDeployment(team, 'qwen3', {
    gateway,
    provider: ProviderGateway.vllm(platform, 'vllm', { airunwayApi: AirunwayApi.KUBEAIRUNWAY }),
    model: Model.huggingFace('Qwen/Qwen3-0.6B'),
    engine: Engine.vllm(),
    ...props,
  });
  return { platform, team, model };
}

test('the smallest model shares the endpoint picker that its controller was pointed at', () => {
  const { team, model } = deploy();
  expect(idsOf(team)).toEqual(['Deployment team-a/qwen3', 'Service team-a/qwen3', 'InferencePool team-a/qwen3', 'HTTPRoute team-a/qwen3']);
  expect(objectOf(team, 'InferencePool').spec).toEqual({
    selector: { matchLabels: { 'kubeairunway.ai/model-deployment': 'qwen3' } },
    targetPorts: [{ number: 8000 }],
    endpointPickerRef: { name: 'kubeairunway-epp', port: { number: 9002 } },
  });
  expect(model.pool?.endpointPicker).toBeUndefined();
  expect(warningsOf(team)).toEqual([]);
});

test('every label is in the older domain', () => {
  const [server] = objectsOf(deploy().team);
  expect(server.metadata.labels).toEqual({
    'kubeairunway.ai/managed-by': 'kubeairunway',
    'kubeairunway.ai/deployment': 'qwen3',
    'kubeairunway.ai/model-source': 'huggingface',
    'kubeairunway.ai/engine-type': 'vllm',
  });
  expect(server.spec.template.metadata.labels).toEqual({
    'kubeairunway.ai/deployment': 'qwen3', 'kubeairunway.ai/model-deployment': 'qwen3', 'app': 'qwen3',
  });
  expect(JSON.stringify(objectsOf(deploy().team))).not.toMatch(/[^e]airunway\.ai\//);
  expect(objectOf(deploy().platform, 'Gateway').metadata.labels).toEqual({ 'kubeairunway.ai/inference-gateway': 'true' });
});

test('an endpoint picker of its own may be asked for, or another one shared', () => {
  const own = deploy({ endpointPicker: {} });
  expect(own.model.pool?.endpointPicker?.serviceName).toBe('qwen3-epp');
  const picker = objectsOf(own.team).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'qwen3-epp');
  expect(picker.spec.template.metadata.labels['app.kubernetes.io/managed-by']).toBe('kubeairunway');
  const shared = deploy({ endpointPickerService: { name: 'epp', port: 9010 } });
  expect(objectOf(shared.team, 'InferencePool').spec.endpointPickerRef).toEqual({ name: 'epp', port: { number: 9010 } });
});

test('a name may be as long as a label, and with an endpoint picker of its own not', () => {
  const name = 'a'.repeat(63);
  expect(deploy({ name }).model.name).toBe(name);
  expect(deploy({ name, rendering: Rendering.CONTROLLER }).model.name).toBe(name);
  expect(() => deploy({ name, endpointPicker: {} })).toThrow(/IGW102 metadata\.name .*at most 59 characters/);
});

describe('rendered for a controller', () => {
  test('it is the older custom resource, and the provider registers in the older shape', () => {
    const { platform, team } = deploy({ rendering: Rendering.CONTROLLER });
    expect(objectsOf(team)).toEqual([{
      apiVersion: 'kubeairunway.ai/v1alpha1',
      kind: 'ModelDeployment',
      metadata: { name: 'qwen3', namespace: 'team-a' },
      spec: { model: { id: 'Qwen/Qwen3-0.6B' }, provider: { name: 'vllm' }, engine: { type: 'vllm' } },
    }]);
    expect(objectOf(platform, 'InferenceProviderConfig')).toMatchObject({
      apiVersion: 'kubeairunway.ai/v1alpha1', spec: { capabilities: { engines: ['vllm'] } },
    });
  });

  test.each([
    ['image', Engine.vllm({ image: 'a:1' }), 'use `image` of the model'],
    ['extraArgs', Engine.vllm({ extraArgs: ['-v'] }), 'remove it, write it as a flag in engine.args, or use the group airunway.ai'],
    ['enablePrefixCaching', Engine.vllm({ enablePrefixCaching: false }), 'remove it, '],
    ['enforceEager', Engine.vllm({ enforceEager: true }), 'remove it, '],
  ])('fails on engine.%s, which the older resource does not have', (field, engine, fix) => {
    expect(() => deploy({ engine, rendering: Rendering.CONTROLLER })).toThrow(
      new RegExp(`IGW201 spec\\.engine\\.${field} is .*: is not a field of kubeairunway\\.ai/v1alpha1; allowed: type, contextLength, .*; ${fix}`),
    );
    expect(idsOf(deploy({ engine }).team)).toContain('Deployment team-a/qwen3');
  });
});

test('a document of the older group is read and written back', () => {
  const manifest = {
    apiVersion: 'kubeairunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'phi', namespace: 'team-a' }, spec: { model: { id: 'a' } },
  };
  const [team] = chartsOf('team-a');
  ModelDeployment.fromManifest(team, 'x', manifest, { rendering: Rendering.CONTROLLER });
  expect(objectsOf(team)).toEqual([manifest]);
});
