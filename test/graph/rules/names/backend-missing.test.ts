import { rule } from '../../../../src/graph/rules/names/backend-missing';
import { linesOf } from '../../lint';
import { pool, route, service } from '../../objects';
import { workingSet } from '../../working-set';

test('routes with their pools', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('a pool that may be in the cluster already', () => {
  const objects = [route('models/r', 'gateway/g', [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'other' }])];
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toEqual([expect.stringContaining('names no InferencePool of namespace models: requests for it answer 500; name the InferencePool that serves the requests, or add it')]);
});

const renamed = (change: (ref: any) => void) => workingSet({}, ['HTTPRoute models/llama', ({ spec }) => change(spec.rules[0].backendRefs[0])]);

test('fails for another name, while a pool of the namespace has no route', () => {
  expect(linesOf(renamed((ref) => { ref.name = 'nope'; }), rule)).toEqual([
    'error HTTPRoute models/llama: IGW1009 spec.rules[0].backendRefs[0].name is "nope": names no InferencePool of namespace models: requests for it answer 500; allowed: qwen, llama; name llama',
  ]);
});

test('fails for another namespace, and says which it is', () => {
  expect(linesOf(renamed((ref) => { ref.namespace = 'gateway'; }), rule)).toEqual([
    expect.stringContaining('spec.rules[0].backendRefs[0] is "gateway/llama": names no InferencePool of namespace gateway: requests for it answer 500; write namespace: models, where InferencePool llama is'),
  ]);
});

test('fails softly for a mirror', () => {
  const mirror = { filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'shadw-svc', port: 80 } } }], backendRefs: [{ name: 'main', port: 80 }] };
  expect(linesOf([service('a/shadow-svc'), service('a/main'), route('a/r', 'a/g', [], { rules: [mirror] })], rule)).toEqual([expect.stringMatching(/^warning .*names no Service of namespace a: no copies are sent; .*name shadow-svc/)]);
});

test('pools that an operator makes', () => {
  const operator = { apiVersion: 'nvidia.com/v1alpha1', kind: 'DynamoGraphDeployment', metadata: { name: 'qwen', namespace: 'models' } };
  const objects = [pool('models/spare'), operator, route('models/r', 'gateway/g', [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen-pool' }])];
  expect(linesOf(objects, rule)).toEqual([]);
});

test('fails for a pool that is taken for a Service', () => {
  expect(linesOf([pool('models/llama'), route('models/r', 'gateway/g', [{ name: 'llama', port: 8000 }])], rule)).toEqual([
    expect.stringContaining('names no Service of namespace models: requests for it answer 500; write group: inference.networking.k8s.io and kind: InferencePool, which InferencePool models/llama is'),
  ]);
});
