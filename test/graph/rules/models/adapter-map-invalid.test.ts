import { rule } from '../../../../src/graph/rules/models/adapter-map-invalid';
import { linesOf } from '../../lint';

const map = (data: object, label: unknown = 'true', name = 'llama') => ({
  apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'gateway', labels: { 'inference.networking.k8s.io/bbr-managed': label } }, data,
});

test('a base model with and without adapters, and other ConfigMaps', () => {
  expect(linesOf([map({ baseModel: 'llama', adapters: '- sql\n- "food"\n' })], rule)).toEqual([]);
  expect(linesOf([map({ baseModel: 'llama' }), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { adapters: 'x' } }], rule)).toEqual([]);
});

test('fails without a base model, and finds a misspelt one', () => {
  expect(linesOf([map({ adapters: '- sql' })], rule)[0]).toContain('IGW1406 data.baseModel: is missing or empty');
  expect(linesOf([map({ 'base-model': 'x' })], rule)[0]).toContain('rename base-model to baseModel');
});

test.each(['food, sql', 'a: b', '- 1\n- 2', '"', ['sql']])('fails for adapters %p', (adapters) => {
  const [line] = linesOf([map({ baseModel: 'llama', adapters })], rule);
  expect(line).toContain('the body-based router refuses this ConfigMap; allowed: a YAML list of names in a text');
});

test('fails for another value of the label', () => {
  expect(linesOf([map({ baseModel: 'llama' }, 'yes')], rule)[0]).toContain('is "yes": is not "true"');
  expect(linesOf([map({ baseModel: 'llama' }, true)], rule)[0]).toMatch(/^error .*is true: is not "true"/);
});

test('fails with a warning for one adapter of two base models', () => {
  const [line] = linesOf([map({ baseModel: 'llama', adapters: '- sql' }), map({ baseModel: 'qwen', adapters: '- sql' }, 'true', 'qwen')], rule);
  expect(line).toContain('warning ConfigMap gateway/qwen: IGW1406 data.adapters is "sql"');
});
