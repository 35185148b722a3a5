/*
 * A GPUStack server outside of the cluster, and Higress in it, with a certificate for its host. The gateway is brought up from Git once:
 * Argo CD keeps what the server writes later, by the options of its Application.
 */
import { ApiObject, App, Chart } from 'cdk8s';
import { GpuStackRelease, GpuStackUpstream, HigressPlugins, HigressTls, Ownership, SecretText } from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['higress-system', 'argocd']) new Namespace(namespaces, name, { metadata: { name } });

const gateway = new Chart(app, 'gateway', { namespace: 'higress-system' });
const plugins = new HigressPlugins(gateway, 'gpustack', {
  release: GpuStackRelease.V2_2_3,
  upstream: GpuStackUpstream.external({ address: '192.0.2.10' }),
  ownership: Ownership.BOOTSTRAP,
  externalUrl: 'https://gpustack.example.com',
  tls: HigressTls.certManager({ clusterIssuer: 'letsencrypt' }),
  token: SecretText.fromSecret('gpustack-gateway', 'token'),
});

const delivery = new Chart(app, 'delivery', { namespace: 'argocd' });
new ApiObject(delivery, 'application', {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'gpustack-gateway' },
  spec: {
    project: 'default',
    source: { repoURL: 'https://git.example.com/platform/gateway.git', path: 'dist' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'higress-system' },
    ignoreDifferences: plugins.ignoreDifferences,
    syncPolicy: { syncOptions: plugins.syncOptions },
  },
});

app.synth();
