import { rule } from '../../../../src/graph/rules/picker/no-pod-passes-filter';
import { configuration, picker, server } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const PLUGINS = 'plugins:\n- type: decode-filter\n- type: max-score-picker\n';
const HEAD = 'apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\n';
const LLMD = picker((container) => { container.image = 'ghcr.io/llm-d/llm-d-inference-scheduler:v0.6.0'; });
const FILTERED = configuration(`${HEAD}${PLUGINS}schedulingProfiles:\n- name: default\n  plugins:\n  - pluginRef: decode-filter\n  - pluginRef: max-score-picker\n`);
const role = (name: string) => server((_, { spec: { template } }) => { template.metadata.labels['llm-d.ai/role'] = name; });

test('pods without a role, and pods that decode', () => {
  expect(linesOf(workingSet({}, LLMD, FILTERED), rule)).toEqual([]);
  expect(linesOf(workingSet({}, LLMD, FILTERED, role('decode')), rule)).toEqual([]);
  expect(linesOf(workingSet({}, LLMD, FILTERED, role('both')), rule)).toEqual([]);
});

test('a filter that no profile uses', () => {
  expect(linesOf(workingSet({}, LLMD, configuration(`${HEAD}${PLUGINS}`), role('prefill')), rule)).toEqual([]);
});

test('fails for pods that only prefill', () => {
  expect(linesOf(workingSet({}, LLMD, FILTERED, role('prefill')), rule)).toEqual([
    'error Deployment models/llama: IGW1310 spec.template.metadata.labels["llm-d.ai/role"] is "prefill": is the role of all pods of InferencePool models/llama, and the endpoint picker llama-epp '
    + 'uses decode-filter, which leaves none of them: requests answer 429; allowed: decode, both; add pods that decode, or set both',
  ]);
});
