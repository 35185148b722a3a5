import { rule } from '../../../../src/graph/rules/names/workload-selector-mismatch';
import { linesOf } from '../../lint';
import { deployment } from '../../objects';
import { workingSet } from '../../working-set';

const selecting = (selector: object | undefined, labels: object = { app: 'llama' }) => {
  const one = deployment('a/b', labels);
  one.spec.selector = selector;
  return linesOf([one], rule);
};

test('a selector that the pods have', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(selecting({ matchLabels: { app: 'llama' } }, { app: 'llama', more: 'x' })).toEqual([]);
  expect(selecting({ matchExpressions: [{ key: 'app', operator: 'Exists' }] })).toEqual([]);
  expect(selecting(undefined)).toEqual([]);
});

test('fails for labels that the pods do not have', () => {
  expect(selecting({ matchLabels: { app: 'qwen' } })).toEqual([
    'error Deployment a/b: IGW1024 spec.selector.matchLabels is {"app":"qwen"}: has app: qwen, which the pods do not have: the API server refuses the Deployment; allowed: app: llama; select labels of spec.template',
  ]);
});
