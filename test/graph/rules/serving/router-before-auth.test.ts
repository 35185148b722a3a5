import { rule } from '../../../../src/graph/rules/serving/router-before-auth';
import { filter } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const policy = (more: object, kind = 'RequestAuthentication', namespace = 'gateway') => ({ apiVersion: 'security.istio.io/v1', kind, metadata: { name: 'p', namespace }, spec: more });
const TARGET = { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'inference-gateway' }] };

test('no authentication', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test.each([
  ['of the Gateway', policy(TARGET)],
  ['by label', policy({ selector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'inference-gateway' } } }, 'AuthorizationPolicy')],
  ['of the namespace', policy({}, 'AuthorizationPolicy')],
  ['of the mesh', policy({}, 'AuthorizationPolicy', 'istio-system')],
  ['by a filter', { apiVersion: 'networking.istio.io/v1alpha3', kind: 'EnvoyFilter', metadata: { name: 'a', namespace: 'gateway' }, spec: {
    ...TARGET, configPatches: [{ patch: { value: { typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz' } } } }],
  } }],
] as [string, object][])('fails for authentication %s', (_, object) => {
  expect(linesOf([...workingSet(), object], rule)).toEqual([expect.stringMatching(/^warning EnvoyFilter gateway\/body-based-router: IGW1216 .*operation is "INSERT_FIRST": puts the body-based router before the filters of /)]);
});

test('authentication of others, or before the router', () => {
  expect(linesOf([...workingSet(), policy({ selector: { matchLabels: { app: 'x' } } }), policy({}, 'AuthorizationPolicy', 'models')], rule)).toEqual([]);
  const last = filter((_, object) => { object.spec.configPatches[0].patch.operation = 'INSERT_BEFORE'; });
  expect(linesOf([...workingSet({}, last), policy(TARGET)], rule)).toEqual([]);
});
