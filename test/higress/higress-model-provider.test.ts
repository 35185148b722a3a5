import { Duration } from 'cdk8s';
import { warningsOf } from '../../src/core';
import {
  AiProviderType, ExternalProvider, ExternalProviderType, GpuStackRelease, GpuStackUpstream, HigressModelProvider, HigressModelProviderProps,
  HigressPlugins, HigressPluginsProps, Ownership, SecretText, ServiceRegistry,
} from '../../src/higress';
import { PROVIDER_HOSTS } from '../../src/higress/model-route/provider-hosts';
import { chartsOf, objectOf, objectsOf } from '../synth';

const TOKENS = [SecretText.fromSecret('openai', 'token')];

function providerOf(props: Partial<HigressModelProviderProps> = {}, gateway: Partial<HigressPluginsProps> = {}) {
  const [chart] = chartsOf('higress-system');
  const higress = new HigressPlugins(chart, 'gpustack', {
    release: GpuStackRelease.HEAD_2026_08,
    ownership: Ownership.GITOPS,
    upstream: GpuStackUpstream.embedded(),
    token: SecretText.placeholder('<token>'),
    authCacheKey: SecretText.placeholder('<key>'),
    ...gateway,
  });
  const provider = new HigressModelProvider(chart, 'openai', { higress, provider: ExternalProvider.openai(), tokens: TOKENS, ...props });
  return { chart, higress, provider };
}

function renderedBy(provider: ExternalProvider, props: Partial<HigressModelProviderProps> = {}) {
  const { chart } = providerOf({ provider, ...props });
  const { name, type, domain, port, protocol } = objectOf(chart, 'McpBridge').spec.registries[1];
  const { spec } = objectsOf(chart).find(({ metadata }) => metadata.name === 'gpustack-ai-proxy');
  const { id: _, apiTokens, failover, retryOnFailure, ...config } = spec.defaultConfig.providers[0];
  return { registry: `${name} ${type} ${protocol}://${domain} ${port}`, config, apiTokens, failover, retryOnFailure, rules: spec.matchRules };
}

test('the smallest provider is its type and a token', () => {
  expect(renderedBy(ExternalProvider.openai())).toEqual({
    registry: 'provider-openai dns https://api.openai.com 443',
    config: { type: 'openai' },
    apiTokens: ['${secret.openai.token}'],
    failover: { enabled: false, failureThreshold: 1 },
    retryOnFailure: { enabled: false },
    rules: [{ config: { activeProviderId: 'provider-openai' }, configDisable: false, domain: [], ingress: [], service: ['provider-openai.dns'] }],
  });
});

const SECRET = SecretText.placeholder('<x>');

