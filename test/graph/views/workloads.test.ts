import { selectPods, workloadsOf } from '../../../src/graph/views/workloads';
import { graphOf } from '../lint';

const template = (labels: object) => ({ metadata: { labels }, spec: { containers: [{ name: 'c' }] } });
const object = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'n', labels: { own: 'yes' } }, spec });

function labelsOf(manifest: object): [string, string][][] {
  return workloadsOf(graphOf([manifest])).flatMap(({ templates }) => templates.map(({ labels }) => [...labels]));
}

test('the smallest workload', () => {
  const [workload] = workloadsOf(graphOf([object('v1', 'Pod', { containers: [{}] })]));
  expect(workload).toMatchObject({ namespace: 'n', replicas: 1, opaque: false });
  expect(workload.templates[0]).toMatchObject({ path: [], serviceAccount: 'default', containers: [{ name: '', image: '', words: [] }] });
});

test.each<[string, object, [string, string][][]]>([
  ['Deployment', object('apps/v1', 'Deployment', { template: template({ a: '1' }) }), [[['a', '1']]]],
  ['any kind with a pod template', object('argoproj.io/v1alpha1', 'Rollout', { template: template({ a: '1' }) }), [[['a', '1']]]],
  ['CronJob', object('batch/v1', 'CronJob', { jobTemplate: { spec: { template: template({ a: '1' }) } } }), [[['a', '1']]]],
  ['LeaderWorkerSet', object('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', {
    leaderWorkerTemplate: { leaderTemplate: template({ a: '1' }), workerTemplate: template({ b: '2' }) },
  }), [
    [['a', '1'], ['leaderworkerset.sigs.k8s.io/name', 'x'], ['leaderworkerset.sigs.k8s.io/worker-index', '0']],
    [['b', '2'], ['leaderworkerset.sigs.k8s.io/name', 'x']],
  ]],
  ['what has no pods', object('v1', 'Service', { template: {} }), []],
])('the labels of the pods of %s', (_, manifest, labels) => {
  expect(labelsOf(manifest)).toEqual(labels);
});

test('pods are selected by all labels of a selector, in their namespace', () => {
  const graph = graphOf([object('apps/v1', 'StatefulSet', { template: template({ a: '1', b: '2' }) })]);
  const count = (namespace: string, ...labels: [string, string][]) => selectPods(graph, namespace, new Map(labels)).length;
  expect(count('n', ['a', '1'])).toBe(1);
  expect(count('n', ['b', '2'], ['a', '1'])).toBe(1);
  expect(count('n', ['a', '1'], ['c', '3'])).toBe(0);
  expect(count('m', ['a', '1'])).toBe(0);
  expect(count('n')).toBe(0);
  expect(count('n', ['own', 'yes'])).toBe(0);
  // Given at run time.
  expect(count('n', ['a', '1'], ['statefulset.kubernetes.io/pod-name', 'x-0'])).toBe(1);
});

test('kinds whose pods are made elsewhere', () => {
  expect(workloadsOf(graphOf([object('kaito.sh/v1beta1', 'Workspace', {})]))).toMatchObject([{ opaque: true, templates: [] }]);
});
