import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Size, Testing } from 'cdk8s';
import { GatewayImplementation, GatewayListener, InferenceGateway } from '../../src/gateway';
import {
  EndpointPickerConfig, EndpointPickerMonitoring, EndpointPickerOptions, FailureMode, ModelPool, ModelServerEngine, PoolAppProtocol,
} from '../../src/pool';
import { differences, factsOf } from './chart-facts';

/** What the chart sets for every release, as options. */
const CHART: EndpointPickerOptions = {
  config: EndpointPickerConfig.prefixAware(),
  modelServer: ModelServerEngine.VLLM,
  verbosity: 1,
  cpuRequest: '4',
  memoryRequest: Size.gibibytes(8),
  memoryLimit: Size.gibibytes(16),
};

interface Scenario { readonly options?: EndpointPickerOptions; readonly gateway?: GatewayImplementation }

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'none': {},
  'istio-httproute': { gateway: GatewayImplementation.istio() },
  'gke': { gateway: GatewayImplementation.gke() },
  'monitoring': { options: { monitoring: EndpointPickerMonitoring.serviceMonitor() } },
  'ha': { options: { replicas: 3 } },
  'tracing': { options: { tracing: { endpoint: 'http://localhost:4317' } } },
  'sglang': { options: { modelServer: ModelServerEngine.SGLANG } },
  'trtllm': { options: { modelServer: ModelServerEngine.TRTLLM_SERVE } },
  'triton': { options: { modelServer: ModelServerEngine.TRITON_TENSORRT_LLM } },
  'latency': { options: { latencyPredictor: {}, config: undefined } },
};

/** The differences that are meant to be there. Any other fails. */
const DELIBERATE: readonly { readonly reason: string; readonly difference: RegExp; readonly only?: RegExp }[] = [
  { reason: 'the chart writes a default of the build out', difference: /flags\.pool-group: expected "inference.networking.k8s.io", got undefined/ },
  { reason: 'a release\'s tag is never moved, so nothing is pulled twice', difference: /imagePullPolicy: expected "Always", got "IfNotPresent"/ },
  { reason: 'AI Runway\'s delays: a pool that syncs slowly is not restarted', difference: /containers\.epp\.(liveness|readiness)Probe\.(initialDelaySeconds|periodSeconds|failureThreshold)/ },
  { reason: 'the port of the metrics is open only where they are scraped', difference: /ports\.(http-)?metrics\.\w+: expected .*, got undefined/ },
  { reason: 'a gateway that does not know the name grpc- needs the hint too', difference: /service\.ports\.grpc-ext-proc\.appProtocol: expected undefined/ },
  { reason: 'AI Runway\'s controller grants leases to a single picker too', difference: /^rights\.coordination\.k8s\.io\/leases (create|get|update): expected undefined/ },
  { reason: 'a lease is created, read and updated, never listed, watched, patched or deleted', difference: /^rights\.coordination\.k8s\.io\/leases (list|watch|patch|delete): expected true/, only: /^ha$/ },
  { reason: 'defaults of metrics-data-source', difference: /plugins\.metrics-data-source\.parameters\.(scheme|insecureSkipVerify|path): expected ("http"|true|"\/metrics"), got undefined/ },
  { reason: 'the same sources the build takes when the section is left out', difference: /^config\.dataLayer\.sources\.0\..*: expected undefined, got "(metrics-data-source|core-metrics-extractor)"/ },
  { reason: 'vLLM, said aloud', difference: /core-metrics-extractor\.parameters\.defaultEngine: expected undefined, got "vllm"/ },
  { reason: 'every release has a token of its own, not one Secret name for all', difference: /^monitor\..*credentials\.name: expected "inference-gateway-sa-metrics-reader-secret", got "vllm-qwen3-32b-epp-metrics-reader"/, only: /^monitoring$/ },
  { reason: 'the endpoint picker exits on these flags', difference: /flags\.(total-queued-requests|total-running-requests|kv-cache-usage-percentage|lora-info|cache-info)-metric: expected .*, got undefined/, only: /^(sglang|trtllm|triton)$/ },
  { reason: 'the chart quotes the path, which is then part of it; and the flag is deprecated', difference: /flags\.model-server-metrics-path: expected .*, got undefined/, only: /^trtllm$/ },
  { reason: 'what the flag above was to say', difference: /metrics-data-source\.parameters\.path: expected "\/metrics", got "\/prometheus\/metrics"/, only: /^trtllm$/ },
  { reason: 'defined by the chart and used nowhere', difference: /^config\.plugins\.(queue-scorer|kv-cache-utilization-scorer)\.type: expected .*, got undefined/, only: /^latency$/ },
  { reason: 'a producer has nothing to do in a profile', difference: /^config\.profiles\.default: expected "predicted-latency-producer (.*)", got "\1"/, only: /^latency$/ },
  { reason: 'every scorer has a weight', difference: /^config\.weights\.latency-scorer: expected undefined, got 1/, only: /^latency$/ },
];

function render({ options, gateway: implementation }: Scenario): any[] {
  const chart = new Chart(Testing.app(), 'models', { namespace: 'models' });
  const pool = new ModelPool(chart, 'vllm-qwen3-32b', {
    matchLabels: { app: 'vllm-qwen3-32b' },
    port: 8000,
    appProtocol: PoolAppProtocol.HTTP,
    failureMode: FailureMode.FAIL_OPEN,
    endpointPicker: { ...CHART, ...options },
  });
  if (implementation) {
    pool.connectTo(new InferenceGateway(chart, 'gateway', { implementation, listeners: [GatewayListener.http({ port: 80 })] }));
  }
  return Testing.synth(chart);
}

const left = (scenario: string, found: string[]) => found
  .filter((line) => !DELIBERATE.some(({ difference, only }) => difference.test(line) && (only?.test(scenario) ?? true)));

test('the smallest facts tell a difference', () => {
  const pool = (port: number) => factsOf([{ kind: 'InferencePool', spec: { targetPorts: [{ number: port }] } }]);
  expect(differences(pool(8000), pool(8001))).toEqual(['pool.targetPorts.0.number: expected 8000, got 8001']);
});

const folder = process.env.GOLDENS_DIR;
if (!folder) {
  test.skip('GOLDENS_DIR is not set: nothing to compare with', () => undefined);
} else {
  const golden = (scenario: string): any[] => JSON.parse(readFileSync(join(folder, 'gaie-charts', `inferencepool-${scenario}.json`), 'utf8')).expected;

  test.each(Object.entries(SCENARIOS))('by options alone a pool is what the chart renders for %s', (name, scenario) => {
    expect(left(name, differences(factsOf(golden(name)), factsOf(render(scenario))))).toEqual([]);
  });

  test('every deliberate difference is one', () => {
    const all = Object.entries(SCENARIOS).map(([name, scenario]) => [name, differences(factsOf(golden(name)), factsOf(render(scenario)))] as const);
    const unused = DELIBERATE.filter(({ difference, only }) => !all.some(([name, lines]) => (
      (only?.test(name) ?? true) && lines.some((line) => difference.test(line)))));
    expect(unused.map(({ reason }) => reason)).toEqual([]);
  });
}