test.each<[string, ExternalProvider, string, object]>([
  ['claude', ExternalProvider.claude(), 'https://api.anthropic.com 443', { claudeVersion: '2023-06-01' }],
  ['claude elsewhere', ExternalProvider.claude('https://llm.example.com:8443/anthropic/'), 'https://llm.example.com 8443',
    { claudeVersion: '2023-06-01', providerDomain: 'llm.example.com:8443', providerBasePath: '/anthropic' }],
  ['claude at the root', ExternalProvider.claude('http://llm.example.com'), 'http://llm.example.com 80',
    { claudeVersion: '2023-06-01', providerDomain: 'llm.example.com' }],
  ['openai at an address', ExternalProvider.openai('https://192.0.2.1/v1'), 'https://192.0.2.1:443 443', { openaiCustomUrl: 'https://192.0.2.1/v1' }],
  ['azure', ExternalProvider.azure('https://x.openai.azure.com/openai?api-version=1'), 'https://x.openai.azure.com 443',
    { azureServiceUrl: 'https://x.openai.azure.com/openai?api-version=1' }],
  ['bedrock', ExternalProvider.bedrock({ region: 'us-east-1', accessKey: SECRET, secretKey: SECRET }), 'https://bedrock-runtime.us-east-1.amazonaws.com 443',
    { awsRegion: 'us-east-1', awsAccessKey: '<x>', awsSecretKey: '<x>' }],
  ['cloudflare', ExternalProvider.cloudflare('id'), 'https://api.cloudflare.com 443', { cloudflareAccountId: 'id' }],
  ['deepl', ExternalProvider.deepl('DE'), 'https://api-free.deepl.com 443', { targetLang: 'DE' }],
  ['dify', ExternalProvider.dify(), 'https://api.dify.ai 443', {}],
  ['dify elsewhere', ExternalProvider.dify('http://dify.example.com'), 'http://dify.example.com 80', { difyApiUrl: 'http://dify.example.com' }],
  ['doubao', ExternalProvider.doubao('ark.example.com'), 'https://ark.example.com 443', { doubaoDomain: 'ark.example.com' }],
  ['gemini', ExternalProvider.gemini('v1'), 'https://generativelanguage.googleapis.com 443', { apiVersion: 'v1' }],
  ['hunyuan', ExternalProvider.hunyuan(SECRET, SECRET), 'https://hunyuan.tencentcloudapi.com 443', { hunyuanAuthId: '<x>', hunyuanAuthKey: '<x>' }],
  ['minimax', ExternalProvider.minimax(), 'https://api.minimax.chat 443', { minimaxApiType: 'v2' }],
  ['minimax pro', ExternalProvider.minimax('g'), 'https://api.minimax.chat 443', { minimaxApiType: 'pro', minimaxGroupId: 'g' }],
  ['ollama', ExternalProvider.ollama('10.0.0.1'), 'http://10.0.0.1:11434 80', { ollamaServerHost: '10.0.0.1', ollamaServerPort: 11434 }],
  ['qwen', ExternalProvider.qwen(), 'https://dashscope.aliyuncs.com 443', { qwenEnableCompatible: true }],
  ['triton', ExternalProvider.triton('triton.example.com'), 'https://triton.example.com 443', { tritonDomain: 'triton.example.com' }],
  ['any other', ExternalProvider.of('vllm', { url: 'http://vllm.example.com:8000', config: { vllmServerHost: 'x' } }), 'http://vllm.example.com 8000',
    { vllmServerHost: 'x' }],
])('%s', (_, provider, address, config) => {
  const { registry, config: rendered } = renderedBy(provider);
  expect(registry).toBe(`provider-openai ${/\d+\.\d+\.\d+\.\d+/.test(address) ? 'static' : 'dns'} ${address}`);
  expect(rendered).toEqual({ type: provider.type, ...config });
});

test.each(Object.values(ExternalProviderType))('%s is reached at its own host', (type) => {
  expect(renderedBy(ExternalProvider.hosted(type)).registry).toBe(`provider-openai dns https://${PROVIDER_HOSTS[type]} 443`);
});

test('with several tokens and a model to try them with, a token that fails is left out', () => {
  const tokens = [SecretText.placeholder('<a>'), SecretText.placeholder('<b>')];
  expect(renderedBy(ExternalProvider.openai(), { tokens, healthCheckModel: 'gpt-4o' })).toMatchObject({
    apiTokens: ['<a>', '<b>'], failover: { enabled: true, failureThreshold: 1, healthCheckModel: 'gpt-4o' },
  });
  expect(renderedBy(ExternalProvider.openai(), { tokens }).failover).toEqual({ enabled: false, failureThreshold: 1 });
});

test('without tokens there is a placeholder, and a warning', () => {
  const { chart } = providerOf({ tokens: undefined });
  expect(renderedBy(ExternalProvider.openai(), { tokens: undefined }).apiTokens).toEqual(['<provider-openai-token>']);
  expect(warningsOf(chart)).toEqual([
    'warning higress-system/openai: IGW768 tokens is "<provider-openai-token>": is a placeholder that nothing fills in yet: the provider answers 401; ' +
    'set `tokens`, to SecretText.fromSecret for example',
  ]);
});

