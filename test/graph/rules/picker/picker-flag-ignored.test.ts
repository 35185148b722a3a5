import { rule } from '../../../../src/graph/rules/picker/picker-flag-ignored';
import { pickerFlags, router } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

test('values after an equals sign, and values that change nothing', () => {
  expect(linesOf(workingSet({}, pickerFlags('--secure-serving=false', '--health-checking', 'true')), rule)).toEqual([]);
});

test('fails for a value in a word of its own', () => {
  expect(linesOf(workingSet({}, pickerFlags('--secure-serving', 'false')), rule)).toEqual([
    'warning Deployment models/llama-epp: IGW1304 spec.template.spec.containers[0].args[10] is "false": is ignored, and --secure-serving is true; write --secure-serving=false in one word',
  ]);
});

test('fails for a body-based router', () => {
  expect(linesOf(workingSet({}, router(({ args }) => { args.push('--metrics-endpoint-auth', 'false'); })), rule)).toEqual([expect.stringContaining('--metrics-endpoint-auth is true')]);
});
