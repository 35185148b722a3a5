import fc from 'fast-check';
import { resolvePool } from '../../src/provider';

test('the smallest model has a pool of its own name and namespace', () => {
  expect(resolvePool(undefined, 'llama-70b', 'default')).toEqual({ name: 'llama-70b', namespace: 'default', managedByProvider: false });
});

test.each([
  ['{namespace}-{name}-pool', 'default-llama-70b-pool'],
  ['{name}-pool', 'llama-70b-pool'],
  ['', 'llama-70b'],
])('the pattern %p gives %s', (inferencePoolNamePattern, name) => {
  expect(resolvePool({ managesInferencePool: true, inferencePoolNamePattern }, 'llama-70b', 'default')).toEqual({
    name, namespace: 'default', managedByProvider: true,
  });
});

test.each([
  ['{namespace}', 'team-a'],
  ['dynamo-system', 'dynamo-system'],
  ['{name}-{namespace}', 'llama-70b-team-a'],
  ['', 'team-a'],
])('the namespace %p gives %s', (inferencePoolNamespace, namespace) => {
  expect(resolvePool({ managesInferencePool: true, inferencePoolNamespace }, 'llama-70b', 'team-a').namespace).toBe(namespace);
});

test('a placeholder may come twice', () => {
  expect(resolvePool({ managesInferencePool: true, inferencePoolNamePattern: '{name}-{name}' }, 'a', 'b').name).toBe('a-a');
});

test('patterns count only when the provider manages the pool', () => {
  const gateway = { inferencePoolNamePattern: '{name}-pool', inferencePoolNamespace: 'elsewhere' };
  const own = { name: 'a', namespace: 'b', managedByProvider: false };
  expect(resolvePool(gateway, 'a', 'b')).toEqual(own);
  expect(resolvePool({ ...gateway, managesInferencePool: false }, 'a', 'b')).toEqual(own);
});

test('text without placeholders stays as it is, whatever the model is called', () => {
  const text = fc.string().filter((value) => value !== '' && !value.includes('{'));
  fc.assert(fc.property(text, fc.string(), (inferencePoolNamePattern, name) => {
    expect(resolvePool({ managesInferencePool: true, inferencePoolNamePattern }, name, 'b').name).toBe(inferencePoolNamePattern);
  }));
});
