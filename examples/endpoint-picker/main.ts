/*
 * What an endpoint picker can do, one pool for each option. The model servers run already: their pods are found by the label `app`.
 */
import { App, Chart, Duration } from 'cdk8s';
import {
  EndpointPickerConfig, EndpointPickerMonitoring, EndpointPickerOptions, EndpointPickerPlugin as Plugin, EndpointPickerRuntime,
  EndpointPickerTls, GatewayImplementation, InferenceGateway, ModelPool, ModelServerEngine,
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

const config = EndpointPickerConfig.prefixAware();
// While all pods are full, by queue or cache, requests wait: those of priority 10 first, and there users take turns.
const queueing = EndpointPickerConfig.of({
  schedulingProfiles: [{
    plugins: [
      { plugin: Plugin.prefixCacheScorer({ autoTune: false, blockSizeTokens: 64 }), weight: 3 },
      { plugin: Plugin.queueScorer(), weight: 2 },
      { plugin: Plugin.loraAffinityScorer(), weight: 1 },
      { plugin: Plugin.maxScorePicker() },
    ],
  }],
  saturationDetector: Plugin.utilizationDetector({ queueDepthThreshold: 10, kvCacheUtilThreshold: 0.9 }),
  flowControl: {
    maxBytes: '1G',
    defaultRequestTtl: Duration.seconds(60),
    priorityBands: [{ priority: 10, maxBytes: '500M', fairness: Plugin.roundRobinFairness() }, { priority: -1, maxRequests: 100 }],
  },
});

const pickers: { [pool: string]: EndpointPickerOptions } = {
  // One leads and serves, two stand by.
  'high-availability': { config, replicas: 3, podDisruptionBudget: true },
  'metrics': { config, monitoring: EndpointPickerMonitoring.serviceMonitor({ labels: { release: 'prometheus' } }) },
  'tracing': { config, tracing: { endpoint: 'http://otel-collector.observability:4317', sampleRatio: 0.05 } },
  // Both Secrets from cert-manager: the certificate beside the picker, its issuer's beside the Gateway, which verifies it.
  'verified-tls': { config, tls: EndpointPickerTls.certificateSecret('verified-tls-epp', { caSecret: 'endpoint-picker-ca' }) },
  'network-policy': { config, networkPolicy: { gatewayNamespaces: ['gateway-system'], metricsNamespaces: ['monitoring'] } },
  'latency-predictor': { latencyPredictor: { predictionServers: 2 } },
  'sglang': { config, modelServer: ModelServerEngine.SGLANG },
  'tensorrt-llm': { config, modelServer: ModelServerEngine.TRTLLM_SERVE },
  'triton': { config, modelServer: ModelServerEngine.TRITON_TENSORRT_LLM },
  'queueing': { config: queueing },
  // Other builds; each gets flags, rights and configuration in its own dialect.
  'gaie-1-4': { runtime: EndpointPickerRuntime.GAIE_1_4, config, modelServer: ModelServerEngine.SGLANG },
  'llmd-router': { runtime: EndpointPickerRuntime.LLMD_ROUTER_0_10, config: EndpointPickerConfig.prefillDecode({ nonCachedTokens: 256 }) },
};

for (const [name, endpointPicker] of Object.entries(pickers)) {
  const chart = new Chart(app, name, { namespace: 'models' });
  new ModelPool(chart, name, { matchLabels: { app: name }, port: 8000, endpointPicker }).routeFrom(gateway, { modelName: name });
}

app.synth();
