import { rule } from '../../../../src/graph/rules/models/base-model-not-mapped';
import { linesOf } from '../../lint';
import { Change, edit, workingSet } from '../../working-set';

const byBase: Change = ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].matches[0].headers[0].name = 'X-Gateway-Base-Model-Name'; }];
const map = (change: (object: any) => void = () => undefined) => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'llama', namespace: 'gateway', labels: { 'inference.networking.k8s.io/bbr-managed': 'true' } as Record<string, string> },
    data: { baseModel: 'llama-8b', adapters: '- sql\n' },
  };
  change(object);
  return object;
};
const base = workingSet({}, byBase);

test('a base model with a ConfigMap', () => {
  expect(linesOf([...base, map()], rule)).toEqual([]);
});

test('a router that is not in the set may read other ConfigMaps', () => {
  expect(linesOf(edit(base, ['Deployment gateway/body-based-router', null]), rule)).toEqual([]);
});

test('fails without a ConfigMap', () => {
  const [line] = linesOf(base, rule);
  expect(line).toContain('HTTPRoute models/llama: IGW1405 spec.rules[0].matches[0].headers[0].value is "llama-8b": is the base model of no ConfigMap');
  expect(line).toContain('match on X-Gateway-Model-Name, or add a ConfigMap to namespace gateway');
});

test('fails for a ConfigMap without the label, and for one of another namespace', () => {
  expect(linesOf([...base, map(({ metadata }) => { metadata.labels = {}; })], rule)[0]).toMatch(/ConfigMap gateway\/llama: IGW1405 metadata.labels: lack .*; add the label$/);
  expect(linesOf([...base, map(({ metadata }) => { metadata.namespace = 'models'; })], rule)[0])
    .toMatch(/ConfigMap models\/llama: IGW1405 metadata.namespace is "models": is not watched .* put the ConfigMap into namespace gateway$/);
});

test('fails for another base model, and names those there are', () => {
  expect(linesOf([...base, map(({ data }) => { data.baseModel = 'llama-9b'; })], rule)[0]).toContain('allowed: llama-9b');
});