test.each([
  ExternalProvider.hunyuan(SECRET, SECRET),
  ExternalProvider.bedrock({ region: 'us-east-1', accessKey: SECRET, secretKey: SECRET }),
  ExternalProvider.ollama('10.0.0.1'),
  ExternalProvider.of('vertex', {
    url: 'https://us-central1-aiplatform.googleapis.com',
    config: { vertexAuthKey: SECRET, vertexRegion: 'us-central1', vertexProjectId: 'p', vertexAuthServiceName: 'auth.dns' },
  }),
])('providers that take keys, or nothing, get no token: $type', (provider) => {
  const { chart } = providerOf({ provider, tokens: undefined });
  expect(renderedBy(provider, { tokens: undefined }).apiTokens).toBeUndefined();
  expect(warningsOf(chart)).toEqual([]);
});

test.each([ExternalProvider.hosted(ExternalProviderType.GALADRIEL), ExternalProvider.of('mine', { url: 'https://llm.example.com' })])(
  'a type that ai-proxy does not know is warned of: $type', (provider) => {
    expect(warningsOf(providerOf({ provider }).chart)).toEqual([
      expect.stringMatching(`IGW767 provider.type is "${provider.type}": is no type that ai-proxy of Higress knows: it refuses its whole configuration`),
    ]);
  },
);

test('all other types are types of ai-proxy', () => {
  const known: string[] = Object.values(AiProviderType);
  expect(Object.values<string>(ExternalProviderType).filter((type) => !known.includes(type))).toEqual(['galadriel']);
});

test('a token in plain text is warned of', () => {
  const { chart } = providerOf({ tokens: [SecretText.unsafePlainText('t')] });
  expect(warningsOf(chart)).toEqual([expect.stringContaining('IGW701 tokens[0]: is a secret in plain text')]);
});

test('a proxy is added beside the registry', () => {
  const { chart } = providerOf({ proxyUrl: 'http://proxy.example.com', proxyTimeout: Duration.seconds(9) });
  const { proxies, registries } = objectOf(chart, 'McpBridge').spec;
  expect(proxies).toEqual([{ type: 'HTTP', name: 'provider-openai-proxy', serverAddress: 'proxy.example.com', serverPort: 80, connectTimeout: 9000 }]);
  expect(registries[1].proxyName).toBe('provider-openai-proxy');
});

