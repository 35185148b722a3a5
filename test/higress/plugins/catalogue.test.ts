import { Duration } from 'cdk8s';
import { warningsOf } from '../../../src/core';
import {
  AiLoadBalancing, AiProviderType, ClusterMetricMode, EndpointMetricPolicy, ExtAuthEndpointMode, ExtAuthMatch, ExtAuthMatchType, GuardLevel,
  HigressPlugin, IpSource, McpTransport, PLACES, SecretText, StatisticsRule, StatisticsSource, TokenLimitBy, WasmPlugin, WasmPluginPhase,
  WasmPluginUrl,
} from '../../../src/higress';
import { PINS } from '../../../src/versions';
import { chartsOf, objectOf } from '../../synth';

const key = (text = '<key>') => SecretText.placeholder(text);
const redis = { serviceName: 'redis.static' };
const gpustackUrl = WasmPluginUrl.http('http://server:30080/wasm-plugins/x/1.0.0/plugin.wasm');

function render(plugin: HigressPlugin): { spec: any; warnings: string[] } {
  const [chart] = chartsOf('higress-system');
  new WasmPlugin(chart, 'p', { plugin });
  return { spec: objectOf(chart, 'WasmPlugin').spec, warnings: warningsOf(chart) };
}

const EXAMPLES: Record<string, [HigressPlugin, object]> = {
  'key-auth': [
    HigressPlugin.keyAuth({ consumers: [{ name: 'team-a', credential: key() }] }),
    { global_auth: true, keys: ['Authorization'], in_header: true, consumers: [{ name: 'team-a', credential: '<key>' }] },
  ],
  'ext-auth': [
    HigressPlugin.extAuth({
      serviceName: 'gpustack.static',
      servicePort: 80,
      path: '/token-auth',
      requestMethod: 'GET',
      timeout: Duration.seconds(30),
      allowedHeaders: [{ name: 'cookie' }, { name: 'x-', match: ExtAuthMatch.PREFIX }],
      secretHeadersToAdd: { 'X-Token': key() },
      allowedUpstreamHeaders: [{ name: 'X-Mse-Consumer' }],
      matchType: ExtAuthMatchType.BLACKLIST,
      requests: [{ path: '/' }],
    }),
    {
      http_service: {
        endpoint_mode: 'forward_auth',
        endpoint: { service_name: 'gpustack.static', service_port: 80, path: '/token-auth', request_method: 'GET' },
        timeout: 30000,
        authorization_request: { allowed_headers: [{ exact: 'cookie' }, { prefix: 'x-' }], headers_to_add: { 'X-Token': '<key>' } },
        authorization_response: { allowed_upstream_headers: [{ exact: 'X-Mse-Consumer' }] },
      },
      match_type: 'blacklist',
      match_list: [{ match_rule_path: '/', match_rule_type: 'prefix' }],
    },
  ],
  'ip-restriction': [HigressPlugin.ipRestriction({ allow: ['10.0.0.0/8', '::1'] }), { allow: ['10.0.0.0/8', '::1'] }],
  'cors': [
    HigressPlugin.cors({ allowOriginPatterns: ['https://*.example.com'], allowCredentials: true, maxAge: Duration.hours(1) }),
    { allow_origin_patterns: ['https://*.example.com'], allow_credentials: true, max_age: 3600 },
  ],
  'model-router': [
    HigressPlugin.modelRouter({ autoRouting: { rules: [{ pattern: 'code', model: 'coder' }], defaultModel: 'chat' } }),
    { modelToHeader: 'x-higress-llm-model', autoRouting: { enable: true, defaultModel: 'chat', rules: [{ pattern: 'code', model: 'coder' }] } },
  ],
  'model-mapper': [HigressPlugin.modelMapper({ modelMapping: { 'gpt-4*': 'qwen', '*': '' } }), { modelMapping: { 'gpt-4*': 'qwen', '*': '' } }],
  'transformer': [HigressPlugin.transformer({ requests: [], reroute: false }), { reroute: false, reqRules: [] }],
  'ai-load-balancer': [
    HigressPlugin.aiLoadBalancer(AiLoadBalancing.globalLeastRequest(redis, { cleanInterval: Duration.minutes(5) })),
    { lb_type: 'endpoint', lb_policy: 'global_least_request', lb_config: { serviceFQDN: 'redis.static', servicePort: 80, cleanInterval: 5 } },
  ],
  'ai-proxy': [
    HigressPlugin.aiProxy({
      activeProviderId: 'qwen',
      providers: [{
        id: 'qwen',
        type: AiProviderType.QWEN,
        apiTokens: [key('<a>'), key('<b>')],
        timeout: Duration.minutes(1),
        modelMapping: { '*': 'qwen-max', '~^gpt(.*)$': 'qwen$1' },
        qwenEnableCompatible: true,
        failover: { enabled: true, healthCheckModel: 'qwen-turbo', healthCheckInterval: Duration.seconds(5) },
        retryOnFailure: { enabled: true, retryTimeout: Duration.seconds(9) },
        otherFields: { qwenDomain: 'example.com' },
      }],
    }),
    {
      activeProviderId: 'qwen',
      providers: [{
        id: 'qwen',
        type: 'qwen',
        apiTokens: ['<a>', '<b>'],
        timeout: 60000,
        modelMapping: { '*': 'qwen-max', '~^gpt(.*)$': 'qwen$1' },
        qwenEnableCompatible: true,
        failover: { enabled: true, healthCheckModel: 'qwen-turbo', healthCheckInterval: 5000 },
        retryOnFailure: { enabled: true, retryTimeout: 9000 },
        qwenDomain: 'example.com',
      }],
    },
  ],
  'ai-statistics': [
    HigressPlugin.aiStatistics({
      attributes: [{ key: 'consumer', valueSource: StatisticsSource.REQUEST_HEADER, value: 'x-mse-consumer', applyToLog: true, applyToSpan: false }],
      enableContentTypes: ['application/json', 'text/event-stream'],
    }),
    {
      attributes: [{ key: 'consumer', value_source: 'request_header', value: 'x-mse-consumer', apply_to_log: true, apply_to_span: false }],
      enable_content_types: ['application/json', 'text/event-stream'],
    },
  ],
  'ai-token-ratelimit': [
    HigressPlugin.aiTokenRateLimit({
      ruleName: 'teams',
      redis: { ...redis, servicePort: 6379, password: key(), timeout: Duration.seconds(2), database: 1 },
      rules: [
        { by: TokenLimitBy.CONSUMER, keys: [{ key: 'team-a', perMinute: 1000 }] },
        { by: TokenLimitBy.PER_IP, keys: [{ key: '0.0.0.0/0', perDay: 5 }] },
        { by: TokenLimitBy.PER_HEADER, name: 'x-user', keys: [{ key: 'regexp:^a', perHour: 5 }, { key: '*', perSecond: 1 }] },
      ],
    }),
    {
      rule_name: 'teams',
      rule_items: [
        { limit_by_consumer: '', limit_keys: [{ key: 'team-a', token_per_minute: 1000 }] },
        { limit_by_per_ip: 'from-remote-addr', limit_keys: [{ key: '0.0.0.0/0', token_per_day: 5 }] },
        { limit_by_per_header: 'x-user', limit_keys: [{ key: 'regexp:^a', token_per_hour: 5 }, { key: '*', token_per_second: 1 }] },
      ],
      redis: { service_name: 'redis.static', service_port: 6379, password: '<key>', timeout: 2000, database: 1 },
    },
  ],
  'ai-quota': [
    HigressPlugin.aiQuota({ adminConsumer: 'ops', redis }),
    { admin_consumer: 'ops', redis: { service_name: 'redis.static' } },
  ],
  'ai-cache': [
    HigressPlugin.aiCache({
      redis, cacheTtl: Duration.hours(1), vector: { type: 'qdrant', serviceName: 'qdrant.dns', collectionId: 'c' }, embedding: { type: 'openai', serviceName: 'e.dns', apiKey: key() },
    }),
    {
      cache: { type: 'redis', serviceName: 'redis.static', cacheTTL: 3600 },
      vector: { type: 'qdrant', serviceName: 'qdrant.dns', collectionID: 'c' },
      embedding: { type: 'openai', serviceName: 'e.dns', apiKey: '<key>' },
    },
  ],
  'ai-security-guard': [
    HigressPlugin.aiSecurityGuard({
      serviceName: 'green.dns', servicePort: 443, serviceHost: 'green.example.com', accessKey: key('<a>'), secretKey: key('<b>'), contentModerationLevel: GuardLevel.HIGH,
    }),
    {
      serviceName: 'green.dns',
      servicePort: 443,
      serviceHost: 'green.example.com',
      accessKey: '<a>',
      secretKey: '<b>',
      checkRequest: true,
      checkResponse: true,
      contentModerationLevelBar: 'high',
    },
  ],
  'ai-prompt-decorator': [
    HigressPlugin.aiPromptDecorator({ prepend: [{ role: 'system', content: 'x' }], replace: [{ pattern: '(a)', replacement: '$1', regex: true, onRole: 'user' }] }),
    { prepend: [{ role: 'system', content: 'x' }], replace: [{ on_role: 'user', pattern: '(a)', replacement: '$1', regex: true }] },
  ],
  'ai-prompt-template': [
    HigressPlugin.aiPromptTemplate({ templates: [{ name: 'a', template: { messages: [] } }] }), { templates: [{ name: 'a', template: { messages: [] } }] },
  ],
  'mcp-server': [
    HigressPlugin.mcpServer({ name: 's', mcpServerUrl: 'http://mcp.example.com/mcp', tools: [{ name: 't' }], allowTools: ['t'] }),
    { server: { name: 's', type: 'mcp-proxy', mcpServerURL: 'http://mcp.example.com/mcp', transport: 'http' }, tools: [{ name: 't' }], allowTools: ['t'] },
  ],
  'gpustack-set-header-pre-route': [
    HigressPlugin.headerPreRoute({ url: gpustackUrl, clusterNameHeader: 'X-Cluster', routeNameHeader: 'X-Route', enableOnPathPrefix: ['/model/proxy'] }),
    { clusterNameHeader: 'X-Cluster', routeNameHeader: 'X-Route', enableOnPathPrefix: ['/model/proxy'] },
  ],
  'gpustack-token-usage': [
    HigressPlugin.tokenUsage({ url: gpustackUrl, serviceName: 'gpustack.static', servicePort: 80, headers: { 'X-Token': key() }, realIpToHeader: 'X-IP' }),
    { realIPToHeader: 'X-IP', endpoint: { path: '/v2/usage/gateway-metrics', service_name: 'gpustack.static', service_port: 80 }, header_add: { 'X-Token': '<key>' } },
  ],
};

