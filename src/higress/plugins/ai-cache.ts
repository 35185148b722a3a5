import type { Duration } from 'cdk8s';
import { compact, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import { checkPort, checkSeconds, checkService, checkText, milliseconds, missing, seconds, wrong } from './checks';
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
}

const VECTORS = ['dashvector', 'chroma', 'elasticsearch', 'weaviate', 'pinecone', 'qdrant', 'milvus'];
const EMBEDDINGS = ['dashscope', 'textin', 'cohere', 'openai', 'ollama', 'huggingface', 'xfyun', 'azure'];

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
  remotes.forEach(([field, remote, types]) => {
    if (!remote) return;
    if (!types.includes(remote.type)) mistakes.push(wrong(`${field}.type`, remote.type, 'is not a kind that the plugin knows', 'set `type` to one of them', types.join(', ')));
    mistakes.push(...checkService(`${field}.serviceName`, remote.serviceName), ...checkPort(`${field}.servicePort`, remote.servicePort));
  });
  if (vector?.type === 'elasticsearch' && (vector.esUsername === undefined) !== (vector.esPassword === undefined)) {
    mistakes.push(...checkText('vector.esUsername', vector.esUsername), ...(vector.esPassword ? [] : [missing('vector.esPassword', 'set `esPassword`')]));
  }
  return mistakes;
}
