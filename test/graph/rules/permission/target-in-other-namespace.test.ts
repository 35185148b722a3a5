import { rule } from '../../../../src/graph/rules/permission/target-in-other-namespace';
import { linesOf } from '../../lint';
import { gateway, listener, object } from '../../objects';
import { workingSet } from '../../working-set';

const policy = (namespace: string, ref: object = {}) => object('networking.gke.io/v1', 'GCPGatewayPolicy', `${namespace}/p`, {
  spec: { targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'g', ...ref } },
});

test('a policy next to its target', () => {
  expect(linesOf([policy('a'), gateway('a/g', [listener()])], rule)).toEqual([]);
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('a target that may be in the cluster', () => {
  expect(linesOf([policy('a'), gateway('b/other', [listener()])], rule)).toEqual([]);
});

test.each([{}, { namespace: 'a' }])('fails for a target of another namespace: %j', (ref) => {
  expect(linesOf([policy('b', ref), gateway('a/g', [listener()])], rule)).toEqual([
    expect.stringMatching(/^error GCPGatewayPolicy b\/p: IGW1105 spec.targetRef is "Gateway [ab]\/g": is no Gateway of namespace b, where the GCPGatewayPolicy is: it is silently ignored; put the GCPGatewayPolicy into namespace a, next to Gateway g/),
  ]);
});

test('policies that may target other namespaces', () => {
  const open = object('policies.example.com/v1', 'Policy', 'b/p', { spec: { targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'g', namespace: 'a' } } });
  expect(linesOf([open, gateway('a/g', [listener()])], rule)).toEqual([]);
});
