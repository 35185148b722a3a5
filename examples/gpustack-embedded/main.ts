/*
 * Higress inside the container of a GPUStack server, all of it from Git: for an API server that nothing else writes to. The settings of the
 * whole gateway are merged into the ConfigMap that Higress runs with.
 */
import { App, Chart } from 'cdk8s';
import { GpuStackRelease, GpuStackUpstream, HigressConfigSource, HigressPlugins, Ownership, SecretText } from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
new Namespace(namespaces, 'higress-system', { metadata: { name: 'higress-system' } });

const gateway = new Chart(app, 'gateway', { namespace: 'higress-system' });
new HigressPlugins(gateway, 'gpustack', {
  release: GpuStackRelease.REFERENCE,
  upstream: GpuStackUpstream.embedded(),
  ownership: Ownership.GITOPS,
  token: SecretText.placeholder('<path:gpustack#gateway-token>'),
  higressConfig: HigressConfigSource.file('higress-config.yaml'),
});

app.synth();
