import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/implementation/pools-not-supported';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const ofClass = (name: string): Change => ['Gateway gateway/inference-gateway', ({ spec }) => { spec.gatewayClassName = name; }];

test.each(['istio', 'agentgateway', 'gke-l7-rilb', 'something-else'])('class %s', (name) => {
  expect(linesOf(workingSet({}, ofClass(name)), rule)).toEqual([]);
});

test('fails with a warning for kgateway, since nothing is programmed by newer releases', () => {
  expect(linesOf(workingSet({}, ofClass('kgateway')), rule)[0]).toMatch(/^warning Gateway gateway\/inference-gateway: IGW1501 spec.gatewayClassName is "kgateway": .*name agentgateway/);
});

test('fails for a load balancer of GKE that takes none', () => {
  expect(linesOf(workingSet({}, ofClass('gke-l7-gxlb')), rule)[0]).toMatch(/^error .*takes no InferencePools.*allowed: gke-l7-rilb, gke-l7-regional-external-managed; name one/);
});

test('fails for an implementation that is said to take none', () => {
  const implementation = GatewayImplementation.of('plain', { inferencePools: false });
  expect(linesOf(workingSet(), rule, { implementation })).toHaveLength(1);
});
