/*
 * All five providers behind one gateway, each model with every object that AI Runway's controller and the provider's would make of
 * it. Only the operators of Dynamo, KAITO and KubeRay have to run, since they act on their own custom resources.
 */
import { App, Chart, Size } from 'cdk8s';
import {
  Engine, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway, Serving, VolumePurpose,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'models']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
gateway.addBodyBasedRouter();

/** A chart, and so a file, for each provider. */
const chart = (name: string) => new Chart(app, name, { namespace: 'models' });
const engine = Engine.vllm({ contextLength: 16384 });
const gpu = { gpus: 1, memory: Size.gibibytes(48) };

new ModelDeployment(chart('vllm'), 'phi-4-mini', {
  gateway, provider: ProviderGateway.vllm(platform, 'vllm'), engine, resources: gpu, replicas: 2,
  model: Model.huggingFace('microsoft/Phi-4-mini-instruct', { servedName: 'phi-4-mini' }),
});

new ModelDeployment(chart('llmd'), 'qwen3-8b', {
  gateway, provider: ProviderGateway.llmd(platform, 'llmd'), engine,
  model: Model.huggingFace('Qwen/Qwen3-8B', { servedName: 'qwen3-8b' }),
  serving: Serving.disaggregated({ prefill: gpu, decode: { ...gpu, replicas: 2 } }),
});

new ModelDeployment(chart('dynamo'), 'qwen3-32b', {
  gateway, provider: ProviderGateway.dynamo(platform, 'dynamo'),
  // SGLang shares prefixes by default and has no flag to enable it; it has to be told to use both GPUs of a pod.
  engine: Engine.sglang({ enablePrefixCaching: false, args: { 'tensor-parallel-size': '2' } }),
  // A claim is made and a Job fills it, so that the workers share one download.
  model: Model.huggingFace('Qwen/Qwen3-32B', {
    servedName: 'qwen3-32b',
    volumes: [{ name: 'weights', purpose: VolumePurpose.MODEL_CACHE, size: Size.gibibytes(100), storageClassName: 'shared-files' }],
  }),
  huggingFaceTokenSecretName: 'hf-token',
  serving: Serving.disaggregated({ prefill: { ...gpu, gpus: 2, replicas: 2 }, decode: { ...gpu, gpus: 2 } }),
  // Dynamo's operator makes pool and picker; Istio has to be told that the picker speaks TLS.
  endpointPickerService: { name: 'qwen3-32b-epp' },
});

const kaito = ProviderGateway.kaito(platform, 'kaito');
// A preset is a model that KAITO knows by name, and answers to that name.
new ModelDeployment(chart('kaito-preset'), 'falcon-7b', {
  gateway, provider: kaito, engine: Engine.vllm(), model: Model.huggingFace('falcon-7b-instruct'), resources: { gpus: 1 },
});
new ModelDeployment(chart('kaito-llama-cpp'), 'gemma-3-1b', {
  gateway, provider: kaito, engine: Engine.llamaCpp(), image: 'ghcr.io/kaito-project/aikit/runners/llama-cpp-cpu:latest',
  model: Model.huggingFace('bartowski/gemma-3-1b-it-GGUF'),
  // llama.cpp on KAITO answers to the model id only, so that is what the route has to match on.
  modelName: 'bartowski/gemma-3-1b-it-GGUF',
  resources: { memory: Size.gibibytes(8), cpu: '4' },
});

new ModelDeployment(chart('kuberay'), 'mistral-7b', {
  gateway, provider: ProviderGateway.kuberay(platform, 'kuberay'), engine, resources: gpu,
  model: Model.huggingFace('mistralai/Mistral-7B-Instruct-v0.3', { servedName: 'mistral-7b' }),
  huggingFaceTokenSecretName: 'hf-token',
});

app.synth();
