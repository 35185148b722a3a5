import { rule } from '../../../../src/graph/rules/names/backend-none';
import { linesOf } from '../../lint';
import { route } from '../../objects';
import { workingSet } from '../../working-set';

const rules = (...list: object[]) => linesOf([route('a/r', 'a/g', [], { rules: list })], rule);
const ref = (weight?: number) => ({ name: 's', port: 80, weight });

test('rules with a backend, or with a redirect', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(rules({ backendRefs: [ref(0), ref(1)] }, { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] })).toEqual([]);
});

test('fails without a backend', () => {
  expect(rules({ backendRefs: [ref()] }, { backendRefs: [] })).toEqual([
    'error HTTPRoute a/r: IGW1023 spec.rules[1].backendRefs: is missing or empty: requests go nowhere; name the InferencePool or Service that serves the requests',
  ]);
});

test('fails when all weights are 0', () => {
  expect(rules({ backendRefs: [ref(0), ref(0)] })).toEqual([
    'error HTTPRoute a/r: IGW1023 spec.rules[0].backendRefs[0].weight is 0: is the weight of all backends: requests go nowhere; give a backend a weight above 0',
  ]);
});

test('fails for a route without rules', () => {
  expect(linesOf([{ ...route('a/r', 'a/g', []), spec: { parentRefs: [{ name: 'g' }] } }], rule)).toEqual([
    'error HTTPRoute a/r: IGW1023 spec.rules: is missing: the route takes every request and sends it nowhere; write the rules: what is matched, and where it goes',
  ]);
});
