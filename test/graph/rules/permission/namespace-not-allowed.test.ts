import { rule } from '../../../../src/graph/rules/permission/namespace-not-allowed';
import { linesOf } from '../../lint';
import { gateway, listener, object, route } from '../../objects';
import { workingSet } from '../../working-set';

const from = (namespaces: object) => gateway('gateway/g', [listener({ allowedRoutes: { namespaces } })]);
const own = route('models/r', 'gateway/g');

test('a Gateway that takes the route', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf([from({ from: 'Selector', selector: { matchLabels: { team: 'a' } } }), own], rule)).toEqual([]);
});

test('fails for Same, and for none, which is the same', () => {
  for (const one of [from({ from: 'Same' }), gateway('gateway/g', [listener({ allowedRoutes: undefined })])]) {
    expect(linesOf([one, own], rule)).toEqual([
      'error HTTPRoute models/r: IGW1101 spec.parentRefs[0] is "gateway/g": takes no routes from namespace models: allowedRoutes of listener http is Same, which means namespace gateway; requests of the route answer 404; '
      + 'set allowedRoutes.namespaces.from of the listener to All, or to Selector with kubernetes.io/metadata.name: models',
    ]);
  }
});

test('fails for labels that the Namespace of the set does not have', () => {
  const selector = { matchLabels: { team: 'a' } };
  expect(linesOf([from({ from: 'Selector', selector }), own, object('v1', 'Namespace', 'models')], rule)).toEqual([
    expect.stringContaining('is Selector (team: a); requests of the route answer 404; give Namespace models the labels that the listener selects'),
  ]);
});

test('one listener that takes it is enough', () => {
  const both = gateway('gateway/g', [listener({ allowedRoutes: { namespaces: { from: 'Same' } } }), listener({ name: 'open', port: 81 })]);
  expect(linesOf([both, own], rule)).toEqual([]);
});
