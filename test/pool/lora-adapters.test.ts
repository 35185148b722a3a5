import { Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { LoraAdapters } from '../../src/pool';

function synth(baseModel: string, adapters: string[]): any {
  const chart = new Chart(Testing.app(), 'team', { namespace: 'gateway-system' });
  new LoraAdapters(chart, 'qwen-adapters', { baseModel, adapters });
  return Testing.synth(chart)[0];
}

test('the smallest map', () => {
  expect(synth('Qwen/Qwen3-32B', ['food-review-1', 'legal'])).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'qwen-adapters', namespace: 'gateway-system', labels: { 'inference.networking.k8s.io/bbr-managed': 'true' } },
    data: { baseModel: 'Qwen/Qwen3-32B', adapters: '- food-review-1\n- legal\n' },
  });
});

test('any names are read as they were written', () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('true', '1', 'a: b', '- x', '#', 'null')).filter((text) => text.trim() !== '');
  fc.assert(fc.property(fc.uniqueArray(name, { minLength: 1 }), (adapters) => {
    expect(parse(synth('base', adapters).data.adapters)).toEqual(adapters);
  }));
});

test('fails for missing, empty and duplicate names', () => {
  expect(() => synth(' ', [])).toThrow(/2 mistakes\n.*IGW509 data.baseModel.*\n.*IGW509 data.adapters: is empty/);
  expect(() => synth('base', ['a', '', 'a'])).toThrow(/data.adapters\[1\].*\n.*data.adapters\[2\] is "a": is listed twice/);
});
