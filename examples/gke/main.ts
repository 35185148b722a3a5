/*
 * Google Kubernetes Engine with its regional internal load balancer. GKE takes health checks, timeouts and the body-based router
 * in objects of its own.
 */
import { App, Chart, Duration, Size } from 'cdk8s';
import {
  Engine, EndpointPickerConfig, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'models']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.gke() });
gateway.addBodyBasedRouter();

new ModelDeployment(new Chart(app, 'models', { namespace: 'models' }), 'qwen3-8b', {
  gateway,
  provider: ProviderGateway.vllm(platform, 'vllm'),
  model: Model.huggingFace('Qwen/Qwen3-8B', { servedName: 'qwen3-8b' }),
  engine: Engine.vllm({ contextLength: 16384 }),
  resources: { gpus: 1, memory: Size.gibibytes(24) },
  replicas: 2,
  timeout: Duration.minutes(10),
  endpointPicker: { config: EndpointPickerConfig.prefixAware() },
  nodeSelector: { 'cloud.google.com/gke-accelerator': 'nvidia-l4' },
});

app.synth();
