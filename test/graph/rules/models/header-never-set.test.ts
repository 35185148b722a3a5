import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/models/header-never-set';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const header = (name: string): Change => ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].matches[0].headers[0].name = name; }];
const plugin = (value: string): Change => ['Deployment gateway/body-based-router', ({ spec }) => {
  spec.template.spec.containers[0].args = ['--streaming', '--plugin', value];
}];

test.each(['X-Gateway-Model-Name', 'x-gateway-base-model-name'])('%s', (name) => {
  expect(linesOf(workingSet({}, header(name)), rule)).toEqual([]);
});

test('a header that the router is told to set', () => {
  const changes = [header('X-Model'), plugin('body-field-to-header:model:{"fieldName":"model","headerName":"X-Model"}')];
  expect(linesOf(workingSet({ models: ['llama'] }, ...changes), rule)).toEqual([]);
});

test.each(['X-Gateway-Model', 'X-Gateway-Model-Nam', 'x_gateway_model_name', 'X-GatewayModelName'])('fails for %s', (name) => {
  const [line] = linesOf(workingSet({}, header(name)), rule);
  expect(line).toBe(`error HTTPRoute models/llama: IGW1403 spec.rules[0].matches[0].headers[0].name is "${name}": is a header that nothing sets on this `
    + 'Gateway: the route never matches, and requests answer 404; allowed: X-Gateway-Model-Name, X-Gateway-Base-Model-Name; match on X-Gateway-Model-Name');
});

test('fails for a default header that is not set any more', () => {
  const lines = linesOf(workingSet({}, plugin('body-field-to-header:model:{"fieldName":"model","headerName":"X-Model"}')), rule);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('match on x-model');
});

test('fails for a header that the policy of agentgateway does not set', () => {
  const [line] = linesOf(workingSet({ implementation: GatewayImplementation.agentgateway() }, header('X-Gateway-Base-Model-Name')), rule);
  expect(line).toContain('allowed: X-Gateway-Model-Name; match on X-Gateway-Model-Name');
});

test('fails softly for a header of another name with a model as its value', () => {
  const valued = (name: string, value: string): Change => ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].matches[0].headers = [{ type: 'Exact', name, value }]; }];
  expect(linesOf(workingSet({}, valued('X-Model', 'llama-8b')), rule)).toEqual([
    expect.stringMatching(/^warning HTTPRoute models\/llama: IGW1403 .*name is "X-Model": is a header that nothing sets on this Gateway.*match on X-Gateway-Model-Name, unless clients set it$/),
  ]);
  expect(linesOf(workingSet({}, valued('X-Tenant', 'blue')), rule)).toEqual([]);
});
