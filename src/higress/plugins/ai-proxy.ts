import { compact, isMap, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import { AiProvider, AiProviderFailover, AiProviderRetry, AiProviderType } from './ai-proxy-provider';
import { checkDistinct, checkPort, checkRe2, checkText, checkWhole, milliseconds, missing, notice, wrong } from './checks';
import { checkModelMapping } from './model-mapper';
import { PluginData, pluginData } from './plugin-data';

/** Options of the plugin `ai-proxy`. */
export interface AiProxyOptions {
  /**
   * Model servers that requests may go to. Their ids differ.
   *
   * @default - none, as in a match rule that chooses one
   */
  readonly providers?: AiProvider[];

  /**
   * The one that requests go to. As default configuration it is for all requests; as a rule match by `service` or `ingress`.
   *
   * @default - none: requests go on as they are
   */
  readonly activeProviderId?: string;
}

export function aiProxy({ providers, activeProviderId }: AiProxyOptions): PluginData {
  const mistakes: Mistake[] = [
    ...checkDistinct('providers', (providers ?? []).map(({ id }) => id)),
    ...(providers ?? []).flatMap((provider, index) => checkProvider(`providers[${index}]`, provider)),
  ];
  const ids = providers?.map(({ id }) => id);
  if (ids && activeProviderId !== undefined && !ids.includes(activeProviderId)) {
    mistakes.push(wrong('activeProviderId', activeProviderId, 'is not one of the providers, so requests go on as they are', 'name a provider', ids.join(', ')));
  }
  const notices = (providers ?? []).flatMap((provider, index) => noticesOf(`providers[${index}]`, provider));
  return pluginData('ai-proxy', compact({ activeProviderId, providers: providers?.map(providerConfig) }), { mistakes, notices });
}

/** One entry of `defaultConfig.providers`; it may hold `SecretText`. */
export interface AiProxyEntry {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A provider as the plugin reads it; the models and providers behind a gateway are written with it, too. */
export function providerConfig({ timeout, firstByteTimeout, failover, retryOnFailure, otherFields, ...same }: AiProvider): AiProxyEntry {
  return compact({
    ...same,
    timeout: milliseconds(timeout),
    firstByteTimeout: milliseconds(firstByteTimeout),
    failover: failover && failoverConfig(failover),
    retryOnFailure: retryOnFailure && retryConfig(retryOnFailure),
    ...otherFields,
  }) as AiProxyEntry;
}

function failoverConfig({ healthCheckInterval, healthCheckTimeout, ...same }: AiProviderFailover): object {
  return compact({ ...same, healthCheckInterval: milliseconds(healthCheckInterval), healthCheckTimeout: milliseconds(healthCheckTimeout) });
}

function retryConfig({ retryTimeout, ...same }: AiProviderRetry): object {
  return compact({ ...same, retryTimeout: milliseconds(retryTimeout) });
}

const { BEDROCK, VERTEX, HUNYUAN } = AiProviderType;

/** The kinds whose `ValidateConfig` asks for no token: they have none, or other secrets. */
const WITHOUT_TOKENS: readonly AiProviderType[] = [
  AiProviderType.OPENAI, AiProviderType.OLLAMA, AiProviderType.VLLM, AiProviderType.GENERIC, AiProviderType.SPARK, AiProviderType.DEEPL,
  BEDROCK, VERTEX, HUNYUAN,
];

/** The fields that only one kind reads, and those of them it needs. */
const OWN_FIELDS: Partial<Record<AiProviderType, { reads: readonly (keyof AiProvider)[]; needs?: readonly (keyof AiProvider)[] }>> = {
  [AiProviderType.OPENAI]: { reads: ['openaiCustomUrl'] },
  [AiProviderType.AZURE]: { reads: ['azureServiceUrl'], needs: ['azureServiceUrl'] },
  [AiProviderType.CLAUDE]: { reads: ['claudeVersion'] },
  [AiProviderType.OLLAMA]: { reads: ['ollamaServerHost', 'ollamaServerPort'], needs: ['ollamaServerHost', 'ollamaServerPort'] },
  [AiProviderType.VLLM]: { reads: ['vllmServerHost', 'vllmCustomUrl'] },
  [AiProviderType.GENERIC]: { reads: ['genericHost'] },
  [AiProviderType.QWEN]: { reads: ['qwenEnableSearch', 'qwenEnableCompatible'] },
  [BEDROCK]: { reads: ['awsRegion', 'awsAccessKey', 'awsSecretKey'], needs: ['awsRegion'] },
  [VERTEX]: { reads: ['vertexAuthKey', 'vertexRegion', 'vertexProjectId', 'vertexAuthServiceName'] },
  [AiProviderType.DEEPL]: { reads: ['targetLang'], needs: ['targetLang'] },
};

/** What is wrong with a provider. */
export function checkProvider(field: string, provider: AiProvider): Mistake[] {
  const { type, apiTokens = [], failover, retryOnFailure, otherFields } = provider;
  const need = (name: string, of: string = type) => missing(`${field}.${name}`, `set \`${name}\``, `is missing, and ${of} needs it`);
  const mistakes = [
    ...checkText(`${field}.id`, provider.id),
    ...checkModelMapping(`${field}.modelMapping`, Object.fromEntries(Object.entries(provider.modelMapping ?? {}).filter(([name]) => !name.startsWith('~')))),
    ...Object.keys(provider.modelMapping ?? {}).filter((name) => name.startsWith('~')).flatMap((name) => checkRe2(`${field}.modelMapping`, name.slice(1))),
    ...checkPort(`${field}.ollamaServerPort`, provider.ollamaServerPort),
    ...(failover ? checkFailover(`${field}.failover`, failover) : []),
    ...(retryOnFailure ? checkRetry(`${field}.retryOnFailure`, retryOnFailure) : []),
    ...(OWN_FIELDS[type]?.needs ?? []).filter((name) => provider[name] === undefined).map((name) => need(name)),
  ];
  if (apiTokens.length === 0 && !WITHOUT_TOKENS.includes(type)) mistakes.push(need('apiTokens'));
  if (type === BEDROCK && apiTokens.length === 0 && !(provider.awsAccessKey && provider.awsSecretKey)) mistakes.push(need('apiTokens', `${type} without awsAccessKey and awsSecretKey`));
  if (type === VERTEX && apiTokens.length === 0) {
    (['vertexAuthKey', 'vertexRegion', 'vertexProjectId', 'vertexAuthServiceName'] as const)
      .filter((name) => provider[name] === undefined).forEach((name) => mistakes.push(need(name, `${type} without apiTokens`)));
  }
  if (type === HUNYUAN && apiTokens.length === 0 && !otherFields?.hunyuanAuthId) mistakes.push(need('apiTokens', `${type} without hunyuanAuthId`));
  if (provider.azureServiceUrl !== undefined && !/^https?:\/\/\S+[?&]api-version=/.test(provider.azureServiceUrl)) {
    mistakes.push(wrong(`${field}.azureServiceUrl`, provider.azureServiceUrl, 'is no URL with `api-version` in its query', 'write the whole URL of the deployment'));
  }
  for (const name of ['openaiCustomUrl', 'vllmCustomUrl'] as const) {
    const url = provider[name];
    if (url !== undefined && !/^https?:\/\/[^\s/]+/.test(url)) mistakes.push(wrong(`${field}.${name}`, url, 'is not an HTTP URL', 'write the whole URL', 'http://…, https://…'));
  }
  if (provider.basePathHandling !== undefined && provider.basePath === undefined) mistakes.push(missing(`${field}.basePath`, 'set `basePath`, or remove `basePathHandling`'));
  if (otherFields !== undefined && !isMap(otherFields)) mistakes.push(wrong(`${field}.otherFields`, otherFields, 'is not an object', 'write the fields by their names'));
  return [...mistakes, ...repeatedTokens(field, apiTokens)];
}

function noticesOf(field: string, provider: AiProvider): Mistake[] {
  const own = OWN_FIELDS[provider.type]?.reads ?? [];
  const ofOthers = Object.entries(OWN_FIELDS).flatMap(([type, { reads }]) => (type === provider.type ? [] : reads.map((name) => ({ name, type }))));
  return ofOthers.filter(({ name }) => provider[name] !== undefined && !own.includes(name))
    .map(({ name, type }) => notice(`${field}.${name}`, `has no effect: ${provider.type} does not read it`, `remove it, or set \`type\` to ${type}`));
}

function checkFailover(field: string, failover: AiProviderFailover): Mistake[] {
  const { enabled, healthCheckModel, failureThreshold, successThreshold, failoverOnStatus } = failover;
  return [
    ...(enabled && !healthCheckModel ? [missing(`${field}.healthCheckModel`, 'name a model that tokens are tried with')] : []),
    ...checkWhole(`${field}.failureThreshold`, failureThreshold, 1),
    ...checkWhole(`${field}.successThreshold`, successThreshold, 1),
    ...(failoverOnStatus ?? []).flatMap((status, index) => checkRe2(`${field}.failoverOnStatus[${index}]`, status)),
  ];
}

function checkRetry(field: string, { maxRetries, retryOnStatus }: AiProviderRetry): Mistake[] {
  return [
    ...checkWhole(`${field}.maxRetries`, maxRetries, 1),
    ...(retryOnStatus ?? []).flatMap((status, index) => checkRe2(`${field}.retryOnStatus[${index}]`, status)),
  ];
}

function repeatedTokens(field: string, tokens: readonly SecretText[]): Mistake[] {
  const texts = tokens.map((token) => token._text);
  return texts.flatMap((text, index) => texts.indexOf(text) < index
    ? [wrong(`${field}.apiTokens[${index}]`, '(hidden)', `is the same as apiTokens[${texts.indexOf(text)}]`, 'give each token once')] : []);
}
