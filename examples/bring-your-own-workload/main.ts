/*
 * A model server of your own, any workload of cdk8s-plus-28, behind the gateway.
 */
import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { EndpointPickerConfig, GatewayImplementation, InferenceGateway, ModelPool } from 'cdk8s-inference-gateway';
import { Cpu, Deployment, k8s, Namespace, Probe } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'team-a']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
gateway.addBodyBasedRouter();

const team = new Chart(app, 'team-a', { namespace: 'team-a' });
const server = new Deployment(team, 'qwen2-5-7b', {
  metadata: { name: 'qwen2-5-7b' },
  replicas: 2,
  // The image runs as root and writes to its own file system: the defaults of cdk8s-plus would keep it from starting.
  securityContext: { ensureNonRoot: false },
  containers: [{
    name: 'vllm',
    image: 'vllm/vllm-openai:v0.11.0',
    args: ['--model', 'Qwen/Qwen2.5-7B-Instruct', '--served-model-name', 'qwen2.5-7b', '--port', '8000'],
    ports: [{ name: 'http', number: 8000 }],
    securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
    resources: {
      cpu: { request: Cpu.units(4) },
      memory: { request: Size.gibibytes(32), limit: Size.gibibytes(32) },
    },
    // Ten minutes to download and load the model.
    startup: Probe.fromHttpGet('/health', { port: 8000, periodSeconds: Duration.seconds(10), failureThreshold: 60 }),
    liveness: Probe.fromHttpGet('/health', { port: 8000 }),
    readiness: Probe.fromHttpGet('/health', { port: 8000 }),
  }],
});
// cdk8s-plus knows no GPUs. Its patches drop a plain number here: it has to be a Quantity.
ApiObject.of(server).addJsonPatch(
  JsonPatch.add('/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu', k8s.Quantity.fromString('1')),
);

const pool = new ModelPool(team, 'qwen2-5-7b-pool', {
  name: 'qwen2-5-7b',
  workload: server,
  port: 8000,
  endpointPicker: { config: EndpointPickerConfig.prefixAware() },
});
pool.routeFrom(gateway, { modelName: 'qwen2.5-7b', timeout: Duration.minutes(10) });

app.synth();
