import { rule } from '../../../../src/graph/rules/picker/picker-config-twice';
import { FAIL_OPEN, pickerFlags } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

test('one configuration', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, pickerFlags('--config-text=')), rule)).toEqual([]);
});

test('fails for two', () => {
  const change = pickerFlags('--config-text', 'kind: EndpointPickerConfig');
  expect(linesOf(workingSet({}, change), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1306 spec.template.spec.containers[0].args[9] is "--config-text": does not go with --config-file /config/default-plugins.yaml: the endpoint picker exits '
    + 'at start; requests to the model answer 500; remove one of the two',
  ]);
  expect(linesOf(workingSet({}, change, FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning/)]);
});
