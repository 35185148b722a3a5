import { rule } from '../../../../src/graph/rules/names/pool-ref-missing';
import { linesOf } from '../../lint';
import { object, pool } from '../../objects';

const user = (kind: string, poolRef: object, namespace = 'models') => object('inference.networking.x-k8s.io/v1alpha2', kind, `${namespace}/x`, { spec: { poolRef } });

test('objects next to their pool, or of a pool that may be in the cluster', () => {
  expect(linesOf([pool('models/llama'), user('InferenceModelRewrite', { name: 'llama' })], rule)).toEqual([]);
  expect(linesOf([user('InferenceObjective', { name: 'llama' })], rule)).toEqual([]);
});

test('fails for a pool that the namespace does not have', () => {
  expect(linesOf([pool('models/llama'), user('InferenceModelRewrite', { name: 'nope' })], rule)).toEqual([
    'error InferenceModelRewrite models/x: IGW1020 spec.poolRef.name is "nope": names no InferencePool of namespace models: nothing reads it; allowed: llama; name llama',
  ]);
});

test('fails for a pool of another namespace; softly for an objective', () => {
  const lines = (kind: string) => linesOf([pool('models/llama'), user(kind, { name: 'llama' }, 'gateway')], rule);
  expect(lines('InferenceModelRewrite')).toEqual([expect.stringMatching(/^error .*and pools of other namespaces cannot be meant: nothing reads it; put it into namespace models, where the pool is/)]);
  expect(lines('InferenceObjective')).toEqual([expect.stringMatching(/^warning /)]);
});

test('fails for the group that pools were of', () => {
  expect(linesOf([pool('models/llama'), user('InferenceModelRewrite', { group: 'inference.networking.x-k8s.io', name: 'llama' })], rule)).toEqual([
    expect.stringContaining('spec.poolRef.group is "inference.networking.x-k8s.io": is not the group of InferencePool llama'),
  ]);
});
