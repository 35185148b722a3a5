import { rule } from '../../../../src/graph/rules/serving/picker-port-missing';
import { spec } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const ref = (change: (ref: any) => void) => spec('InferencePool models/llama', ({ endpointPickerRef }) => { change(endpointPickerRef); });

test('a port', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without a port', () => {
  expect(linesOf(workingSet({}, ref((picker) => { delete picker.port; })), rule)).toEqual([
    'error InferencePool models/llama: IGW1220 spec.endpointPickerRef.port: is missing: the API server refuses endpointPickerRef without port when it names a Service; allowed: 9002; '
    + 'set port.number to 9002',
  ]);
});

test.each(['9002', 0, 70000, null])('fails for %p', (number) => {
  expect(linesOf(workingSet({}, ref((picker) => { picker.port.number = number; })), rule)).toEqual([expect.stringContaining('is no port number')]);
});

test('another kind needs none', () => {
  expect(linesOf(workingSet({}, ref((picker) => { delete picker.port; picker.group = 'example.com'; picker.kind = 'Picker'; })), rule)).toEqual([]);
});
