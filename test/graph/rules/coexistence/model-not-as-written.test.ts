import { rule } from '../../../../src/graph/rules/coexistence/model-not-as-written';
import { modelDeployment } from '../../airunway';
import { linesOf } from '../../lint';
import { gateway, listener } from '../../objects';

const of = (spec: object) => linesOf([modelDeployment('models/llama', spec)], rule);
const long = (length: number) => `models/${'m'.repeat(length)}`;
const inference = gateway('gateway/inference', [listener()]);

test.each([
  [{}], [{ scaling: { replicas: 1 } }], [{ engine: { type: 'vllm', enablePrefixCaching: true } }], [{ model: { source: 'custom', id: 'own' } }],
  [{ model: { source: 'custom' }, gateway: { modelName: 'own' } }], [{ model: { source: 'custom' }, gateway: { enabled: false } }],
  [{ secrets: { huggingFaceToken: 'hf' }, env: [{ name: 'HF_TOKEN', value: 'x' }] }],
])('the spec %j', (spec) => {
  expect(of(spec)).toEqual([]);
});

test('the longest names', () => {
  expect(linesOf([inference, modelDeployment(long(59))], rule)).toEqual([]);
  expect(linesOf([inference, modelDeployment(long(63), { provider: { name: 'dynamo' } }), modelDeployment(long(62), { gateway: { enabled: false } })], rule)).toEqual([]);
});

test('fails for a name that is too long for its endpoint picker', () => {
  expect(linesOf([inference, modelDeployment(long(60))], rule)).toEqual([expect.stringMatching(/^error .*IGW1609 metadata.name .*has 60 characters: m+-epp is a label.*allowed: at most 59 characters/)]);
  expect(linesOf([modelDeployment(long(60))], rule)).toEqual([expect.stringMatching(/^warning /)]);
  expect(linesOf([modelDeployment(long(64), { provider: { name: 'dynamo' } })], rule)).toEqual([expect.stringMatching(/^error .*it is a label of pods.*at most 63/)]);
});

test('fails for a name with a dot, or with a digit in front', () => {
  expect(linesOf([modelDeployment('models/llama-3.1')], rule)).toEqual([expect.stringMatching(/^error .*is "llama-3.1": has a dot.*use llama-3-1/)]);
  expect(linesOf([modelDeployment('models/3b')], rule)).toEqual([expect.stringMatching(/^error .*begins with a digit/)]);
  expect(linesOf([modelDeployment('models/3b', { provider: { name: 'kaito' } })], rule)).toEqual([expect.stringMatching(/^warning /)]);
});

test('fails with a warning for what is lost', () => {
  expect(of({ scaling: { replicas: 0 } })).toEqual([expect.stringMatching(/^warning .*spec.scaling.replicas is 0: is lost when the controller first writes/)]);
  expect(of({ scaling: { prefill: { replicas: 0 } }, engine: { type: 'vllm', enablePrefixCaching: false } })).toHaveLength(2);
});

test('fails for a custom model that has no name', () => {
  expect(of({ model: { source: 'custom' } })).toEqual([expect.stringMatching(/^warning .*spec.gateway.modelName: is missing.*the HTTPRoute is refused/)]);
});

test('fails for a token that llmd writes twice', () => {
  const spec = { provider: { name: 'llmd' }, secrets: { huggingFaceToken: 'hf' }, env: [{ name: 'A' }, { name: 'HF_TOKEN', value: 'x' }] };
  expect(of(spec)).toEqual([expect.stringMatching(/^error .*spec.env\[1\].name is "HF_TOKEN": is set by spec.secrets.huggingFaceToken as well/)]);
});
