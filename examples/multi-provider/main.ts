/*
 * Five providers behind one gateway. AI Runway's controllers run in the cluster: here are only the custom resources that they act
 * on, the Gateway, and its router.
 */
import { App, Chart, Size } from 'cdk8s';
import {
  DefaultRendering, Engine, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway, Rendering, Serving,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();
DefaultRendering.set(app, Rendering.CONTROLLER);

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'assistants', 'search', 'edge']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
gateway.addBodyBasedRouter();

const assistants = new Chart(app, 'assistants', { namespace: 'assistants' });

new ModelDeployment(assistants, 'qwen3-32b', {
  gateway,
  provider: ProviderGateway.dynamo(platform, 'dynamo'),
  model: Model.huggingFace('Qwen/Qwen3-32B', { servedName: 'qwen3-32b' }),
  engine: Engine.vllm({ args: { 'tensor-parallel-size': '2' } }),
  serving: Serving.disaggregated({
    prefill: { gpus: 2, memory: Size.gibibytes(96), replicas: 2 },
    decode: { gpus: 2, memory: Size.gibibytes(96) },
  }),
});

new ModelDeployment(assistants, 'mistral-7b', {
  gateway,
  provider: ProviderGateway.kuberay(platform, 'kuberay'),
  model: Model.huggingFace('mistralai/Mistral-7B-Instruct-v0.3', { servedName: 'mistral-7b' }),
  engine: Engine.vllm({ contextLength: 16384 }),
  resources: { gpus: 1, memory: Size.gibibytes(48) },
  huggingFaceTokenSecretName: 'hf-token',
});

const search = new Chart(app, 'search', { namespace: 'search' });

new ModelDeployment(search, 'qwen3-8b', {
  gateway,
  provider: ProviderGateway.llmd(platform, 'llmd'),
  model: Model.huggingFace('Qwen/Qwen3-8B', { servedName: 'qwen3-8b' }),
  engine: Engine.vllm({ contextLength: 32768 }),
  serving: Serving.disaggregated({
    prefill: { gpus: 1, memory: Size.gibibytes(48) },
    decode: { gpus: 1, memory: Size.gibibytes(48), replicas: 2 },
  }),
});

new ModelDeployment(search, 'phi-4-mini', {
  gateway,
  provider: ProviderGateway.vllm(platform, 'vllm'),
  model: Model.huggingFace('microsoft/Phi-4-mini-instruct', { servedName: 'phi-4-mini' }),
  engine: Engine.vllm({ contextLength: 16384 }),
  resources: { gpus: 1, memory: Size.gibibytes(32) },
  replicas: 2,
});

new ModelDeployment(new Chart(app, 'edge', { namespace: 'edge' }), 'gemma-3-1b', {
  gateway,
  provider: ProviderGateway.kaito(platform, 'kaito'),
  model: Model.huggingFace('bartowski/gemma-3-1b-it-GGUF'),
  // llama.cpp on KAITO answers to the model id only, so that is what the route has to match on.
  modelName: 'bartowski/gemma-3-1b-it-GGUF',
  engine: Engine.llamaCpp(),
  image: 'ghcr.io/kaito-project/aikit/runners/llama-cpp-cpu:latest',
  resources: { memory: Size.gibibytes(8), cpu: '4' },
});

app.synth();
