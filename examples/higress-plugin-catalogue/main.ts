/*
 * Every plugin of the catalogue, in a Higress without GPUStack: consumers with keys, limits of tokens, and two places where models are served.
 *
 * Keys and tokens stay in Secrets of the cluster; Higress fills them in. What is for few requests only has match rules and no default.
 */
import { App, Chart, Duration } from 'cdk8s';
import {
  AiLoadBalancing, AiProviderType, DedupeStrategy, ExtAuthMatch, HeaderTransform, HigressPlugin, McpBridge, SecretText, ServiceProtocol,
  ServiceRegistry, StatisticsSource, TokenLimitBy, TransformPart, TransformValueType, WasmPlugin, WasmPluginPhase, WasmPluginUrl,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

new Namespace(new Chart(app, '00-namespaces'), 'higress-system', { metadata: { name: 'higress-system' } });
const higress = new Chart(app, 'higress', { namespace: 'higress-system' });

// What is not a Service of the cluster is a registry; plugins name it `openai.dns` and `redis.static`.
const openai = ServiceRegistry.dns('openai', ['api.openai.com'], { protocol: ServiceProtocol.HTTPS });
const vllm = ServiceRegistry.staticAddresses('vllm', ['10.20.0.11:8000', '10.20.0.12:8000']);
const redis = ServiceRegistry.staticAddresses('redis', ['10.20.0.20:6379']);
const moderation = ServiceRegistry.dns('moderation', ['green-cip.cn-shanghai.aliyuncs.com'], { protocol: ServiceProtocol.HTTPS });
const users = ServiceRegistry.dns('users', ['users.platform.svc'], { port: 8080 });
new McpBridge(higress, 'default', { registries: [openai, vllm, redis, moderation, users] });

// The chain, in the order that requests run through it. Synth fails when priorities put it in an order that does not work.

// What Redis knows of conversations chooses the server, for what goes to vLLM.
new WasmPlugin(higress, 'ai-load-balancer', {
  defaultConfigDisable: true,
  plugin: HigressPlugin.aiLoadBalancer(AiLoadBalancing.prefixCache({ serviceName: redis.serviceName() }, Duration.minutes(30))),
  matchRules: [{
    ingress: ['small-model'], plugin: HigressPlugin.aiLoadBalancer(AiLoadBalancing.prefixCache({ serviceName: redis.serviceName() }, Duration.minutes(30))),
  }],
});

new WasmPlugin(higress, 'model-router', { plugin: HigressPlugin.modelRouter({ modelToHeader: 'x-higress-llm-model' }) });

new WasmPlugin(higress, 'model-mapper', { plugin: HigressPlugin.modelMapper({ modelMapping: { 'gpt-4o': 'large', 'gpt-4o-mini': 'small' } }) });

new WasmPlugin(higress, 'request-headers', {
  plugin: HigressPlugin.transformer({
    requests: [
      // Only the gateway says who the consumer is.
      HeaderTransform.remove(['x-mse-consumer']),
      HeaderTransform.rename([{ oldKey: 'x-request-tenant', newKey: 'x-tenant' }]),
      HeaderTransform.dedupe([{ key: 'x-tenant', strategy: DedupeStrategy.RETAIN_FIRST }]),
      // RE2: the first label of the host is the tenant, unless the client named one.
      HeaderTransform.add([{ key: 'x-tenant', value: '$1', hostPattern: '^([a-z0-9-]+)\\.models\\.example\\.com$' }]),
      HeaderTransform.map([{ fromKey: ':path', toKey: 'x-original-path' }]),
      HeaderTransform.replace([{ key: 'stream_options.include_usage', newValue: 'true', valueType: TransformValueType.BOOLEAN }], { part: TransformPart.BODY }),
    ],
    answers: [HeaderTransform.remove(['server']), HeaderTransform.append([{ key: 'via', appendValue: 'models.example.com' }])],
  }),
});

// Partners come by a domain of their own, and a service of ours knows them.
const partners = ['partners.models.example.com'];
new WasmPlugin(higress, 'ext-auth', {
  defaultConfigDisable: true,
  plugin: HigressPlugin.extAuth({ serviceName: users.serviceName(), path: '/check' }),
  matchRules: [{
    domain: partners,
    plugin: HigressPlugin.extAuth({
      serviceName: users.serviceName(),
      servicePort: 8080,
      path: '/check',
      allowedHeaders: [{ name: 'authorization' }, { name: 'x-partner-', match: ExtAuthMatch.PREFIX }],
      secretHeadersToAdd: { 'x-gateway-token': SecretText.fromSecret('users', 'gateway-token') },
      allowedUpstreamHeaders: [{ name: 'x-mse-consumer' }],
      timeout: Duration.seconds(2),
    }),
  }],
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

new WasmPlugin(higress, 'ip-restriction', {
  defaultConfigDisable: true,
  plugin: HigressPlugin.ipRestriction({ allow: ['198.51.100.0/24'] }),
  matchRules: [{ domain: partners, plugin: HigressPlugin.ipRestriction({ allow: ['198.51.100.0/24'] }) }],
});

new WasmPlugin(higress, 'cors', {
  plugin: HigressPlugin.cors({ allowOrigins: ['https://chat.example.com'], allowMethods: ['GET', 'POST', 'OPTIONS'], maxAge: Duration.hours(1) }),
});

new WasmPlugin(higress, 'weather-tools', {
  defaultConfigDisable: true,
  plugin: HigressPlugin.mcpServer({ name: 'weather' }),
  matchRules: [{
    ingress: ['weather-tools'],
    plugin: HigressPlugin.mcpServer({
      name: 'weather',
      tools: [{
        name: 'forecast',
        description: 'The weather of tomorrow',
        args: [{ name: 'city', description: 'Name of the city', type: 'string', required: true }],
        requestTemplate: { url: 'https://weather.example.com/forecast?city={{.args.city}}', method: 'GET' },
      }],
    }),
  }],
});

new WasmPlugin(higress, 'ai-statistics', {
  plugin: HigressPlugin.aiStatistics({
    attributes: [{ key: 'consumer', valueSource: StatisticsSource.REQUEST_HEADER, value: 'x-mse-consumer', applyToLog: true }],
  }),
});

new WasmPlugin(higress, 'ai-cache', {
  defaultConfigDisable: true,
  plugin: HigressPlugin.aiCache({ redis: { serviceName: redis.serviceName() } }),
  matchRules: [{
    ingress: ['small-model'],
    plugin: HigressPlugin.aiCache({
      redis: { serviceName: redis.serviceName(), password: SecretText.fromSecret('redis', 'password') }, cacheTtl: Duration.hours(1),
    }),
  }],
});

new WasmPlugin(higress, 'ai-quota', {
  plugin: HigressPlugin.aiQuota({
    adminConsumer: 'team-a', redis: { serviceName: redis.serviceName(), password: SecretText.fromSecret('redis', 'password') },
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

new WasmPlugin(higress, 'ai-prompt-template', {
  plugin: HigressPlugin.aiPromptTemplate({
    templates: [{ name: 'translate', template: { model: 'small', messages: [{ role: 'user', content: 'Translate into {{language}}: {{text}}' }] } }],
  }),
});

new WasmPlugin(higress, 'ai-prompt-decorator', {
  plugin: HigressPlugin.aiPromptDecorator({
    prepend: [{ role: 'system', content: 'Answer in the language of the question.' }],
    replace: [{ pattern: '\\b\\d{16}\\b', replacement: '(card number)', regex: true, onRole: 'user' }],
  }),
});

new WasmPlugin(higress, 'ai-security-guard', {
  plugin: HigressPlugin.aiSecurityGuard({
    serviceName: moderation.serviceName(),
    servicePort: 443,
    serviceHost: 'green-cip.cn-shanghai.aliyuncs.com',
    accessKey: SecretText.fromSecret('moderation', 'access-key'),
    secretKey: SecretText.fromSecret('moderation', 'secret-key'),
  }),
});

// What the catalogue does not know.
new WasmPlugin(higress, 'audit', {
  plugin: HigressPlugin.custom('audit', {
    url: WasmPluginUrl.oci('registry.example.com/plugins/audit', { tag: '1.2.0' }),
    config: { sink: users.serviceName() },
    phase: WasmPluginPhase.STATS,
    priority: 10,
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
