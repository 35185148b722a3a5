import { rule } from '../../../../src/graph/rules/coexistence/route-ref-wrong';
import { modelDeployment } from '../../airunway';
import { linesOf } from '../../lint';
import { route } from '../../objects';

const model = modelDeployment('models/llama', { gateway: { httpRouteRef: 'chatbots' } });
const pool = (name: string) => ({ group: 'inference.networking.k8s.io', kind: 'InferencePool', name });
const chatbots = (id: string, ...backends: object[]) => route(id, 'gateway/inference', backends);

test('a route that leads to the model, and one that is not in the set', () => {
  expect(linesOf([model, chatbots('models/chatbots', pool('llama'))], rule)).toEqual([]);
  expect(linesOf([model, chatbots('models/chatbots', { name: 'llama', port: 8000 })], rule)).toEqual([]);
  expect(linesOf([model, chatbots('models/others', pool('llama'))], rule)).toEqual([]);
  expect(linesOf([modelDeployment('models/llama')], rule)).toEqual([]);
});

test('a route whose pool only the provider knows', () => {
  const unknown = modelDeployment('models/llama', { provider: { name: 'acme' }, gateway: { httpRouteRef: 'chatbots' } });
  expect(linesOf([unknown, chatbots('models/chatbots', pool('anything'))], rule)).toEqual([]);
});

test('fails for a route of another namespace', () => {
  expect(linesOf([model, chatbots('gateway/chatbots')], rule)).toEqual([expect.stringMatching(
    /^error ModelDeployment models\/llama: IGW1608 spec.gateway.httpRouteRef is "chatbots": is no HTTPRoute of namespace models, but of gateway: .*move the route to namespace models/,
  )]);
});

test('fails for a name that is misspelt, and for any in a closed set', () => {
  expect(linesOf([model, chatbots('models/chatbot')], rule)[0]).toContain('allowed: chatbot; name chatbot');
  expect(linesOf([model], rule, { closed: true })[0]).toContain('add the route, or remove httpRouteRef');
});

test('fails with a warning for a route that leads elsewhere', () => {
  expect(linesOf([model, chatbots('models/chatbots', pool('qwen'))], rule)).toEqual([
    expect.stringMatching(/^warning .*does not lead to the model: none of its backends is InferencePool models\/llama; add a backendRef to InferencePool llama/),
  ]);
});
