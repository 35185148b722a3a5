import { rule } from '../../../../src/graph/rules/serving/router-on-no-gateway';
import { filter } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const object = (change: (object: any) => void) => filter((_, one) => { change(one); });

test('a filter beside its Gateway', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, object(({ spec }) => { delete spec.targetRefs; })), rule)).toEqual([]);
});

test('fails in another namespace', () => {
  expect(linesOf(workingSet({}, object(({ metadata }) => { metadata.namespace = 'models'; })), rule)).toEqual([
    'error EnvoyFilter models/body-based-router: IGW1221 metadata.namespace is "models": has no Gateway inference-gateway, and targetRefs name Gateways of the EnvoyFilter\'s own namespace: it is '
    + 'ignored, and no model is read from the bodies of requests; allowed: gateway; move the EnvoyFilter to namespace gateway',
  ]);
});

test('fails in another namespace without targets, and by label', () => {
  const bare = object(({ metadata, spec }) => { metadata.namespace = 'models'; delete spec.targetRefs; });
  expect(linesOf(workingSet({}, bare), rule)).toEqual([expect.stringContaining('has no Gateway, and the EnvoyFilter applies to those of its own namespace')]);
  const labelled = object(({ spec }) => { spec.workloadSelector = { labels: { 'gateway.networking.k8s.io/gateway-name': 'inference-gateway' } }; });
  expect(linesOf(workingSet({}, bare, ['EnvoyFilter models/body-based-router', labelled[1]]), rule)).toEqual([expect.stringContaining('has no proxies of Gateway inference-gateway')]);
});

test('fails for a name that is no Gateway', () => {
  expect(linesOf(workingSet({}, object(({ spec }) => { spec.targetRefs[0].name = 'gatewy'; })), rule)).toEqual([expect.stringMatching(/^error .*names no Gateway of namespace gateway.*name inference-gateway$/)]);
});

test('a Gateway that may be in the cluster already', () => {
  const objects = workingSet().filter(({ kind }) => kind !== 'Gateway');
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toHaveLength(1);
});

test('fails for a target that is none', () => {
  expect(linesOf(workingSet({}, object(({ spec }) => { delete spec.targetRefs[0].group; })), rule)).toEqual([
    expect.stringContaining('spec.targetRefs[0].group: is no target of an EnvoyFilter: Istio refuses it, and no model is read from the bodies of requests; allowed: group gateway.networking.k8s.io, kind Gateway'),
  ]);
  expect(linesOf(workingSet({}, object(({ spec }) => { spec.targetRefs[0].kind = 'HTTPRoute'; })), rule)).toEqual([expect.stringContaining('kind is "HTTPRoute": is no target of an EnvoyFilter')]);
});

test('fails for the label of no Gateway', () => {
  const labelled = object(({ spec }) => { delete spec.targetRefs; spec.workloadSelector = { labels: { 'gateway.networking.k8s.io/gateway-name': 'other' } }; });
  expect(linesOf(workingSet({}, labelled), rule)).toEqual([expect.stringMatching(/^error .*gateway-name"\] is "other": names no Gateway of namespace gateway: the EnvoyFilter is ignored.*name inference-gateway$/)]);
});
