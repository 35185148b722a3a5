import { rule } from '../../../../src/graph/rules/names/label-invalid';
import { linesOf } from '../../lint';
import { deployment, object, service } from '../../objects';

test('labels of every form', () => {
  const metadata = { name: 'a', namespace: 'b', labels: { 'app': 'llama', 'example.com/a_b.c': '', 'x': 'v1.2_3' }, annotations: { 'example.com/model': 'Qwen/Qwen3-0.6B, and more' } };
  expect(linesOf([object('v1', 'ConfigMap', 'b/a', { metadata }), deployment('b/a', { app: 'llama' })], rule)).toEqual([]);
});

test('fails for a value that is no label', () => {
  expect(linesOf([deployment('models/a', { model: 'Qwen/Qwen3' })], rule)).toEqual([
    expect.stringMatching(/^error Deployment models\/a: IGW1005 spec.selector.matchLabels.model is "Qwen\/Qwen3": is no value of a label; allowed: at most 63/),
    expect.stringContaining('spec.template.metadata.labels.model is "Qwen/Qwen3"'),
  ]);
  expect(linesOf([service('models/a', [80], { app: 'a'.repeat(64) })], rule)).toEqual([expect.stringContaining('spec.selector.app is "aaaa')]);
});

test('fails for what is not text, and says to quote it', () => {
  const metadata = { name: 'a', namespace: 'b', labels: { version: 1.1 }, annotations: { enabled: true } };
  expect(linesOf([object('v1', 'ConfigMap', 'b/a', { metadata })], rule)).toEqual([
    expect.stringContaining('metadata.annotations.enabled is true: is a boolean, not text; put it in quotes: "true"'),
    expect.stringContaining('metadata.labels.version is 1.1: is a number, not text; put it in quotes: "1.1"'),
  ]);
});

test('fails for a key that is none', () => {
  const metadata = { name: 'a', namespace: 'b', labels: { 'a/b/c': 'x' } };
  expect(linesOf([object('v1', 'ConfigMap', 'b/a', { metadata })], rule)).toEqual([expect.stringContaining('is "a/b/c": is no key of a label')]);
});

test('fails for labels that are no map', () => {
  expect(linesOf([object('v1', 'ConfigMap', 'a/b', { metadata: { name: 'b', namespace: 'a', labels: 'text', annotations: ['x'] } })], rule)).toEqual([
    expect.stringContaining('metadata.annotations is ["x"]: is a list, not a map of keys and values; write each as key: value, below it'),
    expect.stringContaining('metadata.labels is "text": is text, not a map of keys and values'),
  ]);
});
