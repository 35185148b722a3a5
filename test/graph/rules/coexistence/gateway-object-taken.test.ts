import { rule } from '../../../../src/graph/rules/coexistence/gateway-object-taken';
import { madeFor, modelDeployment, providerConfig } from '../../airunway';
import { linesOf } from '../../lint';
import { deployment, grant, pool, route, service } from '../../objects';

const model = modelDeployment('models/llama');
const own = pool('models/llama');
const picker = [deployment('models/llama-epp', {}), service('models/llama-epp', [9002])];
const ownRoute = route('models/llama', 'gateway/inference');

test('a ModelDeployment alone, and what AI Runway made', () => {
  expect(linesOf([model], rule)).toEqual([]);
  expect(linesOf([model, own, ...picker, ownRoute].map((one) => (one === model ? one : madeFor('llama', one))), rule)).toEqual([]);
});

test('a static model of another name beside it', () => {
  expect(linesOf([model, pool('models/qwen'), deployment('models/qwen-epp', {}), route('models/qwen', 'gateway/inference'), pool('other/llama')], rule)).toEqual([]);
});

test('the route of the user that the ModelDeployment names', () => {
  expect(linesOf([modelDeployment('models/llama', { gateway: { httpRouteRef: 'llama' } }), ownRoute], rule)).toEqual([]);
});

test('the pool of a provider that makes its own', () => {
  expect(linesOf([modelDeployment('models/llama', { provider: { name: 'dynamo' } }), own, pool('models/llama-pool'), ...picker], rule)).toEqual([]);
});

test('fails for pool and endpoint picker, once', () => {
  expect(linesOf([model, own, ...picker], rule)).toEqual([expect.stringMatching(
    /^error InferencePool models\/llama: IGW1602 metadata.name is "llama": is what AI Runway takes over and overwrites for ModelDeployment models\/llama: what is written here is lost; remove these objects/,
  )]);
});

test('fails for a route', () => {
  expect(linesOf([model, ownRoute], rule)).toEqual([expect.stringMatching(
    /^error HTTPRoute models\/llama: .*is what AI Runway overwrites for ModelDeployment models\/llama: its own rules are lost; name it in spec.gateway.httpRouteRef/,
  )]);
});

test('fails when the model is not to be behind a Gateway: objects are deleted by name', () => {
  expect(linesOf([modelDeployment('models/llama', { gateway: { enabled: false } }), own, ownRoute], rule)).toEqual([
    expect.stringContaining('is what AI Runway deletes for ModelDeployment models/llama, which has gateway.enabled: false'), expect.stringContaining('AI Runway deletes'),
  ]);
});

test('fails for a pool of another controller', () => {
  const owned = { ...own, metadata: { ...own.metadata, ownerReferences: [{ kind: 'DynamoGraphDeployment', name: 'x', controller: true }] } };
  expect(linesOf([model, owned], rule)[0]).toContain('it belongs to another controller, so AI Runway stops there and makes no route');
});

test('fails for the grant of a provider whose pools are elsewhere', () => {
  const config = providerConfig('acme', [{ name: 'vllm', gateway: { managesInferencePool: true, inferencePoolNamePattern: '{name}-pool', inferencePoolNamespace: 'acme' } }]);
  const objects = [config, modelDeployment('models/llama', { provider: { name: 'acme' } }), grant('acme/llama-pool-referencegrant', {}, {})];
  expect(linesOf(objects, rule)).toEqual([expect.stringMatching(/^error ReferenceGrant acme\/llama-pool-referencegrant/)]);
});

test('fails with a warning when it depends on the provider', () => {
  expect(linesOf([modelDeployment('models/llama', { provider: undefined }), own], rule)).toEqual([expect.stringMatching(/^warning .*if its provider has no pool of its own/)]);
});
