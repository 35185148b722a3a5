import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Testing } from 'cdk8s';
import { InvalidInputError, warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { AirunwayManifests } from '../../src/manifests';
import { DefaultRendering, ModelDeployment, Rendering } from '../../src/model';
import { gatewayManifest, modelDeployment, named, providerConfig, quietChart, readObjects, render, service } from './manifests';

const CONTROLLER = { rendering: Rendering.CONTROLLER };
const idsOf = (objects: any[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? '-'}/${metadata.name}`);

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('nothing becomes nothing', () => {
  const chart = quietChart();
  const { gateways, providers, models, others } = new AirunwayManifests(chart, 'input');
  expect([gateways, providers, models, others]).toEqual([[], [], [], []]);
  expect(Testing.synth(chart)).toEqual([]);
});

describe('static rendering', () => {
  test('a model becomes its objects, and no ModelDeployment', () => {
    const chart = quietChart();
    const { models, gateways } = readObjects([gatewayManifest(), modelDeployment()], {}, chart);
    expect(models.map(({ name, namespace, rendering }) => [name, namespace, rendering])).toEqual([['qwen3', 'team-a', Rendering.STATIC]]);
    expect(gateways.map(({ gatewayName }) => gatewayName)).toEqual(['gateway']);
    expect(idsOf(Testing.synth(chart))).toEqual([
      'Gateway gateway-system/gateway', 'Deployment team-a/qwen3', 'Service team-a/qwen3', 'InferencePool team-a/qwen3',
      'ServiceAccount team-a/qwen3-epp', 'Role team-a/qwen3-epp', 'RoleBinding team-a/qwen3-epp', 'ConfigMap team-a/qwen3-epp',
      'Deployment team-a/qwen3-epp', 'Service team-a/qwen3-epp', 'DestinationRule team-a/qwen3-epp', 'HTTPRoute team-a/qwen3',
    ]);
  });

  test('other objects only tell what is there', () => {
    const kaito = modelDeployment('phi', 'team-a', { provider: { name: 'kaito' }, model: { id: 'phi-4-mini-instruct' } });
    const objects = render([gatewayManifest(), kaito, service('phi', 'team-a', [{ port: 80, targetPort: 5555 }])]);
    expect(named(objects, 'InferencePool', 'phi').spec.targetPorts).toEqual([{ number: 5555 }]);
    expect(named(objects, 'Service', 'phi')).toBeUndefined();
  });

  test('the Service of a KubeRay model has a name of its own', () => {
    const ray = modelDeployment('ray', 'team-a', { provider: { name: 'kuberay' } });
    const objects = render([gatewayManifest(), ray, service('ray-serve-svc', 'team-a', [{ port: 80, targetPort: 8123 }])]);
    expect(named(objects, 'InferencePool', 'ray').spec.targetPorts).toEqual([{ number: 8123 }]);
  });

  test('so has that of a Dynamo model, which counts where Dynamo makes no pool', () => {
    const dynamo = modelDeployment('graph', 'team-a', { provider: { name: 'dynamo' } });
    const services = [service('graph-frontend', 'team-a', [{ port: 8000, targetPort: 8124 }]), service('graph', 'team-a', [{ port: 80, targetPort: 1 }])];
    const objects = render([gatewayManifest(), providerConfig('dynamo'), dynamo, ...services]);
    expect(named(objects, 'InferencePool', 'graph').spec.targetPorts).toEqual([{ number: 8124 }]);
  });

  test('the endpoint picker of a pool that the provider made gets its DestinationRule', () => {
    const graph = modelDeployment('graph', 'team-a', { provider: { name: 'dynamo' } });
    const pool = {
      apiVersion: 'inference.networking.k8s.io/v1', kind: 'InferencePool', metadata: { name: 'graph-pool', namespace: 'team-a' },
      spec: { endpointPickerRef: { name: 'picker' } },
    };
    expect(named(render([gatewayManifest(), graph, pool]), 'DestinationRule', 'picker').spec.host).toBe('picker.team-a.svc.cluster.local');
    expect(render([gatewayManifest(), graph]).filter(({ kind }) => kind === 'DestinationRule')).toEqual([]);
  });

  test('an InferenceProviderConfig is not rendered, used or not, and says what its provider can', () => {
    const mine = providerConfig('mine', { gateway: { managesInferencePool: true, inferencePoolNamePattern: 'p-{name}' } });
    const objects = render([gatewayManifest(), mine, providerConfig('unused'), modelDeployment('qwen3', 'team-a', { provider: { name: 'mine' } })]);
    expect(idsOf(objects)).toEqual(['Gateway gateway-system/gateway', 'HTTPRoute team-a/qwen3']);
    expect(objects[1].spec.rules[0].backendRefs[0].name).toBe('p-qwen3');
  });

  test('an InferenceProviderConfig comes back once a model for a controller uses it', () => {
    const chart = quietChart();
    const { providers } = readObjects([providerConfig('vllm')], {}, chart);
    expect(Testing.synth(chart)).toEqual([]);
    ModelDeployment.fromManifest(chart, 'more', modelDeployment(), { provider: providers[0], ...CONTROLLER });
    expect(idsOf(Testing.synth(chart))).toEqual(['InferenceProviderConfig -/vllm', 'ModelDeployment team-a/qwen3']);
  });

  test('an object without a namespace is in the chart\'s', () => {
    const [model, facts] = [modelDeployment('phi', '', { provider: { name: 'kaito' }, model: { id: 'phi-4-mini-instruct' } }), service('phi', '', [{ port: 7 }])];
    [model, facts].forEach(({ metadata }) => delete metadata.namespace);
    const chart = quietChart('team-q');
    readObjects([gatewayManifest(), model, facts], {}, chart);
    const objects = Testing.synth(chart);
    expect(named(objects, 'Workspace', 'phi').metadata.namespace).toBe('team-q');
    expect(named(objects, 'InferencePool', 'phi').spec.targetPorts).toEqual([{ number: 7 }]);
  });

  test('the endpoint picker is the one asked for, unless the provider names one', () => {
    const input = [gatewayManifest(), modelDeployment('a', 'x'), modelDeployment('b', 'x', { provider: { name: 'llmd' } })];
    const objects = render(input, { endpointPicker: { image: 'mine:1', port: 9100 } });
    const imageOf = (name: string) => named(objects, 'Deployment', name).spec.template.spec.containers[0].image;
    expect(imageOf('a-epp')).toBe('mine:1');
    expect(imageOf('b-epp')).not.toBe('mine:1');
    expect(['a-epp', 'b-epp'].map((name) => named(objects, 'Service', name).spec.ports[0].port)).toEqual([9100, 9100]);
  });

  test('what only the cluster knows of a model is given by its name', () => {
    const input = [gatewayManifest(), modelDeployment('a', 'x'), modelDeployment('a', 'y')];
    const objects = render(input, { models: { 'y/a': { discoveredModelName: 'found', targetPort: 9 } } });
    const [first, second] = ['x', 'y'].map((namespace) => objects.filter(({ metadata }) => metadata.namespace === namespace));
    const headerOf = (found: any[]) => named(found, 'HTTPRoute', 'a').spec.rules[0].matches[0].headers[0].value;
    expect([headerOf(first), headerOf(second)]).toEqual(['Qwen/Qwen3-0.6B', 'found']);
    expect([first, second].map((found) => named(found, 'InferencePool', 'a').spec.targetPorts[0].number)).toEqual([8000, 9]);
  });

  test('fails for options of a model that is not there', () => {
    expect(messageOf(() => render([modelDeployment()], { models: { 'team-a/qwen': {} } }))).toContain(
      'IGW203 models is "team-a/qwen": is no ModelDeployment of the manifests; allowed: team-a/qwen3; correct it to <namespace>/<name>',
    );
  });
});

describe('objects that are there already', () => {
  const object = (apiVersion: string, kind: string, name: string, more: object = {}) => (
    { apiVersion, kind, metadata: { name, namespace: 'team-a', ...more }, spec: {} }
  );

  test('are left to the input, with a warning', () => {
    const chart = quietChart();
    readObjects([gatewayManifest(), modelDeployment(), object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'qwen3')], {}, chart);
    const objects = Testing.synth(chart);
    expect(named(objects, 'HTTPRoute', 'qwen3')).toBeUndefined();
    expect(named(objects, 'InferencePool', 'qwen3')).toBeDefined();
    expect(warningsOf(chart)).toContainEqual(expect.stringContaining(
      'IGW603 HTTPRoute is "team-a/qwen3": is part of the input, and ModelDeployment team-a/qwen3 makes one of the same name; remove it from the input',
    ));
  });

  test('are not those of another namespace or API group', () => {
    const elsewhere = { ...object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'qwen3'), metadata: { name: 'qwen3', namespace: 'team-b' } };
    const objects = render([gatewayManifest(), modelDeployment(), elsewhere, object('serving.knative.dev/v1', 'Service', 'qwen3')]);
    expect(['HTTPRoute', 'Service'].map((kind) => named(objects, kind, 'qwen3')?.metadata.namespace)).toEqual(['team-a', 'team-a']);
  });

  test('with a pool of another controller there is the workload only, and a warning', () => {
    const chart = quietChart();
    const pool = object('inference.networking.k8s.io/v1', 'InferencePool', 'qwen3', { ownerReferences: [{ controller: true }] });
    readObjects([gatewayManifest(), modelDeployment(), pool], {}, chart);
    expect(idsOf(Testing.synth(chart))).toEqual(['Gateway gateway-system/gateway', 'Deployment team-a/qwen3', 'Service team-a/qwen3']);
    expect(warningsOf(chart)).toContainEqual(expect.stringContaining('IGW603 InferencePool is "team-a/qwen3": belongs to another controller'));
  });

  test('fails for a workload, which the live controller would not take over either', () => {
    expect(messageOf(() => render([modelDeployment(), object('apps/v1', 'Deployment', 'qwen3')]))).toContain(
      'IGW603 Deployment is "team-a/qwen3": is part of the input, and ModelDeployment team-a/qwen3 makes one of the same name',
    );
  });
});

describe('rendering for a controller', () => {
  const anything = {
    apiVersion: 'example.com/v1', kind: 'Anything', metadata: { name: 'a', namespace: 'x', labels: { b: 'c' }, generation: 4, finalizers: ['f'] },
    spec: { empty: {}, none: [], zero: 0, no: false, text: '', nothing: null, deep: [{ nothing: null }, null] }, status: { ready: true },
  };
  const input = () => [
    anything,
    modelDeployment('b', 'x', { provider: { name: 'kaito', overrides: { resource: { a: null } } }, model: { id: 'phi-4-mini-instruct' } }),
    gatewayManifest('z'),
    providerConfig('kaito'),
    { ...modelDeployment('a', 'x'), status: { phase: 'Running' } },
    { apiVersion: 'airunway.ai/v1alpha1', kind: 'AgentDeployment', metadata: { name: 'agent', namespace: 'x' }, spec: {} },
    gatewayManifest('a', 'y'),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plain', namespace: 'x' }, data: { mode: 'yes' } },
  ];

  test('everything comes back as it was, in the order it was in', () => {
    expect(render(input(), CONTROLLER)).toEqual(input());
  });

  test('constructs are sorted by what they are', () => {
    const { gateways, providers, models, others } = readObjects(input(), CONTROLLER);
    expect(gateways.map(({ gatewayName }) => gatewayName)).toEqual(['z', 'a']);
    expect(providers.map(({ providerName }) => providerName)).toEqual(['kaito']);
    expect(models.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(others.map(({ kind }) => kind)).toEqual(['Anything', 'AgentDeployment', 'ConfigMap']);
  });

  test('a model without a namespace comes back without one', () => {
    const model = modelDeployment();
    delete model.metadata.namespace;
    expect(render([model], CONTROLLER)).toEqual([model]);
  });

  test('what a model leaves open stays open', () => {
    const model = modelDeployment('a', 'x', { engine: undefined, provider: undefined, resources: { gpu: { count: 1 } } });
    const [{ spec }] = render([model], CONTROLLER);
    expect(Object.keys(spec).sort()).toEqual(['model', 'resources']);
  });

  test('is the default where the scope says so', () => {
    const chart = quietChart();
    DefaultRendering.set(chart, Rendering.CONTROLLER);
    readObjects([modelDeployment()], {}, chart);
    expect(idsOf(Testing.synth(chart))).toEqual(['ModelDeployment team-a/qwen3']);
  });
});

describe('input', () => {
  test('is not touched, and what is made of it does not change with it', () => {
    const input = [gatewayManifest(), providerConfig('vllm'), modelDeployment(), modelDeployment('open', 'x', { engine: {}, provider: {} , resources: { gpu: { count: 1 } } })];
    const before = structuredClone(input);
    const chart = quietChart();
    readObjects(input, {}, chart);
    const rendered = Testing.synth(chart);
    expect(input).toEqual(before);
    input[0].spec.listeners[0].port = 81;
    input[2].spec.engine.args = { a: 'b' };
    expect(Testing.synth(chart)).toEqual(rendered);
  });

  test('may be YAML', () => {
    const chart = quietChart();
    const { models } = AirunwayManifests.fromYaml(chart, 'input', JSON.stringify(modelDeployment()), CONTROLLER);
    expect(models).toHaveLength(1);
    expect(Testing.synth(chart)).toEqual([modelDeployment()]);
  });

  test('may be a folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    writeFileSync(join(folder, 'b.yaml'), JSON.stringify(modelDeployment('b')));
    writeFileSync(join(folder, 'a.yaml'), JSON.stringify(gatewayManifest('a')));
    const chart = quietChart();
    AirunwayManifests.fromPath(chart, 'input', folder, CONTROLLER);
    rmSync(folder, { recursive: true });
    expect(idsOf(Testing.synth(chart))).toEqual(['Gateway gateway-system/a', 'ModelDeployment team-a/b']);
  });

  test('names that only differ by where a dash belongs are apart', () => {
    const objects = render([modelDeployment('c', 'a-b'), modelDeployment('b-c', 'a')], CONTROLLER);
    expect(idsOf(objects)).toEqual(['ModelDeployment a-b/c', 'ModelDeployment a/b-c']);
  });

  test('kinds of one name and several API groups are apart', () => {
    const istio = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'gateway', namespace: 'gateway-system' }, spec: {} };
    expect(render([istio, gatewayManifest()], CONTROLLER)).toEqual([istio, gatewayManifest()]);
  });
});

describe('mistakes', () => {
  test('fails for an object that is there twice, and says where', () => {
    const text = [modelDeployment(), modelDeployment()].map((object) => JSON.stringify(object)).join('\n---\n');
    expect(messageOf(() => AirunwayManifests.fromYaml(quietChart(), 'input', text))).toBe([
      'yaml:3: 1 mistake',
      '  IGW103 ModelDeployment is "team-a/qwen3": is in the input already, at yaml:1; allowed: each object once; remove one of the two',
    ].join('\n'));
    expect(messageOf(() => render([modelDeployment(), modelDeployment()]))).toContain('IGW103 ModelDeployment is "team-a/qwen3": is in the input twice');
  });

  test('fails for an object that names the default namespace and one that names none', () => {
    const model = modelDeployment('qwen3', 'default');
    const other = modelDeployment();
    delete other.metadata.namespace;
    expect(messageOf(() => render([model, other]))).toContain('IGW103');
  });

  test('fails with the mistakes of all manifests in one message, each with its file and line', () => {
    const documents = [
      { kind: 'Pod' },
      { ...gatewayManifest(), spec: {} },
      providerConfig('mine', { servingModes: ['sideways'] }),
      modelDeployment('one', 'team-a', { model: {} }),
      modelDeployment('two', 'team-a', { engine: { type: 'vllm', args: [] }, scaling: { replicas: 99 } }),
      modelDeployment('three', 'team-a', { scaling: { replicas: -1 }, provider: { name: 'mine' } }),
      modelDeployment('good'),
    ];
    const text = documents.map((object) => JSON.stringify(object)).join('\n---\n');
    const message = messageOf(() => AirunwayManifests.fromYaml(quietChart(), 'input', text));
    expect(message.split('\n').filter((line) => !line.startsWith('  '))).toEqual([
      'yaml: 2 mistakes',
      'yaml:3 Gateway gateway-system/gateway: 1 mistake',
      'yaml:5 InferenceProviderConfig default/mine: 1 mistake',
      'yaml:7 ModelDeployment team-a/one: 1 mistake',
      'yaml:9 ModelDeployment team-a/two: 1 mistake',
      'yaml:11 ModelDeployment team-a/three: 1 mistake',
    ]);
    expect(message).toMatch(/IGW601 yaml:1 apiVersion.*IGW601.*listeners.*IGW201.*sideways.*IGW202 spec\.model\.id.*engine\.args is \[\].*replicas is -1/s);
  });

  test('fails for the unknown provider of a model, unless what makes it known is refused itself', () => {
    const model = modelDeployment('a', 'x', { provider: { name: 'mine' } });
    expect(messageOf(() => render([model]))).toContain('IGW301 spec.provider.name is "mine": is not known');
    expect(messageOf(() => render([model, providerConfig('mine', { servingModes: 'all' })]))).not.toContain('IGW301');
    expect(messageOf(() => render([model, {}]))).not.toContain('IGW301');
  });

  test('an error that is not one of the input is not taken for one', () => {
    const chart = quietChart();
    const gateway = InferenceGateway.fromGatewayName(chart, 'gateway', { name: 'g', implementation: GatewayImplementation.of('x') });
    jest.spyOn(gateway, 'attach').mockImplementation(() => {
      throw new TypeError('a mistake of ours');
    });
    expect(() => readObjects([modelDeployment()], { gateway }, chart)).toThrow(new TypeError('a mistake of ours'));
  });
});

test('every object that is rendered is below the construct of what it was made of', () => {
  const chart = quietChart();
  const { models, gateways } = readObjects([gatewayManifest(), modelDeployment()], {}, chart);
  const below = [...gateways, ...models].flatMap((construct) => construct.node.findAll()).filter((child) => ApiObject.isApiObject(child));
  expect(below).toHaveLength(Testing.synth(chart).length);
});
