import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/implementation/plug-of-another';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const ofClass = (name: string): Change => ['Gateway gateway/inference-gateway', ({ spec }) => { spec.gatewayClassName = name; }];

test.each([GatewayImplementation.istio(), GatewayImplementation.envoyGateway(), GatewayImplementation.gke(), GatewayImplementation.agentgateway()])('its own way, %#', (implementation) => {
  expect(linesOf(workingSet({ implementation }), rule)).toEqual([]);
});

test('a class that nothing is known of', () => {
  expect(linesOf(workingSet({}, ofClass('mine')), rule)).toEqual([]);
});

test.each([['eg', 'write an EnvoyExtensionPolicy'], ['kgateway', 'name the class istio'], ['gke-l7-rilb', 'write a GCPRoutingExtension']])('fails for an EnvoyFilter on %s', (name, fix) => {
  const [line] = linesOf(workingSet({}, ofClass(name)), rule);
  expect(line).toContain(`warning EnvoyFilter gateway/body-based-router: IGW1503 kind is "EnvoyFilter": is read by Istio, and Gateway gateway/inference-gateway is of class ${name}`);
  expect(line).toContain(fix);
});
