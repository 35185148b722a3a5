import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/implementation/catch-all-missing';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const set = workingSet({ implementation: GatewayImplementation.envoyGateway() });
const catchAll = set.find(({ kind, metadata, spec }) => kind === 'HTTPRoute' && metadata.namespace === 'gateway' && spec.hostnames === undefined)!;

test('a route that takes every request', () => {
  expect(linesOf(set, rule)).toEqual([]);
});

test('other implementations need none', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without one', () => {
  const [line] = linesOf(edit(set, [`HTTPRoute gateway/${catchAll.metadata.name}`, null]), rule);
  expect(line).toContain('error Gateway gateway/inference-gateway: IGW1507 metadata.name is "inference-gateway": has no route that takes requests without the model header');
});
