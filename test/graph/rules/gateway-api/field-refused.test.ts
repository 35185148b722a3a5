import { rule } from '../../../../src/graph/rules/gateway-api/field-refused';
import { linesOf } from '../../lint';
import { gateway, listener, object, pool, route } from '../../objects';
import { workingSet } from '../../working-set';

test('what the API server takes', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

const refused = (spec: object) => linesOf([pool('a/p', spec)], rule);

test.each([
  [{ endpointPickerRef: { name: 'epp', failureMode: 'FailClosed' } }, 'error InferencePool a/p: IGW1801 spec.endpointPickerRef.failureMode is "FailClosed": is none of the values that the field takes; allowed: FailOpen, FailClose; write FailClose, for example'],
  [{ targetPorts: [{ number: '8000' }] }, 'spec.targetPorts[0].number is "8000": is text, not a whole number; leave the quotes out: 8000'],
  [{ targetPorts: [{ number: 80000 }] }, 'is out of range; allowed: 1 to 65535'],
  [{ targetPorts: { number: 8000 } }, 'spec.targetPorts is {"number":8000}: is a map, not a list; put a hyphen before it'],
  [{ targetPorts: [] }, 'spec.targetPorts is 0: is empty'],
  [{ selector: undefined }, 'spec.selector: is missing; write it: the API server requires it'],
  [{ targetPort: 8000 }, 'error InferencePool a/p: IGW1801 spec.targetPort: is no field of InferencePool: the API server refuses or drops it; allowed: targetPorts'],
  [{ somethingElse: 1 }, 'warning InferencePool a/p: IGW1801 spec.somethingElse: is no field of InferencePool'],
])('fails for %j', (spec, message) => {
  expect(refused(spec)).toEqual([expect.stringContaining(message)]);
});

test('fails for headers and listeners of one name', () => {
  const headers = [{ name: 'a', value: 'b' }, { name: 'a', value: 'c' }];
  expect(linesOf([route('a/r', 'a/g', [], { rules: [{ matches: [{ headers }] }] })], rule)).toEqual([expect.stringContaining('spec.rules[0].matches[0].headers[1] is "a": is there twice: name of the items have to differ')]);
  expect(linesOf([gateway('a/g', [listener({ hostname: '*.*.com' })])], rule)).toEqual([expect.stringContaining('spec.listeners[0].hostname is "*.*.com": does not have the form')]);
});

test('fails without a spec, and softly for a version that is not served', () => {
  expect(linesOf([object('gateway.networking.k8s.io/v1', 'Gateway', 'a/g')], rule)).toEqual([expect.stringContaining('IGW1801 spec: is missing')]);
  expect(linesOf([object('gateway.networking.k8s.io/v1alpha2', 'HTTPRoute', 'a/r', { spec: { x: 1 } })], rule)).toEqual([
    expect.stringMatching(/^warning HTTPRoute a\/r: IGW1801 apiVersion is "gateway.networking.k8s.io\/v1alpha2": is no version that the pinned release serves HTTPRoute in; allowed: gateway.networking.k8s.io\/v1, /),
  ]);
});

test('null is as good as absent, and templates are left alone', () => {
  expect(refused({ appProtocol: null })).toEqual([]);
  expect(linesOf([gateway('a/g', [listener({ hostname: '${HOST}' })])], rule)).toEqual([]);
});
