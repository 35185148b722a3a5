import { rule } from '../../../../src/graph/rules/models/model-not-served';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const args = (...words: string[]): Change => ['Deployment models/llama', ({ spec }) => { spec.template.spec.containers[0].args = words; }];
const rewrite = {
  apiVersion: 'inference.networking.x-k8s.io/v1alpha2',
  kind: 'InferenceModelRewrite',
  metadata: { name: 'llama', namespace: 'models' },
  spec: { poolRef: { name: 'llama' }, rules: [{ matches: [{ model: { value: 'llama-8b' } }], targets: [{ modelRewrite: 'llama' }] }] },
};

test('a model that the pods serve', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test.each<[string, string[]]>([
  ['one of several names', ['--model', 'x', '--served-model-name', 'other', 'llama-8b']],
  ['an adapter', ['--model', 'x', '--enable-lora', '--lora-modules', 'llama-8b=/adapters/llama']],
  ['the model itself', ['--model=llama-8b']],
  ['a name that only the cluster knows', ['--model', '$(MODEL)']],
])('%s', (_, words) => {
  expect(linesOf(workingSet({}, args(...words)), rule)).toEqual([]);
});

test('a name that is rewritten, and servers that answer to any name', () => {
  expect(linesOf([...workingSet({}, args('--model', 'llama')), rewrite], rule)).toEqual([]);
  const sglang: Change = ['Deployment models/llama', ({ spec }) => {
    Object.assign(spec.template.spec.containers[0], { image: 'lmsysorg/sglang:v0.5.0', args: ['--model-path', 'x'] });
  }];
  expect(linesOf(workingSet({}, sglang), rule)).toEqual([]);
});

test('fails for another name, and says which one is served', () => {
  const [line] = linesOf(workingSet({}, args('--model', 'meta/llama', '--served-model-name', 'llama')), rule);
  expect(line).toBe('error HTTPRoute models/llama: IGW1402 spec.rules[0].matches[0].headers[0].value is "llama-8b": is no model that the pods of '
    + 'InferencePool models/llama serve: requests answer 404; allowed: llama; match on llama, or set --served-model-name llama-8b, or add an '
    + 'InferenceModelRewrite to the pool');
});

test('fails for a second pool that serves another model under the same header', () => {
  const [line, ...more] = linesOf(workingSet({}, ['HTTPRoute models/llama', ({ spec: { rules: [one] } }) => {
    one.backendRefs.push({ ...one.backendRefs[0], name: 'qwen' });
  }]), rule);
  expect(line).toContain('spec.rules[0].backendRefs[1].name is "qwen": serves another model under the same header');
  expect(more).toEqual([]);
});

test('fails with a warning for an image that nothing is known of', () => {
  const [line] = linesOf(workingSet({}, ['Deployment models/llama', ({ spec }) => {
    Object.assign(spec.template.spec.containers[0], { image: 'registry.example.com/server:1', args: ['--served-model-name', 'other'] });
  }]), rule);
  expect(line).toMatch(/^warning .*IGW1402/);
});
