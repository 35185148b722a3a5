import { Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { InferenceModelRewrite, ModelRewriteRule } from '../../src/pool';

function synth(rules: ModelRewriteRule[]): any {
  const chart = new Chart(Testing.app(), 'team');
  new InferenceModelRewrite(chart, 'canary', { poolName: 'qwen', rules });
  return Testing.synth(chart)[0];
}

test('the smallest rewrite is of every request', () => {
  expect(synth([{ targets: [{ model: 'qwen-v2' }] }])).toEqual({
    apiVersion: 'inference.networking.x-k8s.io/v1alpha2',
    kind: 'InferenceModelRewrite',
    metadata: { name: 'canary', namespace: 'default' },
    spec: {
      poolRef: { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen' },
      rules: [{ targets: [{ modelRewrite: 'qwen-v2' }] }],
    },
  });
});

test('a split by name', () => {
  expect(synth([{ models: ['qwen', 'default'], targets: [{ model: 'a', weight: 90 }, { model: 'b', weight: 10 }] }]).spec.rules).toEqual([{
    matches: [{ model: { type: 'Exact', value: 'qwen' } }, { model: { type: 'Exact', value: 'default' } }],
    targets: [{ modelRewrite: 'a', weight: 90 }, { modelRewrite: 'b', weight: 10 }],
  }]);
});

test.each<[string, ModelRewriteRule[], RegExp]>([
  ['no rules', [], /IGW509 spec.rules: is empty/],
  ['no targets', [{ targets: [] }], /IGW509 spec.rules\[0\].targets: is empty/],
  ['weights on some targets', [{ targets: [{ model: 'a', weight: 1 }, { model: 'b' }] }], /have weights on 1 of 2; give every target a weight, or none/],
  ['a weight of zero', [{ targets: [{ model: 'a', weight: 0 }] }], /weight is 0: is not a weight; allowed: whole numbers from 1 to 1000000/],
  ['an empty target', [{ targets: [{ model: '' }] }], /modelRewrite: is empty/],
  ['an empty name', [{ models: [''], targets: [{ model: 'a' }] }], /value: is empty; name a model/],
  ['a name twice', [{ models: ['a'], targets: [{ model: 'b' }] }, { models: ['a'], targets: [{ model: 'c' }] }], /rules\[1\].*is "a": is matched by an earlier rule/],
  ['two catch-alls', [{ targets: [{ model: 'b' }] }, { targets: [{ model: 'c' }] }], /rules\[1\].matches: matches every request, as an earlier rule does/],
])('fails for %s', (_, rules, message) => {
  expect(() => synth(rules)).toThrow(message);
});

test('weights are on all targets or none', () => {
  const weight = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined });
  fc.assert(fc.property(fc.array(weight, { minLength: 1, maxLength: 6 }), (weights) => {
    const valid = new Set(weights.map((value) => value === undefined)).size === 1;
    try {
      synth([{ targets: weights.map((value, index) => ({ model: `m${index}`, weight: value })) }]);
      return valid;
    } catch (error) {
      return !valid && /IGW509/.test((error as Error).message);
    }
  }));
});
