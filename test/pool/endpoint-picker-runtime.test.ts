import { Chart, Testing } from 'cdk8s';
import { EndpointPickerConfig, EndpointPickerFlagType, EndpointPickerPlugin, EndpointPickerRuntime, ModelPool } from '../../src/pool';

const RUNTIMES = ([
  'GAIE_1_4', 'GAIE_1_5', 'LLMD_SCHEDULER_0_6', 'LLMD_ROUTER_0_9', 'LLMD_ROUTER_0_10',
] as const).map((key) => [key, EndpointPickerRuntime[key]] as const);

function objects(runtime: EndpointPickerRuntime, flags: { [name: string]: string } = {}, config?: EndpointPickerConfig): any[] {
  const chart = new Chart(Testing.app(), 'team', { namespace: 'models' });
  new ModelPool(chart, 'qwen', { matchLabels: { app: 'qwen' }, port: 8000, endpointPicker: { runtime, flags, config } });
  return Testing.synth(chart);
}

test('the smallest runtime of your own is GAIE 1.5 with another image', () => {
  const runtime = EndpointPickerRuntime.of({ image: 'registry.example.com/epp:1' });
  const { GAIE_1_5 } = EndpointPickerRuntime;
  expect(objects(runtime)).toEqual(JSON.parse(JSON.stringify(objects(GAIE_1_5)).replaceAll(GAIE_1_5.image, runtime.image)));
});

test.each(RUNTIMES)('%s renders everything of its build', (_, runtime) => {
  expect(objects(runtime)).toMatchSnapshot();
});

test.each(RUNTIMES)('%s is known by its image', (_, runtime) => {
  expect(EndpointPickerRuntime.fromImage(runtime.image)).toBe(runtime);
  expect(EndpointPickerRuntime.fromImage(`mirror.example.com:5000/proxy/${runtime.image}@sha256:0`)).toBe(runtime);
});

test.each(['example.com/epp:1', 'epp', 'registry.k8s.io/gateway-api-inference-extension/epp@sha256:0', 'ghcr.io/llm-d/llm-d-inference-scheduler:v0.7.1', ''])(
  'the image %s is no known build', (image) => expect(EndpointPickerRuntime.fromImage(image)).toBeUndefined());

test.each(RUNTIMES)('what %s tells of itself', (_, runtime) => {
  const { name, image, pluginTypes, flags, configApiVersion, objectiveApiVersion, engineTypeLabel, headers } = runtime;
  expect({ name, image, pluginTypes, flags, configApiVersion, objectiveApiVersion, engineTypeLabel, headers }).toMatchSnapshot();
});

test.each(RUNTIMES)('%s reads objectives and rewrites of its groups', (key, runtime) => {
  const rules = objects(runtime).find(({ kind }) => kind === 'Role').rules;
  expect(rules[3].apiGroups).toEqual(key.startsWith('LLMD_ROUTER') ? ['inference.networking.x-k8s.io', 'llm-d.ai'] : ['inference.networking.x-k8s.io']);
});

test.each(RUNTIMES)('%s takes each of its flags that no property decides', (_, runtime) => {
  const decided = /^(pool-|config-|endpoint-|grpc-port|grpc-health-port|metrics-port|metrics-endpoint|ha-|secure-|cert-|enable-cert|tracing|v$)/;
  const { flags: facts } = runtime._build;
  const values = { bool: 'false', int: '1', string: 'x', duration: '1s', ints: '1,2', strings: 'a,b' };
  const flags = Object.fromEntries(runtime.flags.filter((name) => !decided.test(name)).map((name) => [name, values[facts[name].type]]));
  expect(Object.keys(flags).length).toBeGreaterThan(10);
  expect(() => objects(runtime, flags)).not.toThrow();
});

test.each(RUNTIMES)('%s takes each of its plugins', (_, runtime) => {
  const { profileHandler = [] } = runtime._build.plugins;
  const plugins = runtime.pluginTypes.filter((type) => !profileHandler.includes(type)).map((type) => EndpointPickerPlugin.of(type));
  const allow = runtime.flags.includes('allow-experimental-plugins') ? { 'allow-experimental-plugins': 'true' } : undefined;
  expect(() => objects(runtime, allow, EndpointPickerConfig.of({ plugins }))).not.toThrow();
});

test('a build of your own has more plugins and flags', () => {
  const runtime = EndpointPickerRuntime.of({
    image: 'registry.example.com/epp:1', basedOn: EndpointPickerRuntime.LLMD_ROUTER_0_10, extraPlugins: ['my-filter'], extraFlags: { 'my-flag': EndpointPickerFlagType.BOOL },
  });
  const config = EndpointPickerConfig.of({ plugins: [EndpointPickerPlugin.of('my-filter')] });
  expect(() => objects(runtime, { 'my-flag': 'true' }, config)).not.toThrow();
  expect(() => objects(runtime, { 'my-flag': '1' }, config)).toThrow(/true or false/);
  expect(() => objects(EndpointPickerRuntime.LLMD_ROUTER_0_10, {}, config)).toThrow(/IGW506 .*my-filter/);
});
