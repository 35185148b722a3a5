import type { Duration } from 'cdk8s';
import { compact, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import { checkPort, checkSeconds, checkService, checkText, checkWhole, milliseconds, missing, seconds, wrong } from './checks';
import { checkRedis, HigressRedisOptions } from './higress-redis';
import { PluginData, pluginData } from './plugin-data';

/** What of a conversation an answer is kept by. */
export enum AiCacheKeyStrategy {
  LAST_QUESTION = 'lastQuestion',
  ALL_QUESTIONS = 'allQuestions',
  DISABLED = 'disabled',
}

/** How a distance or similarity is compared with the threshold. */
export enum AiCacheThresholdRelation {
  LESS = 'lt',
  AT_MOST = 'lte',
  GREATER = 'gt',
  AT_LEAST = 'gte',
}

/** A database of vectors. */
export interface AiCacheVectorOptions {
  /** Kind: `dashvector`, `chroma`, `elasticsearch`, `weaviate`, `pinecone`, `qdrant`, `milvus`. */
  readonly type: string;
  /** Name of the service, as `ServiceRegistry.serviceName` gives it. */
  readonly serviceName: string;

  /**
   * Host header of requests to it.
   *
   * @default - the service's name
   */
  readonly serviceHost?: string;

  /**
   * Port of the service.
   *
   * @default - 443
   */
  readonly servicePort?: number;

  /**
   * Its key.
   *
   * @default - none
   */
  readonly apiKey?: SecretText;

  /**
   * Its collection.
   *
   * @default - none
   */
  readonly collectionId?: string;

  /**
   * How many vectors are asked for.
   *
   * @default - 1
   */
  readonly topK?: number;

  /**
   * How long a call may take.
   *
   * @default - 10 seconds
   */
  readonly timeout?: Duration;

  /**
   * Threshold that questions count as alike by.
   *
   * @default - 1000
   */
  readonly threshold?: number;

  /**
   * How the threshold is compared.
   *
   * @default - LESS
   */
  readonly thresholdRelation?: AiCacheThresholdRelation;

  /**
   * User name, for Elasticsearch.
   *
   * @default - none
   */
  readonly esUsername?: string;

  /**
   * Password, for Elasticsearch.
   *
   * @default - none
   */
  readonly esPassword?: SecretText;
}

/** A model that makes vectors of questions. */
export interface AiCacheEmbeddingOptions {
  /** Kind: `dashscope`, `textin`, `cohere`, `openai`, `ollama`, `huggingface`, `xfyun`, `azure`. */
  readonly type: string;
  /** Name of the service, as `ServiceRegistry.serviceName` gives it. */
  readonly serviceName: string;

  /**
   * Host header of requests to it.
   *
   * @default - that of the kind
   */
  readonly serviceHost?: string;

  /**
   * Port of the service.
   *
   * @default - 443
   */
  readonly servicePort?: number;

  /**
   * Its key.
   *
   * @default - none
   */
  readonly apiKey?: SecretText;

  /**
   * The model.
   *
   * @default - that of the kind
   */
  readonly model?: string;

  /**
   * Version of the API, for azure. Required there.
   *
   * @default - none
   */
  readonly apiVersion?: string;

  /**
   * Id of the application, for xfyun. Required there.
   *
   * @default - none
   */
  readonly appId?: string;

  /**
   * Secret of the application, for xfyun. Required there.
   *
   * @default - none
   */
  readonly apiSecret?: SecretText;

  /**
   * Id of the application, for textin. Required there.
   *
   * @default - none
   */
  readonly textinAppId?: string;

  /**
   * Secret of the application, for textin. Required there.
   *
   * @default - none
   */
  readonly textinSecretCode?: SecretText;

  /**
   * How many numbers a vector has, for textin. Required there.
   *
   * @default - none
   */
  readonly textinMatryoshkaDim?: number;

  /**
   * How long a call may take.
   *
   * @default - 10 seconds
   */
  readonly timeout?: Duration;
}

/** Options of the plugin `ai-cache`. Give `redis`, or `vector`, or both. */
export interface AiCacheOptions {
  /**
   * Where answers are kept.
   *
   * @default - none
   */
  readonly redis?: HigressRedisOptions;

  /**
   * How long an answer is kept.
   *
   * @default - for ever
   */
  readonly cacheTtl?: Duration;

  /**
   * What keys in Redis begin with.
   *
   * @default - `higress-ai-cache:`
   */
  readonly cacheKeyPrefix?: string;

  /**
   * Where questions that are alike are found.
   *
   * @default - none: questions must be the same
   */
  readonly vector?: AiCacheVectorOptions;

  /**
   * What makes vectors of questions.
   *
   * @default - none
   */
  readonly embedding?: AiCacheEmbeddingOptions;

  /**
   * Whether questions that are alike count as one.
   *
   * @default - absent, which the plugin takes as true
   */
  readonly enableSemanticCache?: boolean;

  /**
   * What an answer is kept by.
   *
   * @default - LAST_QUESTION
   */
  readonly cacheKeyStrategy?: AiCacheKeyStrategy;

  /**
   * Where the question is in requests, as a GJSON path.
   *
   * @default - `messages.@reverse.0.content`
   */
  readonly cacheKeyFrom?: string;

  /**
   * Where the answer is in responses, as a GJSON path.
   *
   * @default - `choices.0.message.content`
   */
  readonly cacheValueFrom?: string;

  /**
   * Where the answer is in streamed responses, as a GJSON path.
   *
   * @default - `choices.0.delta.content`
   */
  readonly cacheStreamValueFrom?: string;

  /**
   * Where calls of tools are in streamed responses, as a GJSON path.
   *
   * @default - `choices.0.delta.content.tool_calls`
   */
  readonly cacheToolCallsFrom?: string;

  /**
   * Response with a kept answer, which stands for `%s` in it.
   *
   * @default - one of a chat completion
   */
  readonly responseTemplate?: string;

  /**
   * Streamed response with a kept answer, which stands for `%s` in it.
   *
   * @default - one of a chat completion
   */
  readonly streamResponseTemplate?: string;
}

/** The kinds of databases, and what the plugin refuses them without. Source: ValidateConfig of each in ai-cache/vector. */
const VECTORS: Readonly<Record<string, readonly (keyof AiCacheVectorOptions)[]>> = {
  dashvector: ['apiKey', 'collectionId', 'serviceHost'],
  chroma: ['collectionId'],
  elasticsearch: ['collectionId'],
  weaviate: ['collectionId'],
  pinecone: ['serviceHost', 'apiKey'],
  qdrant: ['collectionId'],
  milvus: ['collectionId'],
};

/** As `VECTORS`. Source: ValidateConfig of each in ai-cache/embedding. */
const EMBEDDINGS: Readonly<Record<string, readonly (keyof AiCacheEmbeddingOptions)[]>> = {
  dashscope: ['apiKey'],
  textin: ['textinAppId', 'textinSecretCode', 'textinMatryoshkaDim'],
  cohere: ['apiKey'],
  openai: ['apiKey'],
  ollama: [],
  huggingface: ['apiKey'],
  xfyun: ['apiKey', 'appId', 'apiSecret'],
  azure: ['apiKey', 'apiVersion'],
};

export function aiCache(options: AiCacheOptions): PluginData {
  const { redis, vector, embedding } = options;
  return pluginData('ai-cache', compact({
    cache: redis && compact({
      type: 'redis',
      serviceName: redis.serviceName,
      servicePort: redis.servicePort,
      username: redis.username,
      password: redis.password,
      database: redis.database,
      timeout: milliseconds(redis.timeout),
      cacheTTL: seconds(options.cacheTtl),
      cacheKeyPrefix: options.cacheKeyPrefix,
    }),
    vector: vector && vectorConfig(vector),
    embedding: embedding && compact({ ...embedding, timeout: milliseconds(embedding.timeout) }),
    enableSemanticCache: options.enableSemanticCache,
    cacheKeyStrategy: options.cacheKeyStrategy,
    cacheKeyFrom: options.cacheKeyFrom,
    cacheValueFrom: options.cacheValueFrom,
    cacheStreamValueFrom: options.cacheStreamValueFrom,
    cacheToolCallsFrom: options.cacheToolCallsFrom,
    responseTemplate: options.responseTemplate,
    streamResponseTemplate: options.streamResponseTemplate,
  }), { mistakes: mistakesOf(options) });
}

function vectorConfig({ collectionId, timeout, ...same }: AiCacheVectorOptions): object {
  return compact({ ...same, collectionID: collectionId, timeout: milliseconds(timeout) });
}

function mistakesOf({ redis, vector, embedding, cacheTtl, cacheKeyPrefix }: AiCacheOptions): Mistake[] {
  const mistakes: Mistake[] = redis ? checkRedis('cache', redis, { service: 'serviceName', port: 'servicePort' }) : [];
  mistakes.push(...checkSeconds('cache.cacheTTL', cacheTtl));
  if (!redis && !vector && !embedding) mistakes.push(missing('cache', 'set `redis` or `vector`', 'is missing, and so are vector and embedding'));
  if (!redis && (cacheTtl !== undefined || cacheKeyPrefix !== undefined)) mistakes.push(missing('cache', 'set `redis`, or remove `cacheTtl` and `cacheKeyPrefix`'));
  const remotes = [['vector', vector, VECTORS], ['embedding', embedding, EMBEDDINGS]] as const;
  remotes.forEach(([field, remote, kinds]) => mistakes.push(...remote ? checkRemote(field, remote, kinds) : []));
  mistakes.push(...checkWhole('embedding.textinMatryoshkaDim', embedding?.textinMatryoshkaDim, 1));
  if (vector?.type === 'elasticsearch' && (vector.esUsername === undefined) !== (vector.esPassword === undefined)) {
    mistakes.push(...checkText('vector.esUsername', vector.esUsername), ...(vector.esPassword ? [] : [missing('vector.esPassword', 'set `esPassword`')]));
  }
  return mistakes;
}

type Needs = Readonly<Record<string, readonly string[]>>;

function checkRemote(field: string, remote: AiCacheVectorOptions | AiCacheEmbeddingOptions, kinds: Needs): Mistake[] {
  const { type, serviceName, servicePort } = remote;
  const unknown = wrong(`${field}.type`, type, 'is not a kind that the plugin knows', 'set `type` to one of them', Object.keys(kinds).join(', '));
  const needed = (kinds[type] ?? []).filter((name) => [undefined, ''].includes((remote as unknown as Record<string, string | undefined>)[name]));
  return [
    ...(type in kinds ? [] : [unknown]),
    ...checkService(`${field}.serviceName`, serviceName),
    ...checkPort(`${field}.servicePort`, servicePort),
    ...needed.map((name) => missing(`${field}.${name === 'collectionId' ? 'collectionID' : name}`, `set \`${name}\``, `is missing, and ${type} needs it`)),
  ];
}
