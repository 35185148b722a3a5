import { rule } from '../../../../src/graph/rules/serving/picker-pool-wrong';
import { FAIL_OPEN, picker, pickerFlags, spec } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const flag = (name: string, value: string) => picker(({ args }) => { args[args.indexOf(name) + 1] = value; });
const drop = (name: string, env?: object[]) => picker((container) => {
  container.args.splice(container.args.indexOf(name), 2);
  container.env = env ?? container.env;
});

test('the pool that asks the picker', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, drop('--pool-namespace')), rule)).toEqual([]);
});

test('fails for another namespace', () => {
  expect(linesOf(workingSet({}, flag('--pool-namespace', 'default')), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1209 spec.template.spec.containers[0].args[3] is "default": namespace default has no InferencePool llama: the endpoint picker never '
    + 'becomes Ready; requests to the model answer 500; allowed: models; set --pool-namespace to models',
  ]);
  expect(linesOf(workingSet({}, flag('--pool-namespace', 'default'), FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning/)]);
});

test('fails for the namespace that is taken when nothing says one', () => {
  expect(linesOf(workingSet({}, drop('--pool-namespace', [])), rule)).toEqual([expect.stringContaining('has no --pool-namespace, and the container no variable NAMESPACE, so that it looks in namespace default, which has no InferencePool llama: the endpoint picker never becomes Ready')]);
  expect(linesOf(workingSet({}, drop('--pool-namespace', [{ name: 'NAMESPACE', value: 'gateway' }])), rule)).toEqual([expect.stringContaining('is the value of NAMESPACE, so that it looks in namespace gateway, which has no InferencePool llama')]);
});

test('fails for a name that is no pool, and says which asks', () => {
  expect(linesOf(workingSet({}, flag('--pool-name', 'lama')), rule)).toEqual([expect.stringContaining('is "lama": names no InferencePool of namespace models')]);
  expect(linesOf(workingSet({}, flag('--pool-name', 'lama')), rule)).toEqual([expect.stringContaining('allowed: llama; name llama')]);
});

test('fails for the group of old pools', () => {
  const [line] = linesOf(workingSet({}, pickerFlags('--pool-group=inference.networking.x-k8s.io')), rule);
  expect(line).toContain('is "inference.networking.x-k8s.io": is not the API group of InferencePool models/llama');
});

test('fails for a pool of another model', () => {
  expect(linesOf(workingSet({}, flag('--pool-name', 'qwen')), rule)).toEqual([
    expect.stringContaining('is "qwen": is not the pool it is asked for: InferencePool models/llama asks it, and gets pods of InferencePool models/qwen'),
  ]);
});

test('fails for a pool that asks the picker of another model', () => {
  const objects = workingSet({}, spec('InferencePool models/llama', ({ endpointPickerRef }) => { endpointPickerRef.name = 'qwen-epp'; }));
  expect(linesOf(objects, rule)).toEqual([
    expect.stringContaining('spec.endpointPickerRef.name is "qwen-epp": leads to the endpoint picker qwen-epp, which picks pods of InferencePool models/qwen: requests get pods of another pool; allowed: llama-epp; name llama-epp'),
  ]);
});

test('a pool that may be in the cluster already', () => {
  const objects = workingSet().filter(({ kind }) => kind !== 'InferencePool');
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toHaveLength(2);
});