describe('mistakes', () => {
  test.each<[string, Partial<HigressModelProviderProps>, string]>([
    ['with a URL that is none', { provider: ExternalProvider.openai('llm.example.com/v1') }, 'IGW767 provider.url is "llm.example.com/v1": is no URL'],
    ['with credentials in the URL', { provider: ExternalProvider.claude('https://me:pw@llm.example.com') },
      'IGW767 provider.url is "https://(hidden)@llm.example.com": holds credentials'],
    ['with a query', { provider: ExternalProvider.openai('https://llm.example.com?x=1') }, 'has a query or a fragment, which are not sent'],
    ['with a host that Higress does not take', { provider: ExternalProvider.ollama('ollama') }, 'IGW704 provider.domain is "ollama"'],
    ['with an empty field', { provider: ExternalProvider.cloudflare('') }, 'IGW767 provider.config.cloudflareAccountId is "": is empty'],
    ['with a field of its own', { provider: ExternalProvider.of('openai', { url: 'https://a.example', config: { apiTokens: ['t'] } }) },
      'IGW767 provider.config.apiTokens: is written from other properties'],
    ['with a configuration that is no map', { provider: ExternalProvider.of('openai', { url: 'https://a.example', config: 'x' }) },
      'IGW767 provider.config is "x": is no map of fields'],
    ['without a type', { provider: ExternalProvider.of('', { url: 'https://a.example' }) }, 'IGW767 provider.type is "": is empty'],
    ['that ai-proxy would refuse for its address', { provider: ExternalProvider.azure('https://x.openai.azure.com/openai') },
      'IGW706 provider.config.azureServiceUrl is "https://x.openai.azure.com/openai": is no URL with `api-version` in its query'],
    ['that ai-proxy would refuse for a missing field', { provider: ExternalProvider.of('azure', { url: 'https://x.openai.azure.com' }) },
      'IGW706 provider.config.azureServiceUrl: is missing, and azure needs it'],
    ['with neither keys nor tokens', { provider: ExternalProvider.of('bedrock', { url: 'https://a.example', config: { awsRegion: 'r' } }), tokens: undefined },
      'IGW706 tokens: is missing, and bedrock without awsAccessKey and awsSecretKey needs it; set `tokens`'],
    ['with a token twice', { tokens: [SECRET, SECRET] }, 'IGW706 tokens[1] is "(hidden)": is the same as tokens[0]'],
    ['without a token in the list', { tokens: [] }, 'IGW767 tokens is []: is empty'],
    ['with a token that is no placeholder', { tokens: [SecretText.placeholder('secret')] }, 'IGW702 tokens[0] is "(hidden)"'],
    ['with one token and a model to try tokens with', { healthCheckModel: 'gpt-4o' }, 'IGW767 healthCheckModel is "gpt-4o": is for the choice between several tokens'],
    ['with an HTTPS proxy', { proxyUrl: 'https://u:p@proxy.example.com' }, 'IGW767 proxyUrl is "https://(hidden)@proxy.example.com": is no URL of a proxy that Higress can use'],
    ['with a timeout and no proxy', { proxyTimeout: Duration.seconds(5) }, 'IGW767 proxyTimeout is "5000ms": is for a proxy, and there is none'],
    ['with a timeout that is no whole second', { proxyUrl: 'http://p.example.com', proxyTimeout: Duration.millis(1500) }, 'IGW767 proxyTimeout is "1500ms"'],
    ['with an id that is no part of a name', { providerId: 'Open AI' }, 'IGW760 providerId is "Open AI": cannot be part of a name'],
  ])('fails %s', (_, props, message) => {
    expect(() => providerOf(props)).toThrow(message);
  });

  test('fails for the name of a registry or a proxy of one\'s own', () => {
    const registries = [ServiceRegistry.dns('provider-openai', ['llm.example.com'])];
    const proxies = [{ name: 'provider-openai-proxy', address: 'proxy.example.com', port: 3128 }];
    expect(() => providerOf({ proxyUrl: 'http://other.example.com' }, { proxies })).toThrow(
      'IGW763 proxyUrl is "http://other.example.com": would be the proxy provider-openai-proxy, and higress-system/gpustack/mcp-bridge has one of that name',
    );
    expect(() => providerOf({}, { registries })).toThrow('IGW763 registry is "provider-openai": is also a registry of higress-system/gpustack/mcp-bridge, with another address');
    expect(() => providerOf().higress.addRegistry(registries[0])).toThrow(
      'IGW741 registries[1].name is "provider-openai": is the name of a registry of higress-system/openai, with another address; give each registry a name of its own',
    );
  });

  test('registries of one name and two types are two services', () => {
    const { chart, higress } = providerOf({}, { registries: [ServiceRegistry.dns('search', ['search.example.com'])] });
    higress.addRegistry(ServiceRegistry.staticAddresses('search', ['10.0.0.1:80']));
    expect(objectOf(chart, 'McpBridge').spec.registries.map(({ name, type }: any) => `${name}.${type}`)).toEqual([
      'gpustack.static', 'provider-openai.dns', 'search.dns', 'search.static',
    ]);
  });

  test('fails for an id that another provider has', () => {
    const { chart, higress } = providerOf();
    expect(() => new HigressModelProvider(chart, 'b', { higress, provider: ExternalProvider.qwen(), providerId: 'openai' })).toThrow(
      'IGW763 providerId is "openai": is also that of higress-system/openai',
    );
  });
});
