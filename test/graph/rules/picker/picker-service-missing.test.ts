import { rule } from '../../../../src/graph/rules/picker/picker-service-missing';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

test('a picker with its Service', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('a Service that may be in the cluster already', () => {
  const objects = workingSet().filter(({ kind }) => kind === 'InferencePool');
  expect(linesOf(objects, rule)).toEqual([]);
  expect(linesOf(objects, rule, { closed: true })).toHaveLength(2);
});

test('fails without the Service of a picker that is in the set', () => {
  const [line] = linesOf(edit(workingSet(), ['Service models/llama-epp', null]), rule);
  expect(line).toBe('error InferencePool models/llama: IGW1301 spec.endpointPickerRef.name is "llama-epp": names no Service of namespace models: the gateway asks no endpoint picker, and requests to the model answer 500; '
    + 'add the Service in front of Deployment models/llama-epp, or name the one it has');
});

test('fails for a name that is not that of the Service, and says which is', () => {
  const [line] = linesOf(workingSet({}, ['InferencePool models/llama', ({ spec }) => { spec.endpointPickerRef.name = 'picker'; }]), rule);
  expect(line).toContain('is "picker": names no Service of namespace models: the gateway asks no endpoint picker, and requests to the model answer 500; name llama-epp, which leads to the endpoint picker llama-epp');
});
