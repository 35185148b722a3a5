import { ClusterFacts } from '../../src/manifests/cluster-facts';
import { service } from './manifests';

const facts = (...manifests: any[]) => new ClusterFacts(manifests, 'default');
const pool = (spec: any, metadata = {}) => ({
  apiVersion: 'inference.networking.k8s.io/v1', kind: 'InferencePool', metadata: { name: 'pool', namespace: 'a', ...metadata }, spec,
});

test('an empty input says nothing', () => {
  expect(facts().targetPort('qwen3', 'a')).toBeUndefined();
  expect(facts().endpointPickerOf('pool', 'a')).toBeUndefined();
  expect(facts().has({ apiVersion: 'v1', kind: 'Service', namespace: 'a', name: 'x' })).toBe(false);
});

describe('the port behind a Service', () => {
  test.each([
    ['the only one', [{ port: 9, targetPort: 90 }], 90],
    ['the one named http', [{ port: 9, targetPort: 90 }, { name: 'http', port: 7, targetPort: 70 }], 70],
    ['the one that is 80', [{ port: 9, targetPort: 90 }, { port: 80, targetPort: 5000 }], 5000],
    ['the one that is 8080', [{ port: 9, targetPort: 90 }, { port: 8080, targetPort: 5001 }], 5001],
    ['the first of those that fit', [{ port: 8080, targetPort: 1 }, { name: 'http', port: 7, targetPort: 2 }], 1],
    ['the first when none fits', [{ port: 9, targetPort: 90 }, { port: 7, targetPort: 70 }], 90],
    ['the Service port without a target port', [{ port: 80 }], 80],
    ['the Service port when the target port is a name', [{ port: 80, targetPort: 'web' }], 80],
    ['the number in a text', [{ port: 80, targetPort: '5000' }], 5000],
    ['the Service port when the target port is a name that JavaScript takes for a number', [{ port: 8000, targetPort: '0x50' }], 8000],
    ['the Service port when the name has an exponent', [{ port: 8000, targetPort: '1e3' }], 8000],
    ['the Service port when the target port is 0', [{ port: 80, targetPort: 0 }], 80],
  ])('is %s', (_, ports, expected) => {
    expect(facts(service('qwen3', 'a', ports)).targetPort('qwen3', 'a')).toBe(expected);
  });

  test.each([[undefined], [null], ['80'], [[]], [[null]], [[80]], [[{}]], [[{ port: 'x' }]]])('is not known from ports %j', (ports) => {
    expect(facts(service('qwen3', 'a', ports)).targetPort('qwen3', 'a')).toBeUndefined();
  });

  test('is that of the Service in the same namespace and of the core group', () => {
    const knative = { ...service('qwen3', 'a', [{ port: 1 }]), apiVersion: 'serving.knative.dev/v1' };
    expect(facts(service('qwen3', 'b', [{ port: 2 }]), knative).targetPort('qwen3', 'a')).toBeUndefined();
  });

  test('is that of a Service without a namespace, in the default one', () => {
    const manifest = { ...service('qwen3', '', [{ port: 2 }]), metadata: { name: 'qwen3' } };
    expect(facts(manifest).targetPort('qwen3', 'default')).toBe(2);
    expect(new ClusterFacts([manifest], 'team').targetPort('qwen3', 'team')).toBe(2);
    expect(new ClusterFacts([manifest], 'team').targetPort('qwen3', 'default')).toBeUndefined();
  });
});

test('the endpoint picker is the one its pool refers to', () => {
  expect(facts(pool({ endpointPickerRef: { name: 'epp' } })).endpointPickerOf('pool', 'a')).toBe('epp');
  expect(facts(pool({ endpointPickerRef: { name: 'epp' } })).endpointPickerOf('pool', 'b')).toBeUndefined();
});

test.each([[undefined], [null], ['x'], [{ endpointPickerRef: 'epp' }], [{ endpointPickerRef: { name: 5 } }], [{ endpointPickerRef: { name: '' } }]])(
  'the endpoint picker is not known from %j', (spec) => {
    expect(facts(pool(spec)).endpointPickerOf('pool', 'a')).toBeUndefined();
  },
);

test('an object is there in whatever version of its group', () => {
  const deployment = { apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata: { name: 'x', namespace: 'a' } };
  expect(facts(deployment).has({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a', name: 'x' })).toBe(true);
  expect(facts(deployment).has({ apiVersion: 'extensions/v1', kind: 'Deployment', namespace: 'a', name: 'x' })).toBe(false);
});

test.each([
  [[{ controller: true }], true],
  [[{ controller: false }, { controller: true }], true],
  [[{ kind: 'X' }], false],
  [[null, 'x'], false],
  ['x', false],
  [undefined, false],
])('owners %j make a controller own it: %s', (ownerReferences, expected) => {
  const id = { apiVersion: 'inference.networking.k8s.io/v1', kind: 'InferencePool', namespace: 'a', name: 'pool' };
  expect(facts(pool({}, { ownerReferences })).isControlled(id)).toBe(expected);
});
