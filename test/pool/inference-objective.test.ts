import { Chart, Testing } from 'cdk8s';
import { InferenceObjective, InferenceObjectiveProps } from '../../src/pool';

function synth(props: Partial<InferenceObjectiveProps> = {}): any {
  const chart = new Chart(Testing.app(), 'team');
  new InferenceObjective(chart, 'batch', { poolName: 'qwen', ...props });
  return Testing.synth(chart)[0];
}

test('the smallest objective', () => {
  expect(synth()).toEqual({
    apiVersion: 'inference.networking.x-k8s.io/v1alpha2',
    kind: 'InferenceObjective',
    metadata: { name: 'batch', namespace: 'default' },
    spec: { poolRef: { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen' } },
  });
});

test('priorities may be zero and negative', () => {
  expect(synth({ priority: 0 }).spec.priority).toBe(0);
  expect(synth({ priority: -10 }).spec.priority).toBe(-10);
});

test.each([1.5, NaN, 2 ** 31])('fails for the priority %d', (priority) => {
  expect(() => synth({ priority })).toThrow(/IGW509 spec.priority/);
});

test('fails for names that are none', () => {
  expect(() => synth({ name: 'Batch', poolName: '' })).toThrow(/2 mistakes\n.*IGW101 name.*\n.*IGW101 poolName/);
});
