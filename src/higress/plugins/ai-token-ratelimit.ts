import { compact, Mistake } from '../../core';
import { checkRe2, checkStatus, checkText, checkWhole, missing, wrong } from './checks';
import { checkRedis, HigressRedisOptions, snakeRedis, SNAKE_NAMES } from './higress-redis';
import { isNet } from './ip-restriction';
import { PluginData, pluginData } from './plugin-data';

/** How many tokens may be used. Give one of them. */
export interface TokenLimit {
  /**
   * Tokens in a second.
   *
   * @default - none
   */
  readonly perSecond?: number;

  /**
   * Tokens in a minute.
   *
   * @default - none
   */
  readonly perMinute?: number;

  /**
   * Tokens in an hour.
   *
   * @default - none
   */
  readonly perHour?: number;

  /**
   * Tokens in a day.
   *
   * @default - none
   */
  readonly perDay?: number;
}

/** Whose tokens are counted. */
export enum TokenLimitBy {
  /** One header: each value that is listed has a limit. */
  HEADER = 'limit_by_header',
  /** One query parameter: each value that is listed has a limit. */
  PARAM = 'limit_by_param',
  /** The consumer of `key-auth`: each one that is listed has a limit. */
  CONSUMER = 'limit_by_consumer',
  /** One cookie: each value that is listed has a limit. */
  COOKIE = 'limit_by_cookie',
  /** Each value of one header for itself. */
  PER_HEADER = 'limit_by_per_header',
  /** Each value of one query parameter for itself. */
  PER_PARAM = 'limit_by_per_param',
  /** Each consumer for itself. */
  PER_CONSUMER = 'limit_by_per_consumer',
  /** Each value of one cookie for itself. */
  PER_COOKIE = 'limit_by_per_cookie',
  /** Each address of a client for itself. */
  PER_IP = 'limit_by_per_ip',
}

/** A limit for one value. */
export interface TokenLimitKey extends TokenLimit {
  /**
   * The value. For PER_HEADER and its like `*` or `regexp:…`; for PER_IP an address or a network.
   */
  readonly key: string;
}

/** Limits for the values of one thing. */
export interface TokenLimitRule {
  /** Whose tokens are counted. */
  readonly by: TokenLimitBy;

  /**
   * Name of the header, parameter or cookie; for PER_IP `from-remote-addr` or `from-header-<name>`. Consumers need none.
   *
   * @default - none; `from-remote-addr` for PER_IP
   */
  readonly name?: string;

  /** The limits. The first key that matches counts. */
  readonly keys: TokenLimitKey[];
}

/** Options of the plugin `ai-token-ratelimit`. Give `globalThreshold` or `rules`. */
export interface AiTokenRateLimitOptions {
  /** Name of the limit, part of the keys in Redis. */
  readonly ruleName: string;

  /** Where tokens are counted. */
  readonly redis: HigressRedisOptions;

  /**
   * A limit for all together.
   *
   * @default - `rules` is used
   */
  readonly globalThreshold?: TokenLimit;

  /**
   * Limits by consumer, header and so on. The first rule that matches counts.
   *
   * @default - `globalThreshold` is used
   */
  readonly rules?: TokenLimitRule[];

  /**
   * Status of the answer to requests over the limit.
   *
   * @default - 429
   */
  readonly rejectedCode?: number;

  /**
   * Text of that answer.
   *
   * @default - `Too many requests`
   */
  readonly rejectedMsg?: string;
}

const { CONSUMER, PER_CONSUMER, PER_IP } = TokenLimitBy;

export function aiTokenRateLimit(options: AiTokenRateLimitOptions): PluginData {
  const { ruleName, redis, globalThreshold, rules, rejectedCode, rejectedMsg } = options;
  const mistakes: Mistake[] = [
    ...checkText('rule_name', ruleName),
    ...checkRedis('redis', redis, SNAKE_NAMES),
    ...checkStatus('rejected_code', rejectedCode),
    ...(globalThreshold ? checkLimit('global_threshold', globalThreshold) : []),
    ...(rules ?? []).flatMap((rule, index) => checkRule(`rule_items[${index}]`, rule)),
  ];
  if (globalThreshold && rules) mistakes.push(wrong('global_threshold', globalThreshold, 'is given together with `rules`, which the plugin refuses', 'give one of the two'));
  if (!globalThreshold && !rules?.length) mistakes.push(missing('rule_items', 'set `rules` or `globalThreshold`', 'is empty, and there is no global threshold'));
  return pluginData('ai-token-ratelimit', compact({
    rule_name: ruleName,
    global_threshold: globalThreshold && limitOf(globalThreshold),
    rule_items: rules?.map(({ by, name, keys }) => ({
      [by]: name ?? (by === PER_IP ? 'from-remote-addr' : ''),
      limit_keys: keys.map((limit) => ({ key: limit.key, ...limitOf(limit) })),
    })),
    rejected_code: rejectedCode,
    rejected_msg: rejectedMsg,
    redis: snakeRedis(redis),
  }), { mistakes });
}

function limitOf({ perSecond, perMinute, perHour, perDay }: TokenLimit): object {
  return compact({ token_per_second: perSecond, token_per_minute: perMinute, token_per_hour: perHour, token_per_day: perDay });
}

function checkLimit(field: string, limit: TokenLimit): Mistake[] {
  const given = Object.entries(limitOf(limit));
  if (given.length !== 1) {
    const problem = given.length === 0 ? 'has no limit' : `has ${given.length} limits, of which only the first counts`;
    return [wrong(field, Object.fromEntries(given), problem, 'set one of `perSecond`, `perMinute`, `perHour` and `perDay`')];
  }
  return given.flatMap(([name, value]) => checkWhole(`${field}.${name}`, value, 1));
}

function checkRule(field: string, { by, name, keys }: TokenLimitRule): Mistake[] {
  const unnamed = by === CONSUMER || by === PER_CONSUMER || by === PER_IP;
  const mistakes = [
    ...(unnamed ? [] : checkText(`${field}.${by}`, name)),
    ...(keys.length === 0 ? [missing(`${field}.limit_keys`, 'list the limits', 'is empty')] : []),
    ...keys.flatMap((limit, index) => [...checkText(`${field}.limit_keys[${index}].key`, limit.key), ...checkLimit(`${field}.limit_keys[${index}]`, limit)]),
    ...keys.flatMap(({ key }, index) => checkKey(`${field}.limit_keys[${index}].key`, by, key)),
  ];
  if (name !== undefined && (by === CONSUMER || by === PER_CONSUMER)) mistakes.push(wrong(`${field}.${by}`, name, 'is a name, and consumers have none', 'remove `name`'));
  if (by === PER_IP && name !== undefined && !/^(from-remote-addr|from-header-\S+)$/.test(name)) {
    mistakes.push(wrong(`${field}.${by}`, name, 'is not a source of addresses', 'set `name` to one of them', 'from-remote-addr, from-header-<name>'));
  }
  return mistakes;
}

function checkKey(field: string, by: TokenLimitBy, key: string): Mistake[] {
  if (by === PER_IP) return isNet(key) ? [] : [wrong(field, key, 'is neither an address nor a network', 'write `10.0.0.0/8`, or `0.0.0.0/0` for all')];
  if (!by.startsWith('limit_by_per_') || key === '*') return [];
  if (!key.startsWith('regexp:')) return [wrong(field, key, `is not possible with ${by}`, 'write `*`, or begin it with `regexp:`', '*, regexp:…')];
  return checkRe2(field, key.slice('regexp:'.length));
}
