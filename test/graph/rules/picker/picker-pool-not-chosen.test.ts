import { rule } from '../../../../src/graph/rules/picker/picker-pool-not-chosen';
import { FAIL_OPEN, picker, pickerFlags } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const SELECTOR = '--endpoint-selector=app=llama';
const drop = (...more: string[]) => picker(({ args }) => {
  args.splice(args.indexOf('--pool-name'), 4);
  args.push(...more);
});

test('a pool, or pods with their ports', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, drop(SELECTOR, '--endpoint-target-ports=8000')), rule)).toEqual([]);
});

test('a flag without a value is IGW1303', () => {
  expect(linesOf(workingSet({}, drop('--pool-name')), rule)).toEqual([]);
});

test('fails for both', () => {
  expect(linesOf(workingSet({}, pickerFlags(SELECTOR)), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1305 spec.template.spec.containers[0].args[9] is "app=llama": does not go with --pool-name llama: the endpoint picker exits at start; requests to the '
    + 'model answer 500; remove one of the two',
  ]);
  expect(linesOf(workingSet({}, pickerFlags(SELECTOR), FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning/)]);
});

test('fails for neither', () => {
  expect(linesOf(workingSet({}, drop()), rule)).toEqual([expect.stringContaining('has neither --pool-name nor --endpoint-selector: the endpoint picker exits at start; requests to the model answer 500; add --pool-name=llama')]);
});

test('fails for pods without ports, or with too many', () => {
  expect(linesOf(workingSet({}, drop(SELECTOR)), rule)).toEqual([expect.stringContaining('has --endpoint-selector without --endpoint-target-ports')]);
  expect(linesOf(workingSet({}, drop(SELECTOR, '--endpoint-target-ports=1,2,3,4,5,6,7,8,9')), rule)).toEqual([expect.stringContaining('has 9 ports')]);
});

test('fails for pods without POD_NAME', () => {
  expect(linesOf(workingSet({}, drop(SELECTOR, '--endpoint-target-ports=8000'), picker((container) => { container.env = []; })), rule)).toEqual([expect.stringContaining('has no POD_NAME')]);
});

test('arguments that only the cluster knows, and flags that are reported for their names', () => {
  expect(linesOf(workingSet({}, drop('$(FLAGS)')), rule)).toEqual([]);
  expect(linesOf(workingSet({}, drop('--poolName=llama')), rule)).toEqual([]);
});
