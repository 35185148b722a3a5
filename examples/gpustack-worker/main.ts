/*
 * The gateway of a GPUStack worker in another cluster than the server's: requests to its models come in there. It transforms no headers and
 * reports no tokens, which the server's gateway does.
 */
import { App, Chart } from 'cdk8s';
import { GpuStackRelease, GpuStackRole, GpuStackUpstream, HigressPlugins, SecretText } from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
new Namespace(namespaces, 'higress-system', { metadata: { name: 'higress-system' } });

const gateway = new Chart(app, 'gateway', { namespace: 'higress-system' });
new HigressPlugins(gateway, 'gpustack-worker', {
  release: GpuStackRelease.V2_2_3,
  role: GpuStackRole.WORKER,
  upstream: GpuStackUpstream.inCluster({ service: 'gpustack-worker', namespace: 'gpustack-system' }),
  pluginServerUrl: 'http://gpustack-higress-plugins.gpustack-system.svc.cluster.local:8080',
  token: SecretText.placeholder('<path:gpustack#gateway-token>'),
});

app.synth();
