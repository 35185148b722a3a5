import { rule } from '../../../../src/graph/rules/documents/kind-unknown';
import { linesOf } from '../../lint';
import { object } from '../../objects';
import { workingSet } from '../../working-set';

test('objects of kinds that are there, or that nothing is known of', () => {
  const others = [
    object('example.com/v1', 'Thing', 'a/t'), object('apps.kruise.io/v1alpha1', 'CloneSet', 'a/c'), object('inference.networking.x-k8s.io/v1alpha2', 'InferencePool', 'a/p'),
    object('networking.istio.io/v1', 'Gateway', 'a/g'), object('gateway.networking.k8s.io/v1', 'TCPRoute', 'a/t'), object('serving.knative.dev/v1', 'Service', 'a/s'), object('events.k8s.io/v1', 'Event', 'a/e'),
  ];
  expect(linesOf([...workingSet(), ...others], rule)).toEqual([]);
});

test('files that are no objects', () => {
  expect(linesOf([{ replicas: 1 }, { apiVersion: 'v1', kind: 'Config', clusters: [] }, { apiVersion: 'v2', name: 'chart', version: '1.0.0' }, { kind: 'values' }], rule)).toEqual([]);
});

test.each([
  ['v1', 'Deployment', 'apiVersion is "v1": has no kind Deployment: the API server refuses the object; allowed: apps/v1; write apps/v1'],
  ['apps/v1', 'Deploymant', 'kind is "Deploymant": is no kind of apps/v1: the API server refuses the object; allowed: Deployment, '],
  ['apps/v1', 'DEPLOYMENT', 'write Deployment'],
  ['apps/v1', 'Job', 'kind is "Job": is no kind of apps/v1'],
  ['apps/v1beta1', 'Deployment', 'apiVersion is "apps/v1beta1": is no version that has Deployment: the API server refuses the object; allowed: apps/v1; write apps/v1'],
  ['app/v1', 'Deployment', 'apiVersion is "app/v1": has no kind Deployment'],
  ['V1', 'Service', 'apiVersion is "V1": is no version that has Service'],
  ['v1', 'Servise', 'kind is "Servise": is no kind of v1: the API server refuses the object; allowed: Service, '],
  ['gateway.networking.k8s.io/v1', 'HttpRoute', 'kind is "HttpRoute": is no kind of gateway.networking.k8s.io/v1: the API server refuses the object; allowed: HTTPRoute, '],
  ['gateway.networking.k8s.io/V1', 'HTTPRoute', 'apiVersion is "gateway.networking.k8s.io/V1": is no version that has HTTPRoute'],
  ['gateway.networking.k8.io/v1', 'HTTPRoute', 'apiVersion is "gateway.networking.k8.io/v1": has no kind HTTPRoute: the API server refuses the object; allowed: gateway.networking.k8s.io/v1'],
  ['v1', 'InferencePool', 'write inference.networking.k8s.io/v1'],
])('fails for %s %s', (apiVersion, kind, message) => {
  expect(linesOf([object(apiVersion, kind, 'a/x')], rule)).toEqual([expect.stringContaining(message)]);
});

test('fails without kind or apiVersion', () => {
  expect(linesOf([{ apiVersion: 'v1', metadata: { name: 'a' } }, { kind: 'HTTPRoute', metadata: { name: 'b' } }, { kind: 'Thing', metadata: { name: 'c' } }, { apiVersion: 'v1', kind: 7, metadata: { name: 'd' } }], rule)).toEqual(expect.arrayContaining([
    expect.stringMatching(/apiVersion: is missing: the API server refuses the object; write gateway.networking.k8s.io\/v1$/),
    expect.stringMatching(/apiVersion: is missing: the API server refuses the object; write the group and version of the kind$/),
    expect.stringMatching(/kind: is missing: the API server refuses the object; write the kind of v1 that is meant$/),
    expect.stringMatching(/kind is 7: is no text: the API server refuses the object; write the kind of v1 that is meant$/),
  ]));
});
