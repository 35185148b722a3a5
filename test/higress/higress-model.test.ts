import { warningsOf } from '../../src/core';
import { HigressModel, HigressModelProps, HigressModelRoute, HigressPlugins, GpuStackRelease, GpuStackUpstream, Ownership, SecretText } from '../../src/higress';
import { chartsOf, objectOf, objectsOf } from '../synth';

function setUp() {
  const [chart] = chartsOf('higress-system');
  const higress = new HigressPlugins(chart, 'gpustack', {
    release: GpuStackRelease.HEAD_2026_08,
    ownership: Ownership.GITOPS,
    upstream: GpuStackUpstream.embedded(),
    token: SecretText.placeholder('<token>'),
    authCacheKey: SecretText.placeholder('<key>'),
  });
  return { chart, higress };
}

const ONE = [{ address: '10.0.0.1', port: 8000 }];

function modelOf(props: Partial<HigressModelProps>) {
  const { chart, higress } = setUp();
  const model = new HigressModel(chart, 'qwen3', { higress, ...props });
  return { chart, higress, model };
}

const registriesOf = (props: Partial<HigressModelProps>) => objectOf(modelOf(props).chart, 'McpBridge').spec.registries
  .filter(({ name }: any) => name !== 'gpustack')
  .map(({ name, type, domain, port, protocol }: any) => `${name} ${type} ${protocol}://${domain} ${port}`);

test('the smallest model is an address', () => {
  const { model } = modelOf({ instances: ONE });
  expect(model).toMatchObject({ modelId: 'qwen3', modelName: 'qwen3' });
  expect(registriesOf({ instances: ONE })).toEqual(['model-qwen3-1 static http://10.0.0.1:8000 80']);
});

test('a server is known by an address of either family or by a name, and may speak TLS', () => {
  expect(registriesOf({
    modelId: '7',
    instances: [
      { address: '10.0.0.1', port: 8000 },
      { address: '2001:db8::1', port: 8000, tls: true },
      { address: 'worker.example.com', port: 10150, instanceId: 'w' },
    ],
  })).toEqual([
    'model-7-1 static http://10.0.0.1:8000 80',
    'model-7-2 static https://[2001:db8::1]:8000 80',
    'model-7-w dns http://worker.example.com 10150',
  ]);
});

test('each LoRA adapter has a registry at each server, named after model and adapter', () => {
  const [first, second, third] = registriesOf({ modelId: '7', modelName: 'qwen3-0.6b', instances: ONE, loraAdapters: ['sql', 'law'] });
  expect(first).toBe('model-7-1 static http://10.0.0.1:8000 80');
  expect([second, third].map((line: string) => line.replace(/-l[0-9a-f]{8} /, '-l… '))).toEqual(Array(2).fill('model-7-1-l… static http://10.0.0.1:8000 80'));
  expect(second).not.toBe(third);
});

test('a route to an adapter asks for it by name, at the registry of its own', () => {
  const { chart, higress, model } = modelOf({ modelId: '7', modelName: 'base', instances: ONE, loraAdapters: ['sql'] });
  new HigressModelRoute(chart, 'queries', { higress, destinations: [model.destination({ loraAdapter: 'sql' })] });
  const { spec } = objectsOf(chart).find(({ metadata }) => metadata.name === 'gpustack-model-mapper');
  expect(spec.matchRules).toEqual([{
    config: { modelMapping: { queries: 'base:sql' } },
    configDisable: false,
    domain: [],
    ingress: ['ai-route-route-queries.internal'],
    // The first eight digits of the SHA-256 of `base:sql`.
    service: ['model-7-1-l24799cd5.static'],
  }]);
});

test('a model of another cluster is reached at the gateway there, which several models share', () => {
  const remoteGateway = { address: '10.2.0.5:80' };
  const { chart, higress } = modelOf({ remoteGateway });
  new HigressModel(chart, 'llama', { higress, remoteGateway });
  expect(objectOf(chart, 'McpBridge').spec.registries.map(({ name }: any) => name)).toEqual(['cluster-gateway', 'gpustack']);
});

test('a token stands in ai-proxy with the first route, and is warned of in plain text', () => {
  const { chart, higress, model } = modelOf({ instances: ONE, token: SecretText.unsafePlainText('t') });
  const providers = () => objectsOf(chart).find(({ metadata }) => metadata.name === 'gpustack-ai-proxy').spec.defaultConfig.providers;
  expect(providers()).toBeUndefined();
  new HigressModelRoute(chart, 'a', { higress, destinations: [model.destination()] });
  new HigressModelRoute(chart, 'b', { higress, destinations: [model.destination()] });
  expect(providers()).toEqual([
    { id: 'gpustack-model-qwen3', type: 'openai', apiTokens: ['t'], failover: { enabled: false }, retryOnFailure: { enabled: false } },
  ]);
  expect(warningsOf(chart)).toEqual([expect.stringContaining('IGW701 token: is a secret in plain text')]);
});

