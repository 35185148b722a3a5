import { presetOf, PRESETS, workloadOf } from '../../src/provider';
import { PINS } from '../../src/versions';

test('a provider that is not known has no preset', () => {
  expect(presetOf('acme')).toBeUndefined();
  expect(presetOf('')).toBeUndefined();
  expect(presetOf('constructor')).toBeUndefined();
});

test('each known provider has a preset and a workload of its name', () => {
  expect(PRESETS.map(({ name }) => name)).toEqual(['dynamo', 'kaito', 'kuberay', 'llmd', 'vllm']);
  for (const preset of PRESETS) {
    expect(presetOf(preset.name)).toBe(preset);
    expect(workloadOf(preset.name)).toBeDefined();
  }
  expect(workloadOf('acme')).toBeUndefined();
  expect(workloadOf('constructor')).toBeUndefined();
});

test.each(PRESETS.map((preset) => [preset.name, preset] as const))('%s: every engine says its modes', (_, { spec }) => {
  for (const { servingModes, gpuSupport } of spec.capabilities!.engines!) {
    expect(servingModes).toContain('aggregated');
    expect(gpuSupport).toBe(true);
  }
});

test('who serves without a GPU, apart, and behind a pool of its own', () => {
  const enginesWhere = (holds: (engine: any) => boolean) => PRESETS.flatMap(({ name, spec }) => (
    spec.capabilities!.engines!.filter(holds).map((engine) => `${name}/${engine.name}`)
  ));
  expect(enginesWhere(({ cpuSupport }) => cpuSupport)).toEqual(['kaito/llamacpp']);
  expect(enginesWhere(({ servingModes }) => servingModes.includes('disaggregated'))).toEqual([
    'dynamo/vllm', 'dynamo/sglang', 'kuberay/vllm', 'llmd/vllm',
  ]);
  expect(enginesWhere(({ gateway }) => gateway?.managesInferencePool)).toEqual(['dynamo/vllm', 'dynamo/sglang', 'dynamo/trtllm']);
  expect(enginesWhere(({ gateway }) => gateway?.ignoresServedName)).toEqual(['kaito/llamacpp']);
  expect(enginesWhere(({ gateway }) => gateway?.endpointPicker)).toEqual(['llmd/vllm']);
});

test('the pinned versions are the ones that are installed', () => {
  const installationOf = (name: string) => presetOf(name)!.annotations.installation;
  expect(installationOf('dynamo')).toContain(`dynamo-platform-${PINS.dynamo}.tgz`);
  expect(installationOf('kaito')).toContain(`--version ${PINS.kaito} `);
  expect(installationOf('kuberay')).toContain(`--version ${PINS.kuberayOperatorChart} `);
  expect(installationOf('vllm')).toContain(`/${PINS.nvidiaDevicePlugin}/`);
});

test.each(PRESETS.map(({ name, annotations }) => [name, annotations] as const))('%s: annotations are escaped as Go does', (_, annotations) => {
  for (const [key, text] of Object.entries(annotations)) {
    expect(text).not.toMatch(/[<>&]/);
    if (['installation', 'capabilities', 'health'].includes(key)) expect(typeof JSON.parse(text)).toBe('object');
  }
});
