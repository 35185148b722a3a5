import { rule } from '../../../../src/graph/rules/coexistence/derived-names-collide';
import { modelDeployment, providerConfig } from '../../airunway';
import { linesOf } from '../../lint';

test('two models, also of one name in two namespaces', () => {
  expect(linesOf([modelDeployment('models/llama'), modelDeployment('models/qwen'), modelDeployment('other/llama')], rule)).toEqual([]);
});

test('fails for a model that is called like the endpoint picker of another', () => {
  expect(linesOf([modelDeployment('models/llama'), modelDeployment('models/llama-epp')], rule)).toEqual([expect.stringMatching(
    /^error ModelDeployment models\/llama-epp: IGW1603 metadata.name is "llama-epp": makes Deployment models\/llama-epp, and so does ModelDeployment models\/llama: one of the two fails/,
  )]);
});

test('fails for a part of a disaggregated model', () => {
  const split = modelDeployment('models/llama', { serving: { mode: 'disaggregated' } });
  expect(linesOf([split, modelDeployment('models/llama-decode')], rule)).toEqual([expect.stringContaining('makes Deployment models/llama-decode')]);
});

test('fails with a warning when it depends on the provider', () => {
  expect(linesOf([modelDeployment('models/llama', { provider: undefined }), modelDeployment('models/llama-epp')], rule)).toEqual([expect.stringMatching(/^warning /)]);
});

test('fails for models of one name whose pools are in one namespace', () => {
  const engine = (inferencePoolNamePattern: string) => [{ name: 'vllm', gateway: { managesInferencePool: true, inferencePoolNamePattern, inferencePoolNamespace: 'acme' } }];
  const models = ['a/llama', 'b/llama'].map((id) => modelDeployment(id, { provider: { name: 'acme' } }));
  expect(linesOf([providerConfig('acme', engine('{name}-pool')), ...models], rule)).toEqual([
    expect.stringMatching(/makes InferencePool acme\/llama-pool, and so does ModelDeployment a\/llama.*put \{name\} and \{namespace\} into the pattern/),
  ]);
  expect(linesOf([providerConfig('acme', engine('{name}-{namespace}')), ...models], rule)).toEqual([]);
});
