import { Chart, Duration, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { warningsOf } from '../../src/core';
import {
  EndpointPicker, EndpointPickerConfig, EndpointPickerConfigProps, EndpointPickerPlugin as Plugin, EndpointPickerRuntime, ModelServerEngine,
} from '../../src/pool';
import { LLMD_PICKER_CONFIG } from '../../src/provider/presets/llmd';

const { GAIE_1_4, GAIE_1_5, LLMD_SCHEDULER_0_6, LLMD_ROUTER_0_9, LLMD_ROUTER_0_10 } = EndpointPickerRuntime;
const RUNTIMES: [string, EndpointPickerRuntime][] = [GAIE_1_4, GAIE_1_5, LLMD_SCHEDULER_0_6, LLMD_ROUTER_0_9, LLMD_ROUTER_0_10]
  .map((runtime) => [runtime.name, runtime]);
const LLMD: [string, EndpointPickerRuntime][] = RUNTIMES.filter(([name]) => name.startsWith('llm-d'));

interface Options { readonly image?: string; readonly modelServer?: ModelServerEngine; readonly flags?: { [name: string]: string } }

function pick(config: EndpointPickerConfig, runtime?: EndpointPickerRuntime, options: Options = {}): { text: string; warnings: string[] } {
  const chart = new Chart(Testing.app(), 'team', { namespace: 'models' });
  new EndpointPicker(chart, 'picker', { poolName: 'qwen', namespace: 'models', config, runtime, ...options });
  const configMap = Testing.synth(chart).find(({ kind }) => kind === 'ConfigMap');
  return { text: configMap.data['default-plugins.yaml'], warnings: warningsOf(chart) };
}

function render(props: EndpointPickerConfigProps, runtime = GAIE_1_5, options: Options = {}): any {
  return parse(pick(EndpointPickerConfig.of(props), runtime, options).text);
}

const yaml = (body: string, version = GAIE_1_5.configApiVersion) => EndpointPickerConfig.yaml(`apiVersion: ${version}\nkind: EndpointPickerConfig\n${body}`);

test('the smallest configuration is only a head', () => {
  expect(EndpointPickerConfig.of({}).document).toBe('apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\n');
  expect(EndpointPickerConfig.upstreamDefault().document).toBe(EndpointPickerConfig.of({}).document);
});

describe('presets', () => {
  test.each(RUNTIMES)('upstream\'s default and the chart\'s are valid for %s', (_, runtime) => {
    expect(pick(EndpointPickerConfig.upstreamDefault(), runtime).text).toMatchSnapshot();
    expect(pick(EndpointPickerConfig.prefixAware(), runtime).text).toMatchSnapshot();
  });

  test.each(LLMD)('those of llm-d are valid for %s', (_, runtime) => {
    expect(pick(EndpointPickerConfig.llmd(), runtime).text).toMatchSnapshot();
    expect(pick(EndpointPickerConfig.prefillDecode({ nonCachedTokens: 32 }), runtime).text).toMatchSnapshot();
    expect(pick(EndpointPickerConfig.precisePrefix({ modelName: 'Qwen/Qwen3-0.6B', hashSeed: '42' }), runtime).text).toMatchSnapshot();
  });

  test.each([['GAIE 1.5', GAIE_1_5], ['llm-d router 0.10', LLMD_ROUTER_0_10]])('predicted latency is valid for %s', (_, runtime) => {
    expect(pick(EndpointPickerConfig.predictedLatency(), runtime).text).toMatchSnapshot();
  });

  test('llm-d\'s is the text of AI Runway\'s provider', () => {
    expect(EndpointPickerConfig.llmd().documentFor(LLMD_SCHEDULER_0_6)).toBe(LLMD_PICKER_CONFIG);
  });

  test('fails for llm-d\'s on GAIE, and names the runtimes', () => {
    expect(() => pick(EndpointPickerConfig.llmd()))
      .toThrow(/IGW506 .* is "decode-filter": is no plugin of GAIE 1.5; choose a runtime that has it: llm-d inference scheduler 0.6, llm-d router 0.9, llm-d router 0.10/);
  });
});

describe('dialects', () => {
  const props: EndpointPickerConfigProps = {
    schedulingProfiles: [{ plugins: [{ plugin: Plugin.queueScorer(), weight: 1 }] }],
    saturationDetector: Plugin.utilizationDetector({ queueDepthThreshold: 10 }),
    flowControl: {
      maxBytes: '1Gi',
      defaultRequestTtl: Duration.seconds(30),
      priorityBands: [{ priority: 10, maxBytes: '100M', ordering: Plugin.earliestDeadlineOrdering() }, { priority: -1 }],
    },
    metricsExtractor: Plugin.coreMetricsExtractor({ defaultEngine: 'sglang' }),
  };

  test.each(RUNTIMES.filter(([name]) => !name.includes('scheduler')))('of %s', (_, runtime) => {
    expect(render(props, runtime)).toMatchSnapshot();
  });

  test('a parser goes where the runtime looks for it', () => {
    const parser = Plugin.vllmGrpcParser();
    expect(render({ parser }).parser).toEqual({ pluginRef: 'vllmgrpc-parser' });
    expect(render({ parser }, LLMD_ROUTER_0_10).requestHandler).toEqual({ parsers: [{ pluginRef: 'vllmgrpc-parser' }] });
    expect(() => render({ parser }, GAIE_1_4)).toThrow(/IGW507 endpointPicker.config.parser .* cannot be chosen in GAIE 1.4/);
  });

  test('fails for a detector that the runtime cannot choose', () => {
    expect(() => render({ saturationDetector: Plugin.concurrencyDetector() }, GAIE_1_4)).toThrow(/IGW507 endpointPicker.config.saturationDetector/);
  });

  test('fails for limits that a runtime has no words for', () => {
    expect(() => render({ flowControl: { maxRequests: 10 } }, GAIE_1_4)).toThrow(/IGW507 .*flowControl.maxRequests: is no key of GAIE 1.4; use maxBytes instead/);
  });
});

describe('model servers', () => {
  const engines = Object.values(ModelServerEngine).flatMap((engine) => RUNTIMES.map(([name, runtime]) => [engine, name, runtime] as const));

  test.each(engines)('%s on %s', (engine, _, runtime) => {
    expect(pick(EndpointPickerConfig.prefixAware(), runtime, { modelServer: engine }).text).toMatchSnapshot();
  });

  test('the llm-d scheduler 0.6 is told by flags', () => {
    expect(() => render({ metricsExtractor: Plugin.coreMetricsExtractor({ defaultEngine: 'sglang' }) }, LLMD_SCHEDULER_0_6))
      .toThrow(/IGW507 endpointPicker.config.metricsExtractor .*is ignored by llm-d inference scheduler 0.6; set `modelServer`/);
  });

  test('fails for YAML that names another engine', () => {
    const text = (engine: string) => `plugins:\n- type: core-metrics-extractor\n  parameters:\n    defaultEngine: ${engine}\n`;
    expect(() => pick(yaml(text('vllm')), GAIE_1_5, { modelServer: ModelServerEngine.SGLANG })).toThrow(/IGW505 endpointPicker.modelServer is "sglang"/);
    expect(() => pick(yaml(text('sglang')), GAIE_1_5, { modelServer: ModelServerEngine.SGLANG })).not.toThrow();
  });
});

describe('profiles', () => {
  const [queue, picker] = [Plugin.queueScorer(), Plugin.maxScorePicker()];

  test('plugins are listed once, whichever profile they are in', () => {
    const profiles = ['prefill', 'decode'].map((name) => ({ name, plugins: [{ plugin: queue, weight: 1 }, { plugin: Plugin.maxScorePicker() }] }));
    const document = render({ schedulingProfiles: profiles, plugins: [Plugin.disaggProfileHandler()] }, LLMD_ROUTER_0_10);
    expect(document.plugins.map(({ type }: any) => type)).toEqual(['disagg-profile-handler', 'queue-scorer', 'max-score-picker']);
  });

  test('plugins can be referred to by name', () => {
    const named = Plugin.queueScorer({ name: 'short-queue' });
    expect(render({ plugins: [named], schedulingProfiles: [{ plugins: [{ pluginRef: 'short-queue', weight: 1 }] }] }).schedulingProfiles)
      .toEqual([{ name: 'default', plugins: [{ pluginRef: 'short-queue', weight: 1 }] }]);
  });

  test.each<[string, EndpointPickerConfigProps, RegExp]>([
    ['a scorer without weight', { schedulingProfiles: [{ plugins: [{ plugin: queue }] }] }, /IGW505 .*plugins\[0\].weight: is missing, and queue-scorer is a scorer/],
    ['a negative weight', { schedulingProfiles: [{ plugins: [{ plugin: queue, weight: -1 }] }] }, /IGW505 .*weight is -1/],
    ['a weight that is no number', { schedulingProfiles: [{ plugins: [{ plugin: queue, weight: NaN }] }] }, /IGW505 .*weight.*has the wrong type/],
    ['an undefined reference', { schedulingProfiles: [{ plugins: [{ pluginRef: 'nobody' }] }] }, /IGW505 .*pluginRef is "nobody": is not defined; allowed: none is defined/],
    ['no reference', { schedulingProfiles: [{ plugins: [{}] }] }, /IGW505 .*pluginRef: names no plugin/],
    ['a duplicate reference', { schedulingProfiles: [{ plugins: [{ plugin: queue, weight: 1 }, { plugin: queue, weight: 2 }] }] }, /is in the profile twice/],
    ['two plugins of one name', { plugins: [queue, Plugin.queueScorer({ parameters: { a: 1 } })] }, /IGW505 .*plugins\[1\].name is "queue-scorer": is the name of two plugins/],
    ['two pickers', { schedulingProfiles: [{ plugins: [{ plugin: picker }, { plugin: Plugin.randomPicker() }] }] }, /has several pickers/],
    ['two profile handlers', { plugins: [Plugin.singleProfileHandler(), Plugin.singleProfileHandler({ name: 'b' })] }, /has several profile handlers/],
    ['two profiles of one name', { schedulingProfiles: [{ plugins: [] }, { plugins: [] }] }, /is "default": is the name of two profiles/],
    ['two profiles without handler', { schedulingProfiles: [{ plugins: [] }, { name: 'b', plugins: [] }] }, /has no profile handler, and there are 2 profiles/],
    ['two profiles of a single handler', { plugins: [Plugin.singleProfileHandler()], schedulingProfiles: [{ plugins: [] }, { name: 'b', plugins: [] }] }, /runs one profile, and there are 2/],
    ['two bands of one priority', { flowControl: { priorityBands: [{ priority: 1 }, { priority: 1 }] } }, /priorityBands\[1\].priority is 1: has two bands/],
    ['a policy that is none', { flowControl: { priorityBands: [{ priority: 1, fairness: queue }] } }, /is a scorer, no fairness policy/],
    ['a feature gate of another build', { featureGates: ['prepareDataPlugins'] }, /IGW507 .*is no feature gate of GAIE 1.5; allowed: dataLayer, enableLegacyMetrics, flowControl/],
    ['a plugin nobody has', { plugins: [Plugin.of('nonsense')] }, /IGW506 .* is "nonsense": is no plugin of GAIE 1.5; see EndpointPickerRuntime.pluginTypes/],
    ['a plugin spelled otherwise', { plugins: [Plugin.of('QueueScorer')] }, /IGW506 .* write queue-scorer/],
    ['an undefined decider', { plugins: [Plugin.disaggProfileHandler({ prefillDecider: 'nobody' })] }, /deciders.prefill is "nobody": is not defined/],
  ])('fails for %s', (_, props, message) => {
    expect(() => render(props)).toThrow(message);
  });

  test('fails for a decider that comes too late, where order matters', () => {
    const plugins = [Plugin.disaggProfileHandler({ prefillDecider: 'prefix-based-pd-decider' }), Plugin.prefixBasedPdDecider()];
    expect(() => render({ plugins }, LLMD_ROUTER_0_9)).toThrow(/comes after the disagg-profile-handler that names it/);
    expect(() => render({ plugins }, LLMD_ROUTER_0_10)).not.toThrow();
  });

  test('fails for experimental plugins, unless they are allowed', () => {
    const plugins = [Plugin.of('utilization-filter')];
    expect(() => render({ plugins }, LLMD_ROUTER_0_10)).toThrow(/IGW506 .*is experimental in llm-d router 0.10/);
    expect(() => render({ plugins }, LLMD_ROUTER_0_10, { flags: { 'allow-experimental-plugins': 'true' } })).not.toThrow();
  });
});

describe('YAML', () => {
  test('is written byte for byte', () => {
    const text = `# why\napiVersion: ${GAIE_1_5.configApiVersion}\nkind:   EndpointPickerConfig\nplugins: [{type: queue-scorer}]`;
    expect(pick(EndpointPickerConfig.yaml(text)).text).toBe(text);
  });

  test.each<[string, string, RegExp]>([
    ['is none', '\t: [', /IGW505 endpointPicker.config: is not YAML: /],
    ['has two documents', '---\na: 1\n', /has 2 documents/],
    ['has plugins that are no list', 'plugins: {type: queue-scorer}\n', /IGW505 endpointPicker.config.plugins .*is not a list/],
    ['has an unknown key', 'plugin: []\n', /IGW507 endpointPicker.config.plugin: is no key of GAIE 1.5; allowed: apiVersion, kind/],
    ['has a key of GAIE 1.4', 'data: {sources: []}\n', /IGW507 endpointPicker.config.data: is no key of GAIE 1.5; use dataLayer instead/],
    ['has thresholds of GAIE 1.4', 'saturationDetector: {queueDepthThreshold: 5}\n', /use pluginRef of a utilization-detector/],
    ['has a weight of text', 'schedulingProfiles: [{name: a, plugins: [{pluginRef: b, weight: "2"}]}]\n', /weight is "2": has the wrong type; allowed: a number/],
    ['has a plugin without type', 'plugins: [{name: a}]\n', /plugins\[0\].type: is missing/],
    ['has a source that is none', 'plugins: [{type: queue-scorer}]\ndataLayer: {sources: [{pluginRef: queue-scorer}]}\n', /is a scorer, no data source/],
    ['has a detector that is none', 'plugins: [{type: queue-scorer}]\nsaturationDetector: {pluginRef: queue-scorer}\n', /is a scorer, no saturation detector/],
    ['has a bad quantity', 'featureGates: [flowControl]\nflowControl: {maxBytes: many}\n', /maxBytes is "many": has the wrong type/],
  ])('fails when it %s', (_, body, message) => {
    expect(() => pick(yaml(body))).toThrow(message);
  });

  test('takes what the build takes: a scorer without weight, and with a warning one that is there twice', () => {
    const profile = (...plugins: string[]) => yaml(`plugins: [{type: queue-scorer}]\nschedulingProfiles: [{name: default, plugins: [${plugins.join()}]}]\n`);
    expect(pick(profile('{pluginRef: queue-scorer}')).warnings).toEqual([]);
    expect(pick(profile('{pluginRef: queue-scorer, weight: 1}', '{pluginRef: queue-scorer, weight: 2}')).warnings).toEqual([
      expect.stringMatching(/IGW505 .*plugins\[1\]\.pluginRef is "queue-scorer": is in the profile twice/),
    ]);
  });

  test('fails for the group or version of another build', () => {
    expect(() => pick(yaml('', 'llm-d.ai/v1alpha1'))).toThrow(/IGW507 endpointPicker.config.apiVersion is "llm-d.ai\/v1alpha1": is not read by GAIE 1.5/);
    expect(() => pick(yaml('', 'llm-d.ai/v1'), LLMD_ROUTER_0_10)).toThrow(/IGW507/);
    expect(() => pick(yaml(''), LLMD_ROUTER_0_10)).not.toThrow();
    expect(() => pick(EndpointPickerConfig.yaml('apiVersion: v1\nkind: ConfigMap\n'))).toThrow(/2 mistakes.*\n.*kind is "ConfigMap".*\n.*apiVersion/);
  });

  test('fails with the gate of GAIE 1.4 and no sources', () => {
    expect(() => pick(yaml('featureGates: [dataLayer]\n'), GAIE_1_4)).toThrow(/IGW505 .*data.sources: is missing, and the gate dataLayer is on/);
  });

  test('warns of sections that a gate switches off', () => {
    expect(pick(yaml('flowControl: {maxBytes: 1Gi}\n')).warnings).toEqual([expect.stringMatching(/IGW508 endpointPicker.config.flowControl: is ignored/)]);
    expect(pick(yaml('flowControl: {saturationDetector: {}}\n', 'llm-d.ai/v1alpha1'), LLMD_ROUTER_0_10).warnings).toEqual([]);
  });

  test('an image that is no known build is checked for structure only', () => {
    const image = 'example.com/epp:1';
    expect(() => pick(yaml('plugins: [{type: mine}]\nmine: {}\n', 'example.com/v1'), undefined, { image })).not.toThrow();
    expect(() => pick(yaml('plugins: [{type: mine}, {type: mine}]\nschedulingProfiles: [{name: a, plugins: [{pluginRef: other}]}]\n'), undefined, { image }))
      .toThrow(/2 mistakes\n.*is the name of two plugins.*\n.*"other": is not defined/);
  });

  test('a known image is checked as its build', () => {
    const text = yaml('plugins: [{type: decode-filter}]\n');
    expect(() => pick(text, undefined, { image: 'mirror.example.com/llm-d/llm-d-inference-scheduler:v0.6.0' })).not.toThrow();
    expect(() => pick(text, undefined, { image: 'mirror.example.com/gateway-api-inference-extension/epp:v1.5.0' })).toThrow(/IGW506/);
  });

  test('any text is either written or refused with a code', () => {
    const lines = fc.array(fc.constantFrom(
      'plugins:', '- type: queue-scorer', '- type: x', '  name: a', 'schedulingProfiles:', '- name: p', '  plugins:', '  - pluginRef: a', '    weight: 1',
      'saturationDetector: 1', 'dataLayer: {sources: [1]}', 'flowControl: {priorityBands: [null]}', 'parser: {}', 'featureGates: x', 'plugins: [null]',
    ), { maxLength: 8 });
    fc.assert(fc.property(fc.oneof(fc.string(), lines.map((some) => some.join('\n'))), fc.boolean(), (body, known) => {
      const config = yaml(body);
      try {
        return pick(config, undefined, known ? {} : { image: 'example.com/epp:1' }).text === config.document;
      } catch (error) {
        return /IGW50[567] /.test((error as Error).message);
      }
    }), { numRuns: 500 });
  });
});
