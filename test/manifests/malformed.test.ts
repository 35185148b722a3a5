import { Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import { InvalidInputError, muteWarnings } from '../../src/core';
import { AirunwayManifests } from '../../src/manifests';
import { Rendering } from '../../src/model';
import { gatewayManifest, goldens, modelDeployment, providerConfig, service } from './manifests';

const INPUT = [
  { ...gatewayManifest(), spec: {
    gatewayClassName: 'istio',
    listeners: [{
      name: 'http', protocol: 'HTTP', port: 80, hostname: 'a.example', allowedRoutes: { kinds: [], namespaces: {
        from: 'Selector', selector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a'] }] },
      } },
    }],
  } },
  providerConfig('vllm', { cpuSupport: true, apiFormats: ['openai-chat'], gateway: {
    managesInferencePool: false, inferencePoolNamePattern: '{name}', inferencePoolNamespace: '{namespace}', ignoresServedName: true,
    endpointPicker: { image: 'epp:1', configData: 'apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\n' },
  } }, [{ condition: 'spec.engine.type == "vllm"', priority: 10 }]),
  modelDeployment('full', 'team-a', {
    model: { id: 'a/b', source: 'huggingface', servedName: 'b', storage: { volumes: [{
      name: 'cache', purpose: 'modelCache', size: '10Gi', accessMode: 'ReadWriteMany', storageClassName: 'fast', mountPath: '/cache', readOnly: false,
    }, { name: 'data', claimName: 'data', mountPath: '/data' }] } },
    provider: { name: 'vllm', overrides: { spec: { template: { metadata: { labels: { a: 'b' } } } } } },
    engine: { type: 'vllm', image: 'vllm:1', contextLength: 8192, trustRemoteCode: false, enforceEager: true, args: { a: 'b' }, extraArgs: ['--x'] },
    serving: { mode: 'aggregated' },
    scaling: { replicas: 2 },
    resources: { gpu: { count: 1, type: 'nvidia.com/gpu' }, memory: '1Gi', cpu: '2' },
    env: [{ name: 'A', value: 'b' }, { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
    podTemplate: { metadata: { labels: { l: 'v' }, annotations: { a: 'v' } } },
    secrets: { huggingFaceToken: 'hf' },
    gateway: { enabled: true, modelName: 'b' },
    nodeSelector: { zone: 'a' },
    tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
  }),
  modelDeployment('apart', 'team-b', {
    provider: { name: 'llmd' }, serving: { mode: 'disaggregated' },
    scaling: { prefill: { replicas: 1, gpu: { count: 1 }, memory: '1Gi' }, decode: { replicas: 2, gpu: { count: 2 } } },
  }),
  modelDeployment('graph', 'team-b', { provider: { name: 'dynamo' }, engine: { type: 'sglang' } }),
  modelDeployment('preset', 'team-b', { provider: { name: 'kaito' }, model: { id: 'phi-4-mini-instruct' } }),
  modelDeployment('ray', 'team-b', { provider: { name: 'kuberay' } }),
  modelDeployment('open', 'team-b', { provider: {}, engine: {} , resources: { gpu: { count: 2 } } }),
  { ...modelDeployment('old', 'team-c', { provider: { name: 'old' } }), apiVersion: 'kubeairunway.ai/v1alpha1' },
  { apiVersion: 'kubeairunway.ai/v1alpha1', kind: 'InferenceProviderConfig', metadata: { name: 'old' }, spec: {
    capabilities: { engines: ['vllm', 'sglang'], servingModes: ['aggregated'], gpuSupport: true, cpuSupport: false },
    selectionRules: [{ condition: 'true', priority: 1 }],
  } },
  { ...service('full', 'team-a', [{ name: 'http', port: 80, targetPort: 8000 }]), metadata: { name: 'other', namespace: 'x', ownerReferences: [{ controller: true }] } },
  { apiVersion: 'inference.networking.k8s.io/v1', kind: 'InferencePool', metadata: { name: 'graph-pool', namespace: 'team-b' }, spec: { endpointPickerRef: { name: 'graph-epp' } } },
];

/** Set it higher to look deeper. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  const below = typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]))
    : [];
  return path.length === 0 ? below : [path, ...below];
}

function replaced(value: any, [key, ...rest]: Path, by: unknown): any {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

// cdk8s renders no object with a key of this name, and JavaScript none with the other.
const plain = fc.jsonValue({ maxDepth: 2 }).filter((value) => !/"(constructor|__proto__)"/.test(JSON.stringify(value)));
const anything = fc.oneof(plain, fc.constantFrom<unknown>(null, 0, -1, '', 'x', true, [], {}, [null], [1], ['x'], [{}], { x: 1 }, { x: null }, 1e300, 0.5));

function silentChart(): Chart {
  const chart = new Chart(Testing.app(), 'chart');
  muteWarnings(chart);
  return chart;
}

/** Renders, or says what is wrong with the input. */
function tryToRender(manifests: any[], rendering: Rendering): void {
  const chart = silentChart();
  try {
    AirunwayManifests.fromObjects(chart, 'input', manifests, { rendering });
  } catch (error) {
    if (error instanceof InvalidInputError) {
      expect(error.message).toMatch(/IGW\d{3}/);
      return;
    }
    throw error;
  }
  expect(() => Testing.synth(chart)).not.toThrow();
}

describe.each([Rendering.STATIC, Rendering.CONTROLLER])('any value in any field, rendered %s', (rendering) => {
  test('the manifests themselves are rendered', () => {
    const chart = silentChart();
    AirunwayManifests.fromObjects(chart, 'input', INPUT, { rendering });
    expect(Testing.synth(chart).length).toBeGreaterThan(8);
  });

  const holds = (inputs: any[][]) => {
    const mutation = fc.constantFrom(...inputs).chain((input) => fc.tuple(fc.constant(input), fc.constantFrom(...pathsOf(input)), anything));
    fc.assert(fc.property(mutation, ([input, path, value]) => tryToRender(replaced(input, path, value), rendering)), { numRuns: RUNS });
  };

  test('is rendered or refused with a message, never a crash', () => {
    holds([INPUT]);
  });

  const observed = goldens().map(([, { input }]) => input).filter((input) => input.length > 0);
  (observed.length > 0 ? test : test.skip)('is rendered or refused with a message, in the inputs of the goldens too', () => {
    holds(observed);
  });
});
