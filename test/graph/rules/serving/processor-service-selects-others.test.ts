import { rule } from '../../../../src/graph/rules/serving/processor-service-selects-others';
import { FAIL_OPEN, spec } from '../../changes';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const selector = (labels: object) => spec('Service models/llama-epp', (object) => { object.selector = labels; });

test('Services that lead to what they are for', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for labels that no pod has', () => {
  const [line] = linesOf(workingSet({}, selector({ app: 'nope' })), rule);
  expect(line).toContain('error Service models/llama-epp: IGW1204 spec.selector is {"app":"nope"}: selects no pod of namespace models, so that nothing answers '
    + 'for the endpoint picker; requests to the model answer 500; select the labels of Deployment models/llama-epp for InferencePool llama');
  expect(linesOf(workingSet({}, selector({ app: 'nope' }), FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning .*any pod in turn/)]);
});

test('fails for the pods of the model server', () => {
  const [line] = linesOf(workingSet({}, selector({ app: 'llama' })), rule);
  expect(line).toContain('selects the pods of Deployment models/llama, which is no endpoint picker');
});

test('fails for labels that all endpoint pickers have', () => {
  const [line] = linesOf(workingSet({}, selector({ 'app.kubernetes.io/managed-by': 'cdk8s' })), rule);
  expect(line).toContain('also selects the pods of Deployment models/qwen-epp, which pick for InferencePool qwen: such requests fail');
});

test('fails for other pods among those of the endpoint picker', () => {
  const objects = workingSet({}, selector({ tier: 'llama' }), ['Deployment models/llama-epp', ({ spec: { template } }) => { template.metadata.labels.tier = 'llama'; }],
    ['Deployment models/llama', ({ spec: { template } }) => { template.metadata.labels.tier = 'llama'; }]);
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('also selects the pods of Deployment models/llama, which is no endpoint picker')]);
});

test('fails for a Service without selector, unless it has addresses', () => {
  const objects = workingSet({}, spec('Service models/llama-epp', (object) => { delete object.selector; }));
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('selects no pod of namespace models')]);
  const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'x', namespace: 'models', labels: { 'kubernetes.io/service-name': 'llama-epp' } } };
  expect(linesOf([...objects, slice], rule)).toEqual([]);
});

test('fails without the pods, when their account and role are there', () => {
  const objects = edit(workingSet(), ['Deployment models/llama-epp', null]);
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('selects no pod of namespace models')]);
  expect(linesOf(edit(objects, ['ServiceAccount models/llama-epp', null]), rule)).toEqual([]);
  expect(linesOf(edit(workingSet(), ['Deployment gateway/body-based-router', null]), rule)).toEqual([expect.stringContaining('for the body-based router; every request')]);
});
