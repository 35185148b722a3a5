import { rule } from '../../../../src/graph/rules/names/policy-target-missing';
import { linesOf } from '../../lint';
import { gateway, listener, object, service } from '../../objects';

const policy = (ref: object, namespace = 'a') => object('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', `${namespace}/p`, { spec: { targetRefs: [ref] } });
const filter = (name: string) => object('networking.istio.io/v1alpha3', 'EnvoyFilter', 'a/f', {
  spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name }] },
});

test('policies with their targets, and with targets that may be in the cluster', () => {
  expect(linesOf([policy({ group: '', kind: 'Service', name: 's', sectionName: 'port-80' }), service('a/s')], rule)).toEqual([]);
  expect(linesOf([policy({ group: '', kind: 'Service', name: 'other' })], rule)).toEqual([]);
});

test('fails for a Gateway that the namespace does not have', () => {
  expect(linesOf([filter('gateway'), gateway('a/main', [listener()])], rule)).toEqual([
    'error EnvoyFilter a/f: IGW1017 spec.targetRefs[0].name is "gateway": names no Gateway of namespace a: the EnvoyFilter applies to nothing; allowed: main; name main',
  ]);
});

test('fails for a port that the Service does not have', () => {
  expect(linesOf([policy({ group: '', kind: 'Service', name: 's', sectionName: 'https' }), service('a/s')], rule)).toEqual([
    expect.stringContaining('spec.targetRefs[0].sectionName is "https": is no port of Service a/s; allowed: port-80'),
  ]);
});

test('fails for a Gateway without its group', () => {
  const bare = object('networking.istio.io/v1alpha3', 'EnvoyFilter', 'a/f', { spec: { targetRefs: [{ group: 'gateway.io', kind: 'Gateway', name: 'main' }] } });
  expect(linesOf([bare, gateway('a/main', [listener()])], rule)).toEqual([expect.stringContaining('spec.targetRefs[0].group is "gateway.io": has no kind Gateway')]);
});

test('fails softly for the number of a port', () => {
  expect(linesOf([policy({ group: '', kind: 'Service', name: 's', sectionName: '80' }), service('a/s')], rule)).toEqual([
    expect.stringMatching(/^warning .*sectionName is "80": is the number of a port; most gateways take its name only, and do not apply the policy; allowed: port-80/),
  ]);
});
