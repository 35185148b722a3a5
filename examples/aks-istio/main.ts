/*
 * Istio on Azure Kubernetes Service, open to the internet over HTTPS with a certificate from cert-manager.
 */
import { App, Chart, Duration, Size } from 'cdk8s';
import {
  CertificateRef, Engine, GatewayImplementation, GatewayListener, InferenceGateway, Model, ModelDeployment, ProviderGateway,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'models']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', {
  implementation: GatewayImplementation.istio(),
  // HTTPS alone: routes attach to every listener, so one for HTTP would serve prompts in the clear. The issuer proves the
  // domain by DNS then.
  listeners: [
    GatewayListener.https({
      hostname: 'models.example.com',
      certificate: CertificateRef.certManager({ clusterIssuer: 'letsencrypt-dns' }),
    }),
  ],
  azureLoadBalancer: true,
});
gateway.addBodyBasedRouter({ replicas: 2 });

new ModelDeployment(new Chart(app, 'models', { namespace: 'models' }), 'qwen3-8b', {
  gateway,
  provider: ProviderGateway.vllm(platform, 'vllm'),
  model: Model.huggingFace('Qwen/Qwen3-8B', { servedName: 'qwen3-8b' }),
  engine: Engine.vllm({ contextLength: 32768 }),
  resources: { gpus: 1, memory: Size.gibibytes(64) },
  replicas: 2,
  timeout: Duration.minutes(10),
  nodeSelector: { 'kubernetes.azure.com/agentpool': 'gpu' },
  tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
});

app.synth();
