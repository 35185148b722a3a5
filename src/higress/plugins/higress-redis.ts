import type { Duration } from 'cdk8s';
import { compact, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import { checkPort, checkService, checkWhole, milliseconds } from './checks';

/** A Redis that a plugin keeps its counters or answers in. */
export interface HigressRedisOptions {
  /** Name of the service, as `ServiceRegistry.serviceName` gives it: `redis.static`, `redis.default.svc.cluster.local`. No IP address. */
  readonly serviceName: string;

  /**
   * Port of the service.
   *
   * @default - 80 for a name that ends with `.static`, else 6379
   */
  readonly servicePort?: number;

  /**
   * User name.
   *
   * @default - none
   */
  readonly username?: string;

  /**
   * Password.
   *
   * @default - none
   */
  readonly password?: SecretText;

  /**
   * How long a call may take.
   *
   * @default - 1 second; 10 seconds in ai-cache; 3 seconds in ai-load-balancer
   */
  readonly timeout?: Duration;

  /**
   * Number of the database.
   *
   * @default 0
   */
  readonly database?: number;
}

/** The fields as ai-quota and ai-token-ratelimit have them. */
export function snakeRedis(redis: HigressRedisOptions): object {
  const { serviceName, servicePort, username, password, database } = redis;
  return compact({
    service_name: serviceName, service_port: servicePort, username, password, timeout: milliseconds(redis.timeout), database,
  });
}

export function checkRedis(field: string, redis: HigressRedisOptions, names: { service: string; port: string }): Mistake[] {
  return [
    ...checkService(`${field}.${names.service}`, redis.serviceName),
    ...checkPort(`${field}.${names.port}`, redis.servicePort),
    ...checkWhole(`${field}.database`, redis.database, 0),
  ];
}

export const SNAKE_NAMES = { service: 'service_name', port: 'service_port' };
