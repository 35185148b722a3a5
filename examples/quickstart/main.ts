/*
 * One Istio gateway and two models of two teams, each model with everything it needs to answer requests.
 */
import { App, Chart, Size } from 'cdk8s';
import { Engine, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway } from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

// The name sorts first, so that `kubectl apply -f dist` creates the namespaces before anything in them.
const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'team-a', 'team-b']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', {
  implementation: GatewayImplementation.istio(),
});
gateway.addBodyBasedRouter();

new ModelDeployment(new Chart(app, 'team-a', { namespace: 'team-a' }), 'qwen3', {
  gateway,
  provider: ProviderGateway.llmd(platform, 'llmd'),
  model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: 'qwen3' }),
  engine: Engine.vllm({ contextLength: 8192 }),
  resources: { gpus: 1, memory: Size.gibibytes(32) },
});

new ModelDeployment(new Chart(app, 'team-b', { namespace: 'team-b' }), 'phi-4-mini', {
  gateway,
  provider: ProviderGateway.vllm(platform, 'vllm'),
  model: Model.huggingFace('microsoft/Phi-4-mini-instruct', { servedName: 'phi-4-mini' }),
  engine: Engine.vllm({ contextLength: 16384 }),
  resources: { gpus: 1, memory: Size.gibibytes(32) },
});

app.synth();
