import { rule } from '../../../../src/graph/rules/models/adapter-not-loaded';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const byBase: Change = ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].matches[0].headers[0].name = 'X-Gateway-Base-Model-Name'; }];
const map = (adapters: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'llama', namespace: 'gateway', labels: { 'inference.networking.k8s.io/bbr-managed': 'true' } },
  data: { baseModel: 'llama-8b', adapters },
});
const loads = (...modules: string[]): Change => ['Deployment models/llama', ({ spec }) => {
  spec.template.spec.containers[0].args.push('--enable-lora', '--lora-modules', ...modules);
}];

test('adapters that are loaded and mapped', () => {
  expect(linesOf([...workingSet({}, byBase, loads('sql=/adapters/sql')), map('- sql\n')], rule)).toEqual([]);
});

test('adapters that may be loaded later', () => {
  const later: Change = ['Deployment models/llama', ({ spec }) => {
    spec.template.spec.containers[0].env = [{ name: 'VLLM_ALLOW_RUNTIME_LORA_UPDATING', value: 'True' }];
  }];
  expect(linesOf([...workingSet({}, byBase, later), map('- sql\n')], rule)).toEqual([]);
});

test('fails for an adapter that no pod loads', () => {
  expect(linesOf([...workingSet({}, byBase), map('- sql\n')], rule)[0])
    .toContain('warning ConfigMap gateway/llama: IGW1408 data.adapters is "sql": is an adapter that no pod of InferencePool models/llama loads');
});

test('fails for an adapter that no ConfigMap names', () => {
  const [line] = linesOf([...workingSet({}, byBase, loads('{"name":"sql","path":"/a"}', 'food=/b')), map('- food\n')], rule);
  expect(line).toContain('Deployment models/llama: IGW1408');
  expect(line).toContain('is "sql": is loaded, and no ConfigMap of the body-based router names it');
});