test('a model that is removed leaves nothing', () => {
  const { chart } = modelOf({ instances: ONE });
  chart.node.tryRemoveChild('qwen3');
  expect(objectOf(chart, 'McpBridge').spec.registries).toHaveLength(1);
});

describe('mistakes', () => {
  test.each<[string, Partial<HigressModelProps>, string]>([
    ['without a server', {}, 'IGW771 instances is []: is empty, so no request reaches the model; list the servers, or set `remoteGateway`'],
    ['with servers beside a remote gateway', { instances: ONE, remoteGateway: { address: '10.2.0.5:80' } },
      'IGW771 instances: are given beside `remoteGateway`, which alone is used; keep one of the two'],
    ['with adapters behind a remote gateway', { remoteGateway: { address: '10.2.0.5:80' }, loraAdapters: ['sql'] },
      'IGW771 loraAdapters is ["sql"]: need registries of their own, and a remote gateway has one'],
    ['with a remote gateway without a port', { remoteGateway: { address: '10.2.0.5' } }, 'IGW704 remoteGateway.domain is "10.2.0.5": is not an IP address with a port'],
    ['with an id that is no part of a name', { modelId: 'Qwen', instances: ONE }, 'IGW760 modelId is "Qwen": cannot be part of a name'],
    ['with an empty name', { modelName: ' ', instances: ONE }, 'IGW760 modelName is " ": is empty or starts or ends with a space'],
    ['with an adapter of no name', { instances: ONE, loraAdapters: ['a b'] }, 'IGW760 loraAdapters[0] is "a b": is no name of an adapter'],
    ['with an adapter twice', { instances: ONE, loraAdapters: ['a', 'a'] }, 'IGW763 loraAdapters is "a": is listed twice'],
    ['with an instance twice', { instances: [{ ...ONE[0], instanceId: '2' }, ONE[0]] }, 'IGW763 instances.instanceId is "2": is listed twice'],
    ['with an instance of no name', { instances: [{ ...ONE[0], instanceId: 'a.b' }] }, 'IGW760 instances[0].instanceId is "a.b": cannot be part of a name'],
    ['with a host that is no name', { instances: [{ address: 'worker', port: 1 }] }, 'IGW704 instances.model-qwen3-1.domain is "worker"'],
    ['with a port that is none', { instances: [{ address: '10.0.0.1', port: 0 }] }, 'IGW704 instances.model-qwen3-1.domain is "10.0.0.1:0"'],
    ['with a token that is no placeholder', { instances: ONE, token: SecretText.placeholder('secret') }, 'IGW702 token is "(hidden)"'],
  ])('fails %s', (_, props, message) => {
    expect(() => modelOf(props)).toThrow(message);
  });

  test('fails for an adapter that it does not have', () => {
    const { model } = modelOf({ instances: ONE, loraAdapters: ['sql'] });
    expect(() => model.destination({ loraAdapter: 'law' })).toThrow(
      'IGW771 loraAdapter is "law": is no adapter of the model; allowed: sql; list it in `loraAdapters` of the model',
    );
  });

  test('fails for an id that another model has, and names it', () => {
    const { chart, higress } = modelOf({ instances: ONE });
    expect(() => new HigressModel(chart, 'b', { higress, modelId: 'qwen3', instances: ONE })).toThrow(
      'IGW763 modelId is "qwen3": is also that of higress-system/qwen3; set `modelId` of one of the two to something else',
    );
  });

  test('fails for ids that give the same registry, and for two gateways of one name', () => {
    const { chart, higress } = modelOf({ modelId: 'a', instances: [{ ...ONE[0], instanceId: 'b-1' }] });
    expect(() => new HigressModel(chart, 'b', { higress, modelId: 'a-b', instances: [{ address: '10.0.0.2', port: 1 }] })).toThrow(
      'IGW763 registry is "model-a-b-1": is also a registry of higress-system/qwen3, with another address',
    );
    new HigressModel(chart, 'c', { higress, remoteGateway: { address: '10.2.0.5:80' } });
    expect(() => new HigressModel(chart, 'd', { higress, remoteGateway: { address: '10.3.0.5:80' } })).toThrow('IGW763 registry is "cluster-gateway"');
    new HigressModel(chart, 'e', { higress, remoteGateway: { address: '10.3.0.5:80', registryName: 'cluster-3' } });
  });
});
