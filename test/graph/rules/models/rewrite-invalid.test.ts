import { rule } from '../../../../src/graph/rules/models/rewrite-invalid';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const rewrite = (targets: object[], name = 'chat', matches: object[] = [{ model: { type: 'Exact', value: 'chat' } }]) => ({
  apiVersion: 'inference.networking.x-k8s.io/v1alpha2',
  kind: 'InferenceModelRewrite',
  metadata: { name, namespace: 'models' },
  spec: { poolRef: { name: 'llama', group: 'inference.networking.k8s.io' }, rules: [{ matches, targets }] },
});

test('targets that pods serve, with weights or without', () => {
  expect(linesOf([...workingSet(), rewrite([{ modelRewrite: 'llama-8b', weight: 1 }])], rule)).toEqual([]);
  expect(linesOf([rewrite([{ modelRewrite: 'a' }, { modelRewrite: 'b' }])], rule)).toEqual([]);
});

test('fails for a weight of some targets only', () => {
  expect(linesOf([rewrite([{ modelRewrite: 'a', weight: 1 }, { modelRewrite: 'b' }])], rule)[0])
    .toContain('IGW1407 spec.rules[0].targets[1].weight: is missing, and 1 of 2 targets of the rule have one');
});

test('fails for a name that no pod serves', () => {
  expect(linesOf([...workingSet(), rewrite([{ modelRewrite: 'llama' }])], rule)[0])
    .toContain('spec.rules[0].targets[0].modelRewrite is "llama": is no model that the pods of InferencePool models/llama serve: requests answer 404; allowed: llama-8b');
});

test('fails with a warning for two rewrites of one name', () => {
  const [line] = linesOf([...workingSet(), rewrite([{ modelRewrite: 'llama-8b' }]), rewrite([{ modelRewrite: 'llama-8b' }], 'talk')], rule);
  expect(line).toMatch(/^warning InferenceModelRewrite models\/talk: .*is rewritten by InferenceModelRewrite models\/chat already/);
});

test('fails for a group that the picker of the pool does not read', () => {
  const ours = { ...rewrite([{ modelRewrite: 'llama-8b' }]), apiVersion: 'llm-d.ai/v1alpha2' };
  expect(linesOf([...workingSet(), ours], rule)).toEqual([
    'error InferenceModelRewrite models/chat: IGW1407 apiVersion is "llm-d.ai/v1alpha2": is of a group that the endpoint picker of InferencePool models/llama, GAIE 1.5, does not read: '
    + 'models keep their names; allowed: inference.networking.x-k8s.io/v1alpha2; write inference.networking.x-k8s.io/v1alpha2',
  ]);
  expect(linesOf([ours], rule)).toEqual([]);
});
