import { rule } from '../../../../src/graph/rules/names/service-selects-nothing';
import { linesOf } from '../../lint';
import { deployment, service } from '../../objects';
import { workingSet } from '../../working-set';

test('Services with their pods, and without a selector', () => {
  expect(linesOf([...workingSet(), service('models/external')], rule, { closed: true })).toEqual([]);
});

test('fails softly for labels that no pod has, in a closed set', () => {
  const objects = [deployment('models/llama', { app: 'llama', version: 'v1' }), service('models/llama', [80], { app: 'lama', version: 'v1' })];
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toEqual([
    'warning Service models/llama: IGW1012 spec.selector is {"app":"lama","version":"v1"}: selects no pod of namespace models: nothing answers there; '
    + 'select labels that the pods of Deployment models/llama have (app: llama, version: v1)',
  ]);
});

test('fails elsewhere for the Service of an endpoint picker', () => {
  expect(linesOf(workingSet({}, ['Service models/llama-epp', ({ spec }) => { spec.selector = { app: 'nope' }; }]), rule, { closed: true })).toEqual([]);
});
