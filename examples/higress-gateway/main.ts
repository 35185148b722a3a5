/*
 * Higress as the Gateway of InferencePools, installed with `global.enableInferenceExtension=true`.
 */
import { App, Chart, Size } from 'cdk8s';
import {
  Engine, EndpointPickerConfig, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
// Higress itself made higress-system, where its own plugin goes; applying it again changes nothing.
for (const name of ['higress-system', 'gateway-system', 'models']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.higress() });
// Higress reads request bodies itself: this renders a WasmPlugin in higress-system, and no router.
gateway.addBodyBasedRouter();

new ModelDeployment(new Chart(app, 'models', { namespace: 'models' }), 'qwen3-8b', {
  gateway,
  provider: ProviderGateway.vllm(platform, 'vllm'),
  model: Model.huggingFace('Qwen/Qwen3-8B', { servedName: 'qwen3-8b' }),
  engine: Engine.vllm({ contextLength: 16384 }),
  resources: { gpus: 1, memory: Size.gibibytes(48) },
  replicas: 2,
  endpointPicker: { config: EndpointPickerConfig.prefixAware() },
});

app.synth();
