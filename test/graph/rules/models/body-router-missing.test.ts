import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/models/body-router-missing';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const without = (objects: any[], ...kinds: string[]) => objects.filter(({ kind, metadata }) => !kinds.includes(kind) || metadata.namespace !== 'gateway');
const EVERYTHING = ['ServiceAccount', 'Role', 'RoleBinding', 'Deployment', 'Service', 'EnvoyFilter', 'DestinationRule', 'AgentgatewayPolicy', 'WasmPlugin'];

test.each([
  GatewayImplementation.istio(), GatewayImplementation.envoyGateway(), GatewayImplementation.gke(), GatewayImplementation.agentgateway(),
  GatewayImplementation.higress(),
])('something reads the model, %#', (implementation) => {
  expect(linesOf(workingSet({ implementation }), rule)).toEqual([]);
});

test('a Gateway that is not in the set, of a class that is not known, or with scripts of its own', () => {
  const bare = without(workingSet(), ...EVERYTHING);
  expect(linesOf(edit(bare, ['Gateway gateway/inference-gateway', null]), rule)).toEqual([]);
  expect(linesOf(edit(bare, ['Gateway gateway/inference-gateway', ({ spec }) => { spec.gatewayClassName = 'cilium'; }]), rule)).toEqual([]);
  const script = { apiVersion: 'extensions.istio.io/v1alpha1', kind: 'WasmPlugin', metadata: { name: 'model', namespace: 'gateway' }, spec: {} };
  expect(linesOf([...bare, script], rule)).toEqual([]);
});

test('routes that need no model', () => {
  const open = edit(without(workingSet({ models: ['llama'] }), ...EVERYTHING), ['HTTPRoute models/llama', ({ spec }) => { delete spec.rules[0].matches; }]);
  expect(linesOf(open, rule)).toEqual([]);
});

test('fails without a body-based router', () => {
  expect(linesOf(without(workingSet(), ...EVERYTHING), rule)).toEqual([
    'error Gateway gateway/inference-gateway: IGW1404 metadata.name is "inference-gateway": has no body-based router, and routes match on '
    + 'X-Gateway-Model-Name: clients do not send that header, so nothing matches and requests answer 404; add a body-based router and an EnvoyFilter that '
    + 'sends requests to it, in the namespace of the Gateway; when one is installed from elsewhere, mute this for the Gateway and say so',
  ]);
});

test('fails for a router that nothing sends requests to', () => {
  const [line] = linesOf(without(workingSet(), 'EnvoyFilter'), rule);
  expect(line).toContain('Deployment gateway/body-based-router is there, and nothing sends it the requests of this Gateway; add an EnvoyFilter for this Gateway');
});

test('fails for agentgateway without its policy', () => {
  const [line] = linesOf(without(workingSet({ implementation: GatewayImplementation.agentgateway() }), ...EVERYTHING), rule);
  expect(line).toContain('add an AgentgatewayPolicy of phase PreRouting');
});

test('warns where the gateway cannot read bodies at all', () => {
  const bare = edit(without(workingSet(), ...EVERYTHING), ['Gateway gateway/inference-gateway', ({ spec }) => { spec.gatewayClassName = 'kgateway'; }]);
  const [line] = linesOf(bare, rule);
  expect(line).toMatch(/^warning .* put something before the Gateway that sets the header, or route by path or hostname/);
});