test('the smallest plugin', () => {
  expect(render(HigressPlugin.aiStatistics())).toEqual({
    spec: {
      url: `oci://higress-registry.cn-hangzhou.cr.aliyuncs.com/plugins/ai-statistics:${PINS.higressPlugins}`,
      phase: 'UNSPECIFIED_PHASE',
      priority: 900,
      failStrategy: 'FAIL_OPEN',
      defaultConfig: {},
    },
    warnings: [],
  });
});

test('every plugin of the catalogue has an example', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(PLACES).sort());
});

test.each(Object.entries(EXAMPLES))('%s', (id, [plugin, config]) => {
  const { spec, warnings } = render(plugin);
  const { phase, priority, guards } = PLACES[id as keyof typeof PLACES];
  expect(spec).toEqual({
    url: id.startsWith('gpustack') ? gpustackUrl.url : expect.stringContaining(`/plugins/${id}:`), phase, priority, failStrategy: guards ? 'FAIL_CLOSE' : 'FAIL_OPEN', defaultConfig: config,
  });
  expect(warnings).toEqual([]);
  expect(plugin.id).toBe(id);
});

test('a plugin that the catalogue does not know', () => {
  expect(render(HigressPlugin.custom('mine', { url: gpustackUrl, config: { a: key() }, phase: WasmPluginPhase.STATS, priority: 3 })).spec).toEqual({
    url: gpustackUrl.url, phase: 'STATS', priority: 3, failStrategy: 'FAIL_CLOSE', defaultConfig: { a: '<key>' },
  });
  expect(render(HigressPlugin.custom('mine', { url: gpustackUrl })).spec).toMatchObject({ phase: 'UNSPECIFIED_PHASE', priority: 0, defaultConfig: {} });
});

