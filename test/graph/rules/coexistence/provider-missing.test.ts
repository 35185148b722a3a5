import { rule } from '../../../../src/graph/rules/coexistence/provider-missing';
import { modelDeployment, providerConfig } from '../../airunway';
import { linesOf } from '../../lint';

const of = (spec: object, ...more: object[]) => linesOf([modelDeployment('models/llama', spec), ...more], rule);
const acme = providerConfig('acme', [{ name: 'vllm', cpuSupport: true }, { name: 'sglang' }]);

test.each([
  [{}], [{ provider: { name: 'dynamo' }, engine: { type: 'trtllm' } }], [{ provider: { name: 'somewhere' } }], [{ provider: undefined, engine: undefined }],
  [{ engine: undefined, resources: { gpu: { count: 1 } } }], [{ engine: undefined, provider: { name: 'kaito' } }],
])('the spec %j', (spec) => {
  expect(of(spec)).toEqual([]);
});

test('a provider of the set', () => {
  expect(of({ provider: { name: 'acme' }, engine: undefined }, acme)).toEqual([]);
  expect(of({ provider: { name: 'acme' }, engine: { type: 'sglang' } }, acme)).toEqual([]);
  expect(of({ provider: { name: 'bare' } }, providerConfig('bare', []))).toEqual([]);
});

test('fails with a warning for nearly the name of a provider', () => {
  expect(of({ provider: { name: 'VLLM' } })).toEqual([expect.stringMatching(
    /^warning ModelDeployment models\/llama: IGW1607 spec.provider.name is "VLLM": is no provider: .*; name vllm/,
  )]);
  expect(of({ provider: { name: 'acmee' } }, acme)).toEqual([expect.stringContaining('name acme')]);
});

test('fails for a provider that a closed set does not have', () => {
  expect(linesOf([modelDeployment('models/llama', { provider: { name: 'somewhere' } })], rule, { closed: true })[0]).toMatch(/^error .*name a provider there is, or add its InferenceProviderConfig/);
  expect(linesOf([modelDeployment('models/llama')], rule, { closed: true })).toEqual([]);
});

test('fails for an engine that the provider does not have', () => {
  expect(of({ provider: { name: 'kuberay' }, engine: { type: 'sglang' } })).toEqual([
    expect.stringMatching(/^error .*spec.engine.type is "sglang": is no engine of provider kuberay.*allowed: vllm; name an engine of the provider/),
  ]);
  expect(of({ provider: { name: 'acme' }, engine: { type: 'trtllm' } }, acme)[0]).toContain('allowed: vllm, sglang');
});

test('fails without engine and GPU, when the provider has no engine that runs without', () => {
  expect(of({ engine: undefined })[0]).toMatch(/^error .*spec.engine.type: is missing, and so is resources.gpu.*set spec.engine.type: vllm/);
});
