import { rule } from '../../../../src/graph/rules/gateway-api/fields-contradictory';
import { linesOf } from '../../lint';
import { object, pool, route } from '../../objects';
import { workingSet } from '../../working-set';

const rules = (...list: object[]) => linesOf([route('a/r', 'a/g', [], { rules: list })], rule);
const backendRefs = [{ name: 's', port: 80 }];

test('what goes together', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(rules({ backendRefs, timeouts: { request: '0s', backendRequest: '5m' }, filters: [{ type: 'RequestMirror', requestMirror: { backendRef: backendRefs[0] } }] })).toEqual([]);
});

test('fails for target ports and parents that are there twice', () => {
  expect(linesOf([pool('a/p', { targetPorts: [{ number: 8000 }, { number: 8000 }] })], rule)).toEqual([expect.stringContaining('spec.targetPorts[1].number is 8000: is there twice')]);
  expect(linesOf([route('a/r', 'a/g', [], { parentRefs: [{ name: 'g' }, { name: 'g', namespace: 'a' }] })], rule)).toEqual([expect.stringContaining('spec.parentRefs[1] is "g": is the parent of another parentRef as well')]);
});

test.each([
  ['v1', 'does not begin with /; write /v1'],
  ['/a//b', 'has // in it'],
  ['/a b', 'has characters that a path cannot have'],
])('fails for the path %s', (value, message) => {
  expect(rules({ matches: [{ path: { type: 'PathPrefix', value } }] })).toEqual([expect.stringContaining(message)]);
});

test.each([
  [{ filters: [{ type: 'URLRewrite' }] }, 'filters[0].urlRewrite: is missing: the filter has type URLRewrite'],
  [{ filters: [{ type: 'RequestMirror', requestRedirect: {} }] }, 'filters[0].requestMirror: is missing: the filter has type RequestMirror; write requestMirror, or the type of requestRedirect'],
  [{ backendRefs, filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }, 'spec.rules[0].backendRefs: does not go together with a RequestRedirect'],
  [{ filters: [{ type: 'CORS', cors: {} }, { type: 'CORS', cors: {} }] }, 'filters[1].type is "CORS": is the type of another filter of the list'],
  [{ matches: [{ path: { type: 'Exact', value: '/a' } }], filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }] }, 'needs a rule with exactly one match, by PathPrefix'],
  [{ timeouts: { request: '30s', backendRequest: '1m' } }, 'timeouts.backendRequest is "1m": is longer than the timeout of the whole request, 30s; write 30s or less'],
])('fails for %j', (one, message) => {
  expect(rules(one)).toEqual([expect.stringContaining(message)]);
});

test('fails for a policy with two authorities, or none', () => {
  const policy = (validation: object) => linesOf([object('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', 'a/p', { spec: { validation } })], rule);
  expect(policy({ wellKnownCACertificates: 'System' })).toEqual([]);
  expect(policy({ wellKnownCACertificates: 'System', caCertificateRefs: [{}] })).toEqual([expect.stringContaining('does not go together with caCertificateRefs')]);
  expect(policy({ hostname: 'a' })).toEqual([expect.stringContaining('spec.validation.caCertificateRefs: is missing, as is wellKnownCACertificates')]);
});