test('an embedding of each kind with what it needs', () => {
  const configOf = (more: object) => render(HigressPlugin.aiCache({ embedding: { serviceName: 'a.dns', ...more } as any })).spec.defaultConfig.embedding;
  expect(configOf({ type: 'ollama' })).toEqual({ type: 'ollama', serviceName: 'a.dns' });
  expect(configOf({ type: 'xfyun', apiKey: key(), appId: 'a', apiSecret: key('<s>') }))
    .toEqual({ type: 'xfyun', serviceName: 'a.dns', apiKey: '<key>', appId: 'a', apiSecret: '<s>' });
  expect(configOf({ type: 'textin', textinAppId: 'a', textinSecretCode: key(), textinMatryoshkaDim: 1024 }))
    .toEqual({ type: 'textin', serviceName: 'a.dns', textinAppId: 'a', textinSecretCode: '<key>', textinMatryoshkaDim: 1024 });
  expect(configOf({ type: 'azure', apiKey: key(), apiVersion: '2023-05-15' }))
    .toEqual({ type: 'azure', serviceName: 'a.dns', apiKey: '<key>', apiVersion: '2023-05-15' });
});

test('a match rule of key-auth', () => {
  expect(HigressPlugin.keyAuthRule(['team-a']).config).toEqual({ allow: ['team-a'] });
});

