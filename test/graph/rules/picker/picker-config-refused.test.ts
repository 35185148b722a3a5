import { rule } from '../../../../src/graph/rules/picker/picker-config-refused';
import { FAIL_OPEN, configuration, picker } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const HEAD = 'apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\n';
const profile = (...refs: string[]) => `schedulingProfiles:\n- name: default\n  plugins:\n${refs.map((ref) => `  - pluginRef: ${ref}\n`).join('')}`;
const image = (name: string) => picker((container) => { container.image = name; });
const LLMD = `${HEAD}plugins:\n- type: decode-filter\n- type: max-score-picker\n${profile('decode-filter', 'max-score-picker')}`;

test('configurations that the build takes', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, configuration('')), rule)).toEqual([]);
  expect(linesOf(workingSet({}, configuration(LLMD), image('ghcr.io/llm-d/llm-d-inference-scheduler:v0.6.0')), rule)).toEqual([]);
});

test('fails for plugins of llm-d in the image of the inference extension', () => {
  const [line] = linesOf(workingSet({}, configuration(LLMD)), rule);
  expect(line).toMatch(/^error ConfigMap models\/llama-epp: IGW1307 data\["default-plugins.yaml"\] is "decode-filter": plugins\[0\].type is no plugin of GAIE 1.5; llama-epp exits at start; requests to the model answer 500; run a build that has it: /);
  expect(linesOf(workingSet({}, configuration(LLMD), FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning/)]);
});

test.each([
  ['the group of llm-d', HEAD.replace('inference.networking.x-k8s.io', 'llm-d.ai'), 'is "llm-d.ai/v1alpha1": apiVersion is not read by GAIE 1.5'],
  ['another kind', HEAD.replace('EndpointPickerConfig', 'Config'), 'is "Config": kind is not the kind of a configuration'],
  ['a reference to nothing', `${HEAD}plugins:\n- type: queue-scorer\n${profile('kv-cache-utilization-scorer')}`, 'schedulingProfiles[0].plugins[0].pluginRef is not defined'],
  ['two plugins of a name', `${HEAD}plugins:\n- type: queue-scorer\n- type: queue-scorer\n`, 'plugins[1].name is the name of two plugins'],
  ['an unknown key', `${HEAD}data: {}\n`, 'data is no key of GAIE 1.5'],
  ['what is not YAML', `${HEAD}plugins: [`, 'the configuration is not YAML'],
  ['a list', '- a\n', 'the configuration is no EndpointPickerConfig'],
])('fails for %s', (_, text, message) => {
  expect(linesOf(workingSet({}, configuration(text)), rule)).toEqual([expect.stringContaining(message)]);
});

test('fails for text on the command line', () => {
  const objects = workingSet({}, picker(({ args }) => { args.splice(args.indexOf('--config-file'), 2, `--config-text=${LLMD}`); }));
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('Deployment models/llama-epp: IGW1307 spec.template.spec.containers[0].args[6] is "decode-filter"')]);
});

test('fails softly where the image is not known', () => {
  const unknown = image('example.com/epp:1');
  expect(linesOf(workingSet({}, configuration(`${HEAD}plugins:\n- type: mine\n`), unknown), rule)).toEqual([]);
  expect(linesOf(workingSet({}, configuration(`${HEAD}${profile('mine')}`), unknown), rule)).toEqual([expect.stringMatching(/^warning .*unless its build takes it/)]);
  expect(linesOf(workingSet({}, configuration('a: ['), unknown), rule)).toEqual([expect.stringMatching(/^error/)]);
});

test('fails softly for what the build takes and is hardly meant, or ignores', () => {
  const scorer = `${HEAD}plugins:\n- type: queue-scorer\n`;
  expect(linesOf(workingSet({}, configuration(`${scorer}${profile('queue-scorer')}`)), rule)).toEqual([expect.stringMatching(/^info .*weight is missing, and queue-scorer is a scorer/)]);
  expect(linesOf(workingSet({}, configuration(`${HEAD}flowControl:\n  maxBytes: 1Gi\n`)), rule)).toEqual([expect.stringMatching(/^warning .*flowControl is ignored, because the feature gate flowControl is off/)]);
});

test.each(['plugins: 1', 'plugins: [1]', 'schedulingProfiles: {}', 'dataLayer: {sources: 1}', 'flowControl: {priorityBands: x}', 'requestHandler: {parsers: 3}', 'featureGates: x', 'parser: 7'])(
  'wrong types fail in words: %s', (text) => {
    for (const name of ['registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0', 'example.com/epp:1']) {
      expect(() => linesOf(workingSet({}, configuration(`${HEAD}${text}\n`), image(name)), rule)).not.toThrow();
    }
  },
);
