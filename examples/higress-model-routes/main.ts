/*
 * GPUStack's model routing on Higress, from Git: models of one's own and of providers under names that clients ask for, by weight, with a
 * fallback. No GPUStack server writes to this gateway.
 */
import { App, Chart } from 'cdk8s';
import {
  ExternalProvider, GpuStackRelease, GpuStackUpstream, HigressModel, HigressModelProvider, HigressModelRoute, HigressPlugins, Ownership, SecretText,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
// The Helm chart puts GPUStack and Higress into one namespace; a fallback works in no other way.
new Namespace(namespaces, 'gpustack-system', { metadata: { name: 'gpustack-system' } });

const gateway = new Chart(app, 'gateway', { namespace: 'gpustack-system' });
const higress = new HigressPlugins(gateway, 'gpustack', {
  release: GpuStackRelease.HEAD_2026_08,
  upstream: GpuStackUpstream.helmChart(),
  gatewayNamespace: 'gpustack-system',
  ownership: Ownership.GITOPS,
  // Higress reads both from a Secret that is not in Git.
  token: SecretText.fromSecret('gpustack-gateway', 'token'),
  authCacheKey: SecretText.fromSecret('gpustack-gateway', 'auth-cache-key'),
});

const routes = new Chart(app, 'routes', { namespace: 'gpustack-system' });
// Models and providers render nothing by themselves: they are registries and tokens of the gateway.
const qwen = new HigressModel(routes, 'qwen3-8b', {
  higress,
  instances: [{ address: '10.1.0.11', port: 8000 }, { address: '10.1.0.12', port: 8000 }],
  loraAdapters: ['sql'],
  token: SecretText.fromSecret('workers', 'token'),
});
const llama = new HigressModel(routes, 'llama-3-70b', {
  higress,
  instances: [{ address: 'llama.models.svc', port: 8000 }],
});
const openai = new HigressModelProvider(routes, 'openai', {
  higress,
  provider: ExternalProvider.openai(),
  tokens: [SecretText.fromSecret('openai', 'token')],
});
const claude = new HigressModelProvider(routes, 'claude', {
  higress,
  provider: ExternalProvider.claude(),
  tokens: [SecretText.fromSecret('claude', 'token-1'), SecretText.fromSecret('claude', 'token-2')],
  healthCheckModel: 'claude-sonnet-4-5',
  proxyUrl: 'http://proxy.example.com:3128',
});

new HigressModelRoute(routes, 'chat', {
  higress,
  destinations: [qwen.destination({ weight: 70 }), llama.destination({ weight: 20 }), openai.destination({ modelName: 'gpt-4o', weight: 10 })],
  fallback: [claude.destination({ modelName: 'claude-sonnet-4-5' })],
});
new HigressModelRoute(routes, 'sql', { higress, destinations: [qwen.destination({ loraAdapter: 'sql' })] });
// Clients ask for research/llama, and reach any path of its servers at /model/proxy/3/.
new HigressModelRoute(routes, 'llama', {
  higress, routeId: '3', organization: 'research', destinations: [llama.destination()], genericProxy: true, publicAccess: true,
});

app.synth();
