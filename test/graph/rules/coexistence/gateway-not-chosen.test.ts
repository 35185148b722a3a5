import { rule } from '../../../../src/graph/rules/coexistence/gateway-not-chosen';
import { modelDeployment } from '../../airunway';
import { linesOf } from '../../lint';
import { gateway, listener } from '../../objects';

const model = modelDeployment('models/llama');
const gatewayOf = (id: string, label?: string) => {
  const made = gateway(id, [listener()]);
  return label === undefined ? made : { ...made, metadata: { ...made.metadata, labels: { 'airunway.ai/inference-gateway': label } } };
};

test('one Gateway, or one with the label', () => {
  expect(linesOf([model, gatewayOf('a/one')], rule)).toEqual([]);
  expect(linesOf([model, gatewayOf('a/one'), gatewayOf('a/two', 'true')], rule)).toEqual([]);
  expect(linesOf([model], rule)).toEqual([]);
});

test('models that need none', () => {
  expect(linesOf([gatewayOf('a/one'), gatewayOf('a/two'), modelDeployment('models/llama', { gateway: { enabled: false } })], rule)).toEqual([]);
});

test('fails with a warning for several without the label', () => {
  expect(linesOf([model, gatewayOf('a/one'), gatewayOf('a/two', 'yes')], rule)).toEqual([expect.stringMatching(
    /^warning Gateway a\/one: IGW1605 metadata.labels\["airunway.ai\/inference-gateway"\]: is missing, as it is on all of a\/one, a\/two.*ModelDeployment models\/llama gets no route.*allowed: "true"/,
  )]);
});

test('fails for several with the label', () => {
  expect(linesOf([model, gatewayOf('a/one', 'true'), gatewayOf('a/two', 'true')], rule)).toEqual([expect.stringContaining('Gateway a/two: IGW1605 metadata.labels["airunway.ai/inference-gateway"] is "true": is on Gateway a/one as well')]);
});

test('fails without a Gateway in a closed set', () => {
  expect(linesOf([model], rule, { closed: true })).toEqual([expect.stringContaining('spec.gateway: needs a Gateway, and the set has none')]);
});