test('balancing in other ways', () => {
  const configOf = (balancing: AiLoadBalancing) => render(HigressPlugin.aiLoadBalancer(balancing)).spec.defaultConfig;
  expect(configOf(AiLoadBalancing.endpointMetrics())).toEqual({ lb_type: 'endpoint', lb_policy: 'endpoint_metrics', lb_config: {} });
  expect(configOf(AiLoadBalancing.prefixCache({ serviceName: 'redis.dns' }, Duration.minutes(1))).lb_config)
    .toEqual({ serviceFQDN: 'redis.dns', servicePort: 6379, redisKeyTTL: 60 });
  expect(configOf(AiLoadBalancing.clusterMetrics({ mode: ClusterMetricMode.LEAST_BUSY, services: ['a.static', 'outbound|80||b.static'] })))
    .toEqual({ lb_type: 'cluster', lb_policy: 'cluster_metrics', lb_config: { mode: 'LeastBusy', service_list: ['a.static', 'outbound|80||b.static'] } });
});

const provider = (more: object) => HigressPlugin.aiProxy({ providers: [{ id: 'a', type: AiProviderType.OPENAI, ...more } as any] });
const limit = (more: object) => HigressPlugin.aiTokenRateLimit({ ruleName: 'r', redis, ...more } as any);
const guard = { serviceName: 'green.dns', servicePort: 443, serviceHost: 'h', accessKey: key(), secretKey: key() };

