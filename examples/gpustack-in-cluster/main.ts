/*
 * GPUStack from its Helm chart, and Higress, in one cluster. The server runs and writes its routes itself, so Git leaves these to it; a
 * plugin of one's own joins the chain.
 */
import { App, Chart } from 'cdk8s';
import {
  GpuStackRelease, GpuStackUpstream, HigressPlugin, HigressPlugins, SecretText, WasmPluginPhase, WasmPluginUrl,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
new Namespace(namespaces, 'higress-system', { metadata: { name: 'higress-system' } });

const gateway = new Chart(app, 'gateway', { namespace: 'higress-system' });
const plugins = new HigressPlugins(gateway, 'gpustack', {
  release: GpuStackRelease.HEAD_2026_08,
  upstream: GpuStackUpstream.helmChart(),
  // argocd-vault-plugin fills these in.
  token: SecretText.placeholder('<path:gpustack#gateway-token>'),
  authCacheKey: SecretText.placeholder('<path:gpustack#auth-cache-key>'),
});

// After authentication at 360, before the proxy.
plugins.addPlugin(HigressPlugin.custom('geo-block', {
  url: WasmPluginUrl.oci('registry.example.com/plugins/geo-block', { tag: '1.0.0' }),
  config: { deny: ['XX'] },
  phase: WasmPluginPhase.AUTHN,
  priority: 350,
}));

app.synth();
