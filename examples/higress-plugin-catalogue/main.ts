/*
 * Plugins of a Higress without GPUStack: consumers with keys, a limit of tokens for each, and two places where models are served.
 *
 * Keys and tokens stay in Secrets of the cluster, `consumer-keys`, `provider-tokens` and `redis`; Higress fills them in.
 */
import { App, Chart, Duration } from 'cdk8s';
import {
  AiProviderType, HeaderTransform, HigressPlugin, McpBridge, SecretText, ServiceProtocol, ServiceRegistry, StatisticsSource, TokenLimitBy, WasmPlugin,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

new Namespace(new Chart(app, '00-namespaces'), 'higress-system', { metadata: { name: 'higress-system' } });
const higress = new Chart(app, 'higress', { namespace: 'higress-system' });

// What is not a Service of the cluster is a registry; plugins name it `openai.dns` and `redis.static`.
const openai = ServiceRegistry.dns('openai', ['api.openai.com'], { protocol: ServiceProtocol.HTTPS });
const vllm = ServiceRegistry.staticAddresses('vllm', ['10.20.0.11:8000', '10.20.0.12:8000']);
const redis = ServiceRegistry.staticAddresses('redis', ['10.20.0.20:6379']);
new McpBridge(higress, 'default', { registries: [openai, vllm, redis] });

// The chain, in the order that requests run through it. Synth fails when priorities put it in an order that does not work.
new WasmPlugin(higress, 'model-router', { plugin: HigressPlugin.modelRouter({ modelToHeader: 'x-higress-llm-model' }) });

new WasmPlugin(higress, 'request-headers', {
  plugin: HigressPlugin.transformer({
    requests: [
      // Only the gateway says who the consumer is.
      HeaderTransform.remove(['x-mse-consumer']),
      HeaderTransform.map([{ fromKey: ':path', toKey: 'x-original-path' }]),
    ],
    answers: [HeaderTransform.remove(['server'])],
  }),
});

new WasmPlugin(higress, 'key-auth', {
  // Clients of the OpenAI API send `Authorization: Bearer <key>`; the plugin compares the whole value.
  plugin: HigressPlugin.keyAuth({
    consumers: [
      { name: 'team-a', credential: SecretText.fromSecret('consumer-keys', 'team-a').withPrefix('Bearer ') },
      { name: 'team-b', credential: SecretText.fromSecret('consumer-keys', 'team-b').withPrefix('Bearer ') },
    ],
  }),
  // The large model is for team-a alone.
  matchRules: [{ ingress: ['large-model'], plugin: HigressPlugin.keyAuthRule(['team-a']) }],
});

new WasmPlugin(higress, 'ai-statistics', {
  plugin: HigressPlugin.aiStatistics({
    attributes: [{ key: 'consumer', valueSource: StatisticsSource.REQUEST_HEADER, value: 'x-mse-consumer', applyToLog: true }],
  }),
});

new WasmPlugin(higress, 'ai-token-ratelimit', {
  plugin: HigressPlugin.aiTokenRateLimit({
    ruleName: 'teams',
    redis: { serviceName: redis.serviceName(), password: SecretText.fromSecret('redis', 'password') },
    rules: [{
      by: TokenLimitBy.CONSUMER,
      keys: [{ key: 'team-a', perMinute: 200_000 }, { key: 'team-b', perMinute: 50_000 }],
    }],
  }),
});

new WasmPlugin(higress, 'ai-proxy', {
  plugin: HigressPlugin.aiProxy({
    providers: [
      {
        id: 'openai',
        type: AiProviderType.OPENAI,
        apiTokens: [SecretText.fromSecret('provider-tokens', 'openai-1'), SecretText.fromSecret('provider-tokens', 'openai-2')],
        modelMapping: { large: 'gpt-4o' },
        timeout: Duration.minutes(5),
        failover: { enabled: true, healthCheckModel: 'gpt-4o-mini' },
        retryOnFailure: { enabled: true, maxRetries: 1 },
      },
      { id: 'vllm', type: AiProviderType.VLLM, modelMapping: { small: 'Qwen/Qwen3-8B' } },
    ],
  }),
  matchRules: [
    { service: [openai.serviceName()], plugin: HigressPlugin.aiProxy({ activeProviderId: 'openai' }) },
    { service: [vllm.serviceName()], plugin: HigressPlugin.aiProxy({ activeProviderId: 'vllm' }) },
  ],
});

app.synth();
