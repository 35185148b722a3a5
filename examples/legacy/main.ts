/*
 * A cluster with the older API group, kubeairunway.ai. One model is rendered completely, the other is left to the controller.
 */
import { App, Chart, Size } from 'cdk8s';
import {
  AirunwayApi, EndpointPicker, Engine, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway, Rendering,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'team-a', 'team-b']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const airunwayApi = AirunwayApi.KUBEAIRUNWAY;
const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio(), airunwayApi });
gateway.addBodyBasedRouter();

const options = {
  gateway,
  provider: ProviderGateway.vllm(platform, 'vllm', { airunwayApi }),
  engine: Engine.vllm({ contextLength: 8192 }),
  resources: { gpus: 1, memory: Size.gibibytes(32) },
};

const teamA = new Chart(app, 'team-a', { namespace: 'team-a' });
new ModelDeployment(teamA, 'qwen3', {
  ...options,
  model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: 'qwen3' }),
});

const teamB = new Chart(app, 'team-b', { namespace: 'team-b' });
new ModelDeployment(teamB, 'phi-4-mini', {
  ...options,
  model: Model.huggingFace('microsoft/Phi-4-mini-instruct', { servedName: 'phi-4-mini' }),
  rendering: Rendering.CONTROLLER,
});

// The older group makes no endpoint pickers: every pool, the controller's too, refers to this name in its own namespace.
const name = 'kubeairunway-epp';
new EndpointPicker(teamA, name, { name, poolName: 'qwen3', namespace: 'team-a' }).addDestinationRule();
new EndpointPicker(teamB, name, { name, poolName: 'phi-4-mini', namespace: 'team-b' }).addDestinationRule();

app.synth();
