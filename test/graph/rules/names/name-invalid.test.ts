import { rule } from '../../../../src/graph/rules/names/name-invalid';
import { linesOf } from '../../lint';
import { object, service } from '../../objects';

test.each(['a', 'llama-3-2-1b', 'a'.repeat(63)])('a Service named %s', (name) => {
  expect(linesOf([service(`models/${name}`)], rule)).toEqual([]);
});

test('each kind has its own names', () => {
  const objects = [
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:metrics'), object('v1', 'ConfigMap', 'models/1.a'), object('v1', 'ConfigMap', `models/${'a'.repeat(253)}`),
    object('batch/v1', 'Job', 'models/x', { metadata: { generateName: 'job-', namespace: 'models' } }), object('v1', 'ConfigMap', 'models/${NAME}'),
    object('kustomize.config.k8s.io/v1beta1', 'Kustomization', '', { metadata: undefined }),
  ];
  expect(linesOf(objects, rule)).toEqual([]);
});

test.each([
  ['Llama_3.2', /is no name that the API server takes; allowed: lower-case letters, digits and -.*RFC 1035 label\); write llama-3.2, for example/],
  ['1b', /is no name that the API server takes.*choose another name/],
  ['a'.repeat(64), /has 64 characters, more than 63/],
])('fails for a Service named %s', (name, message) => {
  expect(linesOf([service(`models/${name}`)], rule)).toEqual([expect.stringMatching(message)]);
});

test('fails for a name that is missing or a number, and for such a namespace', () => {
  expect(linesOf([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'Models' } }, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 8000 } }], rule)).toEqual([
    expect.stringContaining('metadata.name: is missing; give the object a name'),
    expect.stringContaining('metadata.namespace is "Models": is no name that the API server takes'),
    expect.stringContaining('metadata.name is 8000: is a number, not text; allowed: lower-case letters'),
  ]);
});

test('files that no API server sees have no name', () => {
  expect(linesOf([
    { apiVersion: 'inference.networking.x-k8s.io/v1alpha1', kind: 'EndpointPickerConfig', plugins: [] },
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'ConformanceReport', profiles: [] },
    { apiVersion: 'v1', kind: 'Config', clusters: [] },
  ], rule)).toEqual([]);
  expect(linesOf([{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', spec: {} }], rule)).toHaveLength(1);
});
