import { holds } from '../../src/manifests/evaluate-cel';

const SPEC = { engine: { type: 'vllm' }, resources: { gpu: { count: 2 } }, serving: { mode: 'disaggregated' } };

test('a condition over the spec holds or does not', () => {
  expect(holds("spec.engine.type == 'vllm'", SPEC)).toBe(true);
  expect(holds("spec.engine.type == 'sglang'", SPEC)).toBe(false);
});

test.each([
  ['spec.resources.gpu.count > 1', true],
  ['spec.resources.gpu.count == 2', true],
  ['has(spec.serving) && spec.serving.mode == "disaggregated"', true],
  ['has(spec.model)', false],
  ["!has(spec.model) && spec.engine.type in ['vllm', 'sglang']", true],
  ['spec.engine.type.startsWith("v")', true],
])('%s is %s', (condition, expected) => {
  expect(holds(condition, SPEC)).toBe(expected);
});

test.each([
  ['a field that is not there', 'spec.model.id == "x"'],
  ['a syntax error', 'spec.engine.type =='],
  ['an empty condition', ''],
  ['a function that does not exist', 'spec.engine.type.frobnicate()'],
  ['a comparison of things not alike', 'spec.engine > 1'],
  ['something that is neither true nor false', 'spec.engine.type'],
])('fails to hold with %s', (_, condition) => {
  expect(holds(condition, SPEC)).toBe(false);
});
