import { rule } from '../../../../src/graph/rules/names/backend-port-invalid';
import { linesOf } from '../../lint';
import { route, service } from '../../objects';
import { workingSet } from '../../working-set';

test('a port of the Service; any for a pool', () => {
  expect(linesOf(workingSet({ models: ['llama'] }, ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].backendRefs[0].port = 1; }]), rule)).toEqual([]);
  expect(linesOf([service('a/s', [80, 81]), route('a/r', 'a/g', [{ name: 's', port: 81 }, { name: 'elsewhere', port: 5 }])], rule)).toEqual([]);
});

test.each([
  [{ name: 's' }, 'spec.rules[0].backendRefs[0].port: is missing: a Service has to be given one; allowed: 80; write the number'],
  [{ name: 's', port: '80' }, 'port is "80": is not a whole number'],
  [{ name: 's', port: 8000 }, 'port is 8000: is no port of Service a/s; allowed: 80; write 80, which leads to port 8000 of the pods'],
  [{ name: 's', port: 90 }, 'port is 90: is no port of Service a/s; allowed: 80; name a port of the Service, or add it there'],
])('fails for %j', (ref, message) => {
  expect(linesOf([service('a/s'), route('a/r', 'a/g', [ref])], rule)).toEqual([expect.stringContaining(message)]);
});
