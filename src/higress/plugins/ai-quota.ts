import { compact } from '../../core';
import { checkText, wrong } from './checks';
import { checkRedis, HigressRedisOptions, snakeRedis, SNAKE_NAMES } from './higress-redis';
import { PluginData, pluginData } from './plugin-data';

/** Options of the plugin `ai-quota`. */
export interface AiQuotaOptions {
  /** Consumer of `key-auth` that may read and set quotas. */
  readonly adminConsumer: string;

  /** Where quotas are kept. */
  readonly redis: HigressRedisOptions;

  /**
   * Path of the requests that read and set quotas.
   *
   * @default - `/quota`
   */
  readonly adminPath?: string;

  /**
   * What keys in Redis begin with.
   *
   * @default - `chat_quota:`
   */
  readonly redisKeyPrefix?: string;
}

export function aiQuota({ adminConsumer, redis, adminPath, redisKeyPrefix }: AiQuotaOptions): PluginData {
  const mistakes = [...checkText('admin_consumer', adminConsumer), ...checkRedis('redis', redis, SNAKE_NAMES)];
  if (adminPath !== undefined && !adminPath.startsWith('/')) mistakes.push(wrong('admin_path', adminPath, 'does not begin with a slash', `write ${JSON.stringify(`/${adminPath}`)}`));
  return pluginData('ai-quota', compact({
    admin_consumer: adminConsumer, admin_path: adminPath, redis_key_prefix: redisKeyPrefix, redis: snakeRedis(redis),
  }), { mistakes });
}
