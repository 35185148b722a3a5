import { rule } from '../../../../src/graph/rules/names/service-account-missing';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

test('workloads with their ServiceAccounts', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without the ServiceAccount of an endpoint picker', () => {
  expect(linesOf(edit(workingSet(), ['ServiceAccount models/llama-epp', null]), rule)).toEqual([
    expect.stringMatching(/^error Deployment models\/llama-epp: IGW1013 spec.template.spec.serviceAccountName is "llama-epp": names no ServiceAccount of namespace models: no pod starts; .*add the ServiceAccount/),
  ]);
});

test('fails for one of another namespace', () => {
  const objects = workingSet({ models: ['llama'] }, ['ServiceAccount models/llama-epp', ({ metadata }) => { metadata.namespace = 'gateway'; }], ['RoleBinding models/llama-epp', ({ subjects }) => { subjects[0].name = 'x'; }]);
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('put ServiceAccount gateway/llama-epp into namespace models')]);
});

test('other workloads may use one of the cluster', () => {
  const objects = workingSet({}, ['Deployment models/llama', ({ spec }) => { spec.template.spec.serviceAccountName = 'shared'; }]);
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toHaveLength(1);
});