test.each<[string, () => HigressPlugin, RegExp]>([
  ['key-auth without consumers', () => HigressPlugin.keyAuth({ consumers: [] }), /IGW706 plugin\.consumers: is empty/],
  ['key-auth with one key for two', () => HigressPlugin.keyAuth({ consumers: [{ name: 'a', credential: key() }, { name: 'b', credential: key() }] }), /consumers\[1\]\.credential is "b": has the key of a/],
  ['key-auth with one name for two', () => HigressPlugin.keyAuth({ consumers: [{ name: 'a', credential: key('<x>') }, { name: 'a', credential: key() }] }), /plugin\.consumers is "a": is given twice/],
  ['key-auth without a place', () => HigressPlugin.keyAuth({ consumers: [{ name: 'a', credential: key() }], inHeader: false }), /in_header is false: leaves no place/],
  ['key-auth without names of headers', () => HigressPlugin.keyAuth({ consumers: [{ name: 'a', credential: key() }], keys: [] }), /plugin\.keys: is empty/],
  ['a rule of key-auth for nobody', () => HigressPlugin.keyAuthRule([]), /plugin\.allow: is empty/],
  ['ext-auth without a path', () => HigressPlugin.extAuth({ serviceName: 'a.static' }), /http_service\.endpoint\.path_prefix: is missing/],
  ['ext-auth with a body and GET', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', withRequestBody: true }), /with_request_body is true: is not possible with the method GET/],
  ['ext-auth with a relative path', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: 'a' }), /endpoint\.path is "a": does not begin with a slash/],
  ['ext-auth at an address', () => HigressPlugin.extAuth({ serviceName: '10.0.0.1:80', path: '/a' }), /service_name is "10\.0\.0\.1:80": is an IP address/],
  ['ext-auth with a type and no list', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', matchType: ExtAuthMatchType.WHITELIST }), /match_list: is missing/],
  ['ext-auth with a bad pattern', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', requests: [{ path: '(', match: ExtAuthMatch.REGEX }] }), /match_list\[0\]\.match_rule_path is "\(": does not compile/],
  ['ext-auth with a header twice', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', headersToAdd: { A: 'b' }, secretHeadersToAdd: { A: key() } }), /headers_to_add is "A": is given twice/],
  ['ip-restriction with both lists', () => HigressPlugin.ipRestriction({ allow: ['10.0.0.1'], deny: ['10.0.0.2'] }), /plugin\.deny .*together with `allow`/],
  ['ip-restriction without a list', () => HigressPlugin.ipRestriction({}), /plugin\.allow: and `deny` are empty/],
  ['ip-restriction with a bad network', () => HigressPlugin.ipRestriction({ deny: ['10.0.0.0/33'] }), /deny\[0\] is "10\.0\.0\.0\/33"/],
  ['cors with credentials for all', () => HigressPlugin.cors({ allowCredentials: true }), /allow_origins is "\*": is not possible together with credentials/],
  ['cors with a bad method', () => HigressPlugin.cors({ allowMethods: ['FETCH'] }), /allow_methods\[0\] is "FETCH": is not a method/],
  ['cors with a host as origin', () => HigressPlugin.cors({ allowOrigins: ['a.com'] }), /allow_origins\[0\] is "a\.com": is not an origin/],
  ['model-router with a bad pattern', () => HigressPlugin.modelRouter({ autoRouting: { rules: [{ pattern: '(?=a)', model: 'm' }] } }), /autoRouting\.rules\[0\]\.pattern is "\(\?=a\)": does not compile as RE2/],
  ['model-router that chooses nothing', () => HigressPlugin.modelRouter({ autoRouting: {} }), /autoRouting: has neither rules nor a default model/],
  ['model-mapper with a star in the middle', () => HigressPlugin.modelMapper({ modelMapping: { 'a*b': 'c' } }), /is "a\*b": has a star that is not at its end/],
  ['two providers of one id', () => HigressPlugin.aiProxy({ providers: [{ id: 'a', type: AiProviderType.OPENAI }, { id: 'a', type: AiProviderType.OPENAI }] }), /plugin\.providers is "a": is given twice/],
  ['an active provider that is none', () => HigressPlugin.aiProxy({ providers: [{ id: 'a', type: AiProviderType.OPENAI }], activeProviderId: 'b' }), /activeProviderId is "b": is not one of the providers.*allowed: a/],
  ['qwen without tokens', () => provider({ type: AiProviderType.QWEN }), /providers\[0\]\.apiTokens: is missing, and qwen needs it/],
  ['azure without its URL', () => provider({ type: AiProviderType.AZURE, apiTokens: [key()] }), /azureServiceUrl: is missing, and azure needs it/],
  ['azure without a version', () => provider({ type: AiProviderType.AZURE, apiTokens: [key()], azureServiceUrl: 'https://a/b' }), /is no URL with `api-version`/],
  ['ollama without its port', () => provider({ type: AiProviderType.OLLAMA, ollamaServerHost: 'h' }), /ollamaServerPort: is missing, and ollama needs it/],
  ['bedrock without keys', () => provider({ type: AiProviderType.BEDROCK, awsRegion: 'r', awsAccessKey: key() }), /bedrock without awsAccessKey and awsSecretKey needs it/],
  ['vertex without a project', () => provider({ type: AiProviderType.VERTEX, vertexAuthKey: key(), vertexRegion: 'r', vertexAuthServiceName: 's' }), /vertexProjectId: is missing/],
  ['deepl without a language', () => provider({ type: AiProviderType.DEEPL }), /targetLang: is missing/],
  ['hunyuan without keys', () => provider({ type: AiProviderType.HUNYUAN }), /hunyuan without hunyuanAuthId needs it/],
  ['failover without a model', () => provider({ failover: { enabled: true } }), /failover\.healthCheckModel: is missing/],
  ['retry with a bad status', () => provider({ retryOnFailure: { enabled: true, maxRetries: 0, retryOnStatus: ['('] } }), /2 mistakes/],
  ['a token twice', () => provider({ apiTokens: [key(), key()] }), /apiTokens\[1\] is "\(hidden\)": is the same as apiTokens\[0\]/],
  ['a base path that is missing', () => provider({ basePathHandling: 'prepend' }), /basePath: is missing/],
  ['a URL that is none', () => provider({ openaiCustomUrl: 'llm.example.com' }), /openaiCustomUrl is "llm\.example\.com": is not an HTTP URL/],
  ['statistics without a value', () => HigressPlugin.aiStatistics({ attributes: [{ key: 'a', valueSource: StatisticsSource.REQUEST_HEADER, applyToLog: true }] }), /attributes\[0\]\.value: is missing/],
  ['limits of both kinds', () => limit({ globalThreshold: { perDay: 1 }, rules: [{ by: TokenLimitBy.PER_CONSUMER, keys: [{ key: '*', perDay: 1 }] }] }), /global_threshold .*together with `rules`/],
  ['no limit', () => limit({}), /rule_items: is empty/],
  ['two windows', () => limit({ globalThreshold: { perDay: 1, perHour: 1 } }), /has 2 limits, of which only the first counts/],
  ['no tokens', () => limit({ globalThreshold: { perDay: 0 } }), /token_per_day is 0/],
  ['a limit by header without its name', () => limit({ rules: [{ by: TokenLimitBy.HEADER, keys: [{ key: 'a', perDay: 1 }] }] }), /limit_by_header is undefined: is empty/],
  ['a plain key for each value', () => limit({ rules: [{ by: TokenLimitBy.PER_CONSUMER, keys: [{ key: 'a', perDay: 1 }] }] }), /key is "a": is not possible with limit_by_per_consumer/],
  ['a star for addresses', () => limit({ rules: [{ by: TokenLimitBy.PER_IP, keys: [{ key: '*', perDay: 1 }] }] }), /key is "\*": is neither an address nor a network/],
  ['a bad source of addresses', () => limit({ rules: [{ by: TokenLimitBy.PER_IP, name: 'x-ip', keys: [{ key: '::/0', perDay: 1 }] }] }), /limit_by_per_ip is "x-ip": is not a source/],
  ['a name for consumers', () => limit({ rules: [{ by: TokenLimitBy.CONSUMER, name: 'x', keys: [{ key: 'a', perDay: 1 }] }] }), /consumers have none/],
  ['a bare Redis host', () => HigressPlugin.aiQuota({ adminConsumer: 'a', redis: { serviceName: 'redis' } }), /redis\.service_name is "redis": is not the name of a service/],
  ['a quota without an admin', () => HigressPlugin.aiQuota({ adminConsumer: '', redis }), /admin_consumer is "": is empty/],
  ['a cache without a place', () => HigressPlugin.aiCache({ cacheTtl: Duration.hours(1) }), /2 mistakes/],
  ['an unknown database', () => HigressPlugin.aiCache({ vector: { type: 'faiss', serviceName: 'a.dns' } }), /vector\.type is "faiss".*dashvector/],
  ['a vector without a collection', () => HigressPlugin.aiCache({ vector: { type: 'milvus', serviceName: 'a.dns' } }), /IGW706 plugin\.vector\.collectionID: is missing, and milvus needs it; set `collectionId`/],
  ['a vector without a key and a host', () => HigressPlugin.aiCache({ vector: { type: 'pinecone', serviceName: 'a.dns' } }), /2 mistakes[^]*vector\.serviceHost[^]*vector\.apiKey/],
  ['an embedding without a key', () => HigressPlugin.aiCache({ embedding: { type: 'openai', serviceName: 'a.dns' } }), /embedding\.apiKey: is missing, and openai needs it/],
  ['an embedding of no application', () => HigressPlugin.aiCache({ embedding: { type: 'xfyun', serviceName: 'a.dns', apiKey: key() } }), /2 mistakes[^]*embedding\.appId[^]*embedding\.apiSecret/],
  ['vectors of no length', () => HigressPlugin.aiCache({
    embedding: { type: 'textin', serviceName: 'a.dns', textinAppId: 'a', textinSecretCode: key(), textinMatryoshkaDim: 0 },
  }), /embedding\.textinMatryoshkaDim is 0/],
  ['half of a login', () => HigressPlugin.aiCache({ vector: { type: 'elasticsearch', serviceName: 'a.dns', esUsername: 'u' } }), /vector\.esPassword: is missing/],
  ['balancing by no metric', () => HigressPlugin.aiLoadBalancer(AiLoadBalancing.endpointMetrics({ policy: EndpointMetricPolicy.LEAST })), /lb_config\.target_metric/],
  ['a metric that is not read', () => HigressPlugin.aiLoadBalancer(AiLoadBalancing.endpointMetrics({ targetMetric: 'x' })), /is not read by this policy/],
  ['balancing over one service', () => HigressPlugin.aiLoadBalancer(AiLoadBalancing.clusterMetrics({ mode: ClusterMetricMode.LEAST_BUSY, services: ['a.static'] })), /leaves no choice/],
  ['part of a minute', () => HigressPlugin.aiLoadBalancer(AiLoadBalancing.globalLeastRequest(redis, { cleanInterval: Duration.seconds(90) })), /cleanInterval is 1\.5/],
  ['a rate over all', () => HigressPlugin.aiLoadBalancer(AiLoadBalancing.endpointMetrics({ rateLimit: 2 })), /rate_limit is 2: is not a part/],
  ['half a second of memory', () => HigressPlugin.aiLoadBalancer(AiLoadBalancing.prefixCache(redis, Duration.millis(500))), /redisKeyTTL is "500ms": is not in whole seconds/],
  ['half a second of a cache', () => HigressPlugin.aiCache({ redis, cacheTtl: Duration.millis(500) }), /cache\.cacheTTL is "500ms": is not in whole seconds/],
  ['cors with half seconds', () => HigressPlugin.cors({ maxAge: Duration.millis(1500) }), /IGW706 plugin\.max_age is "1500ms": is not in whole seconds; allowed: whole seconds/],
  ['a quota with a relative path', () => HigressPlugin.aiQuota({ adminConsumer: 'a', redis, adminPath: 'quota' }), /admin_path is "quota": does not begin with a slash/],
  ['a Redis with its port in its name', () => HigressPlugin.aiQuota({ adminConsumer: 'a', redis: { serviceName: 'redis.static:80' } }), /service_name is "redis\.static:80": has a port in it/],
  ['a Redis at no port', () => HigressPlugin.aiQuota({ adminConsumer: 'a', redis: { serviceName: 'redis.static', servicePort: 0 } }), /service_port is 0: is not a port; allowed: 1 to 65535/],
  ['a status of no answer', () => HigressPlugin.ipRestriction({ allow: ['::1'], status: 99 }), /status is 99: is not a status of a response/],
  ['a rule without limits', () => limit({ rules: [{ by: TokenLimitBy.CONSUMER, keys: [] }] }), /limit_keys: is empty/],
  ['a key without a limit', () => limit({ rules: [{ by: TokenLimitBy.CONSUMER, keys: [{ key: 'a' }] }] }), /limit_keys\[0\] is \{\}: has no limit/],
  ['the other half of a login', () => HigressPlugin.aiCache({ vector: { type: 'elasticsearch', serviceName: 'a.dns', esPassword: key() } }), /vector\.esUsername is undefined: is empty/],
  ['a mapping of no model', () => HigressPlugin.modelMapper({ modelMapping: { '': 'a' } }), /is "": is no model/],
  ['a tool twice', () => HigressPlugin.mcpServer({ name: 's', tools: [{ name: 'a' }, { name: 'a' }] }), /tools\[1\]\.name is "a": is given twice/],
  ['a guard with fields that are none', () => HigressPlugin.aiSecurityGuard({ ...guard, otherFields: 'x' }), /otherFields is "x": is not an object/],
  ['a provider with fields that are none', () => provider({ otherFields: 'x' }), /providers\[0\]\.otherFields is "x": is not an object/],
  ['a header by a bad pattern', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', allowedHeaders: [{ name: '(', match: ExtAuthMatch.REGEX }] }), /authorization_request\.allowed_headers\[0\]\.regex is "\(": does not compile/],
  ['ext-auth of Envoy without a prefix', () => HigressPlugin.extAuth({ serviceName: 'a.static', endpointMode: ExtAuthEndpointMode.ENVOY }), /path_prefix: is missing; set `pathPrefix`/],
  ['ext-auth that calls no path', () => HigressPlugin.extAuth({ serviceName: 'a.static', endpointMode: ExtAuthEndpointMode.FORWARD_AUTH }), /endpoint\.path: is missing/],
  ['a rule for no path', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', requests: [{ domain: 'a.com', match: ExtAuthMatch.PREFIX }] }), /match_rule_path: is missing/],
  ['a guard without a host', () => HigressPlugin.aiSecurityGuard({ ...guard, serviceHost: '' }), /serviceHost is "": is empty/],
  ['a guard with an empty key', () => HigressPlugin.aiSecurityGuard({ ...guard, secretKey: SecretText.unsafePlainText('') }), /IGW702 plugin\.config\.secretKey/],
  ['an unknown role', () => HigressPlugin.aiPromptDecorator({ append: [{ role: 'bot', content: '' }] }), /append\[0\]\.role is "bot"/],
  ['a decorator that adds nothing', () => HigressPlugin.aiPromptDecorator({}), /prepend: is empty/],
  ['a bad replacement', () => HigressPlugin.aiPromptDecorator({ replace: [{ pattern: '(', replacement: '', regex: true }] }), /replace\[0\]\.pattern is "\(": does not compile/],
  ['templates of one name', () => HigressPlugin.aiPromptTemplate({ templates: [{ name: 'a', template: {} }, { name: 'a', template: {} }] }), /templates is "a": is given twice/],
  ['no template', () => HigressPlugin.aiPromptTemplate({ templates: [] }), /templates: is empty/],
  ['a transport without a server', () => HigressPlugin.mcpServer({ name: 's', transport: McpTransport.SSE }), /mcpServerURL: is missing/],
  ['a tool that is none', () => HigressPlugin.mcpServer({ name: 's', tools: [{ name: 'a' }, {}], allowTools: ['b'] }), /2 mistakes/],
  ['a bad URL of a server', () => HigressPlugin.mcpServer({ name: 's', mcpServerUrl: 'a' }), /mcpServerURL is "a": is not an HTTP URL/],
  ['a relative path of usage', () => HigressPlugin.tokenUsage({ url: gpustackUrl, serviceName: 'a.static', servicePort: 80, path: 'a' }), /endpoint\.path is "a"/],
  ['no header of the cluster', () => HigressPlugin.headerPreRoute({ url: gpustackUrl, clusterNameHeader: '' }), /clusterNameHeader is "": is empty/],
])('fails for %s', (_, plugin, message) => {
  expect(() => render(plugin())).toThrow(message);
});

test.each<[string, () => HigressPlugin, RegExp]>([
  ['key-auth for nobody', () => HigressPlugin.keyAuth({ consumers: [{ name: 'a', credential: key() }], globalAuth: false }), /IGW708 plugin\.global_auth: lets every request pass/],
  ['key-auth in two places', () => HigressPlugin.keyAuth({ consumers: [{ name: 'a', credential: key() }], inHeader: true, inQuery: true }), /in_query: has no effect/],
  ['ext-auth that fails open', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', failureModeAllow: true }), /failure_mode_allow: lets every request pass/],
  ['a prefix that is not read', () => HigressPlugin.extAuth({ serviceName: 'a.static', path: '/a', pathPrefix: '/b' }), /path_prefix: has no effect/],
  ['a header that is not read', () => HigressPlugin.ipRestriction({ allow: ['::1'], ipHeaderName: 'x-ip' }), /ip_header_name: has no effect/],
  ['a router without paths', () => HigressPlugin.modelRouter({ enableOnPathSuffix: [] }), /enableOnPathSuffix: is empty/],
  ['a field of another kind', () => provider({ ollamaServerHost: 'h' }), /providers\[0\]\.ollamaServerHost: has no effect: openai does not read it/],
  ['a rule without a stream', () => HigressPlugin.aiStatistics({ attributes: [{ key: 'a', rule: StatisticsRule.FIRST, applyToLog: true }] }), /rule: has no effect/],
  ['an attribute that goes nowhere', () => HigressPlugin.aiStatistics({ attributes: [{ key: 'a' }] }), /is neither logged nor traced/],
  ['a guard of nothing', () => HigressPlugin.aiSecurityGuard({ ...guard, checkRequest: false, checkResponse: false }), /nothing is checked/],
])('warns of %s', (_, plugin, message) => {
  expect(render(plugin()).warnings).toEqual([expect.stringMatching(message)]);
});

test('a header as source of addresses', () => {
  expect(render(HigressPlugin.ipRestriction({ allow: ['::1'], ipSource: IpSource.HEADER, ipHeaderName: 'x-ip' }))).toMatchObject({
    spec: { defaultConfig: { ip_source_type: 'header', ip_header_name: 'x-ip', allow: ['::1'] } }, warnings: [],
  });
});
