import { rule } from '../../../../src/graph/rules/serving/router-cluster-unknown';
import { filter } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const cluster = (name: string) => filter(({ grpc_service }) => { grpc_service.envoy_grpc.cluster_name = name; });

test('a cluster of Istio', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('no name at all is IGW1226', () => {
  expect(linesOf(workingSet({}, cluster('')), rule)).toEqual([]);
});

test('fails for the name of the Service', () => {
  expect(linesOf(workingSet({}, cluster('body-based-router')), rule)).toEqual([
    expect.stringMatching(/^error .*cluster_name is "body-based-router": is the name of Service gateway\/body-based-router, not of a cluster.*write outbound\|9004\|\|body-based-router.gateway.svc.cluster.local$/),
  ]);
});

test('fails softly for a name that the proxies may know', () => {
  expect(linesOf(workingSet({}, cluster('bbr-cluster')), rule)).toEqual([expect.stringMatching(/^warning .*is no cluster that Istio makes/)]);
  expect(linesOf(workingSet({}, cluster('bbr-cluster')), rule, { closed: true })).toEqual([expect.stringMatching(/^error/)]);
});

test('a cluster that another filter adds', () => {
  const added = { apiVersion: 'networking.istio.io/v1alpha3', kind: 'EnvoyFilter', metadata: { name: 'a', namespace: 'gateway' }, spec: { configPatches: [{ applyTo: 'CLUSTER', patch: { operation: 'ADD', value: { name: 'bbr-cluster' } } }] } };
  expect(linesOf([...workingSet({}, cluster('bbr-cluster')), added], rule)).toEqual([]);
});

test('fails for a domain with a letter too many', () => {
  const inDomain = (domain: string) => cluster(`outbound|9004||body-based-router.gateway.svc.${domain}`);
  expect(linesOf(workingSet({}, inDomain('cluster.locall')), rule)).toEqual([
    expect.stringMatching(/cluster.locall": is not how Istio calls the Service: every request through the gateway answers 500; allowed: outbound\|9004\|\|body-based-router.gateway.svc.cluster.local; write/),
  ]);
  expect(linesOf(workingSet({}, inDomain('example.internal')), rule)).toEqual([]);
});
