import { rule } from '../../../../src/graph/rules/serving/pool-selects-nothing';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const MISTAKE: [string, (object: any) => void] = ['InferencePool models/llama', ({ spec }) => { spec.selector.matchLabels = { app: 'nope' }; }];

test('a pool with its pods', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for labels that no pod has', () => {
  expect(linesOf(workingSet({}, MISTAKE), rule)).toEqual([
    'error InferencePool models/llama: IGW1201 spec.selector.matchLabels is {"app":"nope"}: selects no pod of namespace models: requests to the model answer 503; '
    + 'select labels that the pods of Deployment models/llama have (app: llama)',
  ]);
});

test('pods that may be in the cluster already', () => {
  const objects = edit(workingSet({}, MISTAKE), ['Deployment models/llama', null]);
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toHaveLength(1);
});

test('pods that a controller makes', () => {
  const workspace = { apiVersion: 'kaito.sh/v1beta1', kind: 'Workspace', metadata: { name: 'llama', namespace: 'models' } };
  expect(linesOf([...workingSet({}, MISTAKE), workspace], rule, { closed: true })).toEqual([]);
});

test('a model server on another port is not what the pool means', () => {
  const objects = workingSet({}, MISTAKE, ['Deployment models/llama', ({ spec }) => {
    spec.template.spec.containers[0].args.splice(-2);
    spec.template.spec.containers[0].ports = [{ containerPort: 9999 }];
  }]);
  expect(linesOf(objects, rule)).toEqual([]);
});

test.each<[string, (object: any) => void, number]>([
  ['another name, and the model of its route', (server) => { server.metadata.name = 'other'; }, 1],
  ['another name and model', (server) => {
    server.metadata.name = 'other';
    server.spec.template.spec.containers[0].args.splice(2, 2);
  }, 0],
  ['another name and model, and one of two labels', (server) => {
    server.metadata.name = 'other';
    server.spec.template.spec.containers[0].args.splice(2, 2);
    server.spec.template.metadata.labels.tier = 'gpu';
  }, 1],
])('fails for a model server that the pool may mean: %s', (_, change, findings) => {
  const objects = workingSet({}, ['InferencePool models/llama', ({ spec }) => { spec.selector.matchLabels = { app: 'nope', tier: 'gpu' }; }],
    ['Deployment models/llama', change]);
  expect(linesOf(objects, rule)).toHaveLength(findings);
});
