import { rule } from '../../../../src/graph/rules/names/namespace-misspelt';
import { linesOf } from '../../lint';
import { object, service } from '../../objects';

test('objects of a Namespace of the set, and of others', () => {
  expect(linesOf([object('v1', 'Namespace', 'models'), service('models/a'), service('gateway/a')], rule)).toEqual([]);
});

test('fails softly for nearly the name of a Namespace', () => {
  expect(linesOf([object('v1', 'Namespace', 'models'), service('modles/a')], rule)).toEqual([
    'warning Service modles/a: IGW1021 metadata.namespace is "modles": is no namespace of the set, but nearly one; allowed: models; write models if that is meant, or add the Namespace',
  ]);
});

test('names that differ in a number or a last letter are two names', () => {
  expect(linesOf([object('v1', 'Namespace', 'team-a'), service('team-b/a'), object('v1', 'Namespace', 'models-1'), service('models-2/a')], rule)).toEqual([]);
});
