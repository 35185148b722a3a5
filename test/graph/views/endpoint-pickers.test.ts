import { GraphSettings } from '../../../src/graph';
import { Picker, pickersForPool, pickersOf, poolsOfPicker } from '../../../src/graph/views/endpoint-pickers';
import { poolsOf } from '../../../src/graph/views/pools';
import { ENDPOINT_PICKER_BUILDS } from '../../../src/versions';
import { graphOf } from '../lint';
import { workingSet } from '../working-set';

function pickerOf(container: object, settings?: GraphSettings): Picker {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, spec: { containers: [container], volumes: [{ name: 'v', configMap: { name: 'c' } }] } };
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'n' }, data: { 'a.yaml': 'kind: EndpointPickerConfig' } };
  return pickersOf(graphOf([pod, config], settings))[0];
}

const IMAGE = 'registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0';

test('the smallest endpoint picker', () => {
  expect(pickerOf({ image: IMAGE })).toMatchObject({
    grpcPort: 9002, healthPort: 9003, metricsPort: 9090, secureServing: true, leaderElection: false, metricsAuth: true, replicas: 1, build: { name: 'GAIE 1.5' },
  });
});

test.each(['ghcr.io/llm-d/llm-d-inference-scheduler:v0.6.0', 'mirror.local/x/epp@sha256:00', 'localhost:5000/my-epp:dev', 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.1'])(
  'is told by its image: %s', (image) => { expect(pickerOf({ image })).toBeDefined(); });

test.each(['vllm/vllm-openai:v1', 'registry/steppe:1', 'nginx'])('is not taken for one: %s', (image) => { expect(pickerOf({ image })).toBeUndefined(); });

test('is told by its flags', () => {
  expect(pickerOf({ image: 'own:1', args: ['--pool-name', 'a'] })).toMatchObject({ pool: { name: 'a', namespace: 'default', group: 'inference.networking.k8s.io' } });
});

test('the build of the settings goes before that of the image', () => {
  const [runtime] = ENDPOINT_PICKER_BUILDS;
  expect(pickerOf({ image: IMAGE }, { runtime }).build).toBe(runtime);
  expect(pickerOf({ image: 'x/epp:main' }).build).toBeUndefined();
});

test('the namespace of its pool: the flag, the variable NAMESPACE, or default', () => {
  const name = '--pool-name=a';
  const env = (rest: object) => [{ name: 'NAMESPACE', ...rest }];
  expect(pickerOf({ image: IMAGE, args: [name, '--pool-namespace=b'], env: env({ value: 'c' }) }).pool?.namespace).toBe('b');
  expect(pickerOf({ image: IMAGE, args: [name], env: env({ value: 'c' }) }).pool?.namespace).toBe('c');
  expect(pickerOf({ image: IMAGE, args: [name], env: env({ valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }) }).pool?.namespace).toBe('n');
  expect(pickerOf({ image: IMAGE, args: ['--pool-name=$(POOL)'], env: [{ name: 'POOL', value: 'q' }] }).pool).toMatchObject({ name: 'q', namespace: 'default' });
  expect(pickerOf({ image: IMAGE, args: ['--pool-name=$(POOL)'] }).pool).toBeUndefined();
  expect(pickerOf({ image: IMAGE, args: [name], env: env({ valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }) }).pool).toBeUndefined();
});

test('its configuration, by file or text', () => {
  const mounted = { image: IMAGE, volumeMounts: [{ name: 'v', mountPath: '/config/' }] };
  expect(pickerOf({ ...mounted, args: ['--config-file', '/config/a.yaml'] }).configuration).toBe('kind: EndpointPickerConfig');
  expect(pickerOf({ ...mounted, args: ['--config-file', '/config/b.yaml'] })).toMatchObject({ configuration: undefined, configFile: { source: { key: 'b.yaml', from: { name: 'c' } } } });
  expect(pickerOf({ ...mounted, args: ['--config-file', '/other/a.yaml'] }).configFile?.source).toEqual({});
  expect(pickerOf({ ...mounted, args: ['--config-text', 'kind: X'] }).configuration).toBe('kind: X');
  const file = { ...mounted, volumeMounts: [{ name: 'v', mountPath: '/etc/epp.yaml', subPath: 'a.yaml' }], args: ['--config-file=/etc/epp.yaml'] };
  expect(pickerOf(file).configuration).toBe('kind: EndpointPickerConfig');
});

test('pool and picker belong together by flag, and by Service', () => {
  const byBoth = graphOf(workingSet({ models: ['llama'] }));
  const unnamed = graphOf(workingSet({ models: ['llama'] }, ['Deployment models/llama-epp', ({ spec }) => { spec.template.spec.containers[0].args = []; }]));
  const unserved = graphOf(workingSet({ models: ['llama'] }, ['InferencePool models/llama', ({ spec }) => { spec.endpointPickerRef.name = 'other'; }]));
  for (const graph of [byBoth, unnamed, unserved]) {
    const [[pool], [picker]] = [poolsOf(graph), pickersOf(graph)];
    expect(pickersForPool(graph, pool)).toEqual([picker]);
    expect(poolsOfPicker(graph, picker)).toEqual([pool]);
  }
});
