import { rule } from '../../../../src/graph/rules/names/namespace-not-given';
import { linesOf } from '../../lint';
import { object, service } from '../../objects';

test('all objects name their namespace, or none does', () => {
  expect(linesOf([service('models/a'), object('v1', 'Namespace', 'models')], rule)).toEqual([]);
  expect(linesOf([service('a'), service('b')], rule)).toEqual([]);
  expect(linesOf([service('default/a'), service('b')], rule)).toEqual([]);
});

test('fails softly for the one that does not', () => {
  expect(linesOf([service('models/a'), service('b')], rule)).toEqual([
    'warning Service default/b: IGW1003 metadata.name is "b": has no namespace next to it: what has none goes where whoever applies it happens to be, taken for default here; write metadata.namespace',
  ]);
  expect(linesOf([service('models/a'), service('b')], rule, { namespace: 'team-a' })).toEqual([expect.stringContaining('taken for team-a here')]);
});

test('fails once, however many there are', () => {
  expect(linesOf([service('models/a'), service('b'), service('c'), service('d')], rule)).toEqual([expect.stringContaining('has no namespace next to it, and 2 more of the set have none: what has none goes')]);
});
