import { rule } from '../../../../src/graph/rules/serving/service-ports-collide';
import { spec } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const ports = (...list: any[]) => spec('Service models/llama-epp', (object) => { object.ports = list; });

test('ports that differ', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, ports({ name: 'a', port: 53 }, { name: 'b', port: 53, protocol: 'UDP' })), rule)).toEqual([]);
});

test('fails for one number twice', () => {
  expect(linesOf(workingSet({}, ports({ name: 'a', port: 9090 }, { name: 'b', port: 9090 })), rule)).toEqual([
    'error Service models/llama-epp: IGW1225 spec.ports[1].port is 9090: is the number of two ports: the API server refuses the Service; change or remove one of them',
  ]);
});

test('fails for one name twice, or for none', () => {
  expect(linesOf(workingSet({}, ports({ name: 'a', port: 1 }, { name: 'a', port: 2 })), rule)).toEqual([expect.stringContaining('spec.ports[1].name is "a": is the name of two ports')]);
  expect(linesOf(workingSet({}, ports({ name: 'a', port: 1 }, { port: 2 })), rule)).toEqual([expect.stringContaining('spec.ports[1].name: is missing, and there are 2 ports')]);
});
