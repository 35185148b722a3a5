import { rule } from '../../../../src/graph/rules/coexistence/routes-detached';
import { madeFor, modelDeployment } from '../../airunway';
import { linesOf } from '../../lint';
import { gateway, listener, route } from '../../objects';

const open = gateway('gateway/inference', [listener()]);
const listing = (...values: string[]) => gateway('gateway/inference', [listener({
  allowedRoutes: { namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } } },
})]);
const shop = route('shop/shop', 'gateway/inference');

test('routes of models and of the namespace of the Gateway', () => {
  const routes = [route('gateway/health', 'gateway/inference'), madeFor('llama', route('models/llama', 'gateway/inference')), route('models/own', 'gateway/inference')];
  expect(linesOf([open, modelDeployment('models/llama'), ...routes], rule)).toEqual([]);
});

test('models of the namespace of the Gateway', () => {
  expect(linesOf([open, modelDeployment('gateway/llama'), shop], rule)).toEqual([]);
});

test('a list that names the namespaces of models already', () => {
  expect(linesOf([listing('models', 'shop'), modelDeployment('models/llama'), shop], rule)).toEqual([]);
  expect(linesOf([listing('shop'), modelDeployment('models/llama'), shop], rule)).toEqual([]);
});

test('fails with a warning for routes of other namespaces', () => {
  expect(linesOf([open, modelDeployment('models/llama'), shop, route('shop/two', 'gateway/inference')], rule)).toEqual([expect.stringMatching(
    /^warning Gateway gateway\/inference: IGW1606 spec.listeners\[0\].allowedRoutes.namespaces: is replaced by AI Runway with a list of the namespaces gateway, models: HTTPRoute shop\/shop is cut off, with 1 more; list all/,
  )]);
});
