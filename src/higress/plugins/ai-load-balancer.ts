import type { Duration } from 'cdk8s';
import { compact, Mistake } from '../../core';
import { checkDistinct, checkSeconds, checkService, checkText, checkWhole, milliseconds, missing, seconds, wrong } from './checks';
import { checkRedis, HigressRedisOptions } from './higress-redis';
import { PluginData, pluginData } from './plugin-data';

/** Which endpoint of a service the metrics choose. */
export enum EndpointMetricPolicy {
  /** What vLLM's queue, cache and adapters say, as the endpoint picker of the Gateway API does. */
  DEFAULT = 'default',
  /** The one with the least of a metric. */
  LEAST = 'least',
  /** The one with the most of a metric. */
  MOST = 'most',
}

/** Which service of several is chosen. */
export enum ClusterMetricMode {
  LEAST_BUSY = 'LeastBusy',
  LEAST_FIRST_TOKEN_LATENCY = 'LeastFirstTokenLatency',
  LEAST_TOTAL_LATENCY = 'LeastTotalLatency',
}

/** Options of choosing an endpoint by metrics. */
export interface EndpointMetricsOptions {
  /**
   * Which endpoint is chosen.
   *
   * @default - absent, which means DEFAULT
   */
  readonly policy?: EndpointMetricPolicy;

  /**
   * Name of the metric, for LEAST and MOST.
   *
   * @default - none
   */
  readonly targetMetric?: string;

  /**
   * Largest part of requests that one endpoint gets, 0 to 1.
   *
   * @default - 1
   */
  readonly rateLimit?: number;
}

/** Options of choosing an endpoint by what Redis knows. */
export interface GlobalLeastRequestOptions {
  /**
   * Most requests of an endpoint at a time; 0 for any number.
   *
   * @default - 0
   */
  readonly maxRequestCount?: number;

  /**
   * How often counts of endpoints that are gone are removed, in whole minutes.
   *
   * @default - 1 hour
   */
  readonly cleanInterval?: Duration;
}

/** Options of choosing a service by metrics. */
export interface ClusterMetricsOptions {
  /** Which one is chosen. */
  readonly mode: ClusterMetricMode;

  /** Names of the services: `outbound|80||model-1.static` or `model-1.static`. */
  readonly services: string[];

  /**
   * Header that the choice is written to.
   *
   * @default - `x-higress-target-cluster`
   */
  readonly clusterHeader?: string;

  /**
   * Largest part of requests that one service gets, 0 to 1.
   *
   * @default - 1
   */
  readonly rateLimit?: number;

  /**
   * How many requests the latencies are taken from.
   *
   * @default - 100
   */
  readonly queueSize?: number;
}

/** How `ai-load-balancer` chooses. */
export class AiLoadBalancing {
  /** The endpoint that metrics of the model servers speak for. */
  public static endpointMetrics(options: EndpointMetricsOptions = {}): AiLoadBalancing {
    const { policy, targetMetric, rateLimit } = options;
    const mistakes = checkPart('lb_config.rate_limit', rateLimit);
    const needed = policy === EndpointMetricPolicy.LEAST || policy === EndpointMetricPolicy.MOST;
    if (needed) mistakes.push(...checkText('lb_config.target_metric', targetMetric));
    else if (targetMetric !== undefined) mistakes.push(wrong('lb_config.target_metric', targetMetric, 'is not read by this policy', 'set `policy` to LEAST or MOST'));
    return new AiLoadBalancing('endpoint', 'endpoint_metrics', compact({ metric_policy: policy, target_metric: targetMetric, rate_limit: rateLimit }), mistakes);
  }

  /** The endpoint with the fewest requests, which all gateways count in Redis. */
  public static globalLeastRequest(redis: HigressRedisOptions, options: GlobalLeastRequestOptions = {}): AiLoadBalancing {
    const { maxRequestCount, cleanInterval } = options;
    const minutes = cleanInterval === undefined ? undefined : seconds(cleanInterval)! / 60;
    const config = compact({ ...redisOf(redis), maxRequestCount, cleanInterval: minutes });
    return new AiLoadBalancing('endpoint', 'global_least_request', config, [
      ...checkLbRedis(redis), ...checkWhole('lb_config.maxRequestCount', maxRequestCount, 0), ...checkWhole('lb_config.cleanInterval', minutes, 1),
    ]);
  }

  /** The endpoint that served the beginning of the conversation, as Redis knows. @param timeToLive how long it remembers; 30 minutes */
  public static prefixCache(redis: HigressRedisOptions, timeToLive?: Duration): AiLoadBalancing {
    const config = compact({ ...redisOf(redis), redisKeyTTL: seconds(timeToLive) });
    return new AiLoadBalancing('endpoint', 'prefix_cache', config, [...checkLbRedis(redis), ...checkSeconds('lb_config.redisKeyTTL', timeToLive)]);
  }

  /** The service of several that its requests or latencies speak for. */
  public static clusterMetrics(options: ClusterMetricsOptions): AiLoadBalancing {
    const { mode, services, clusterHeader, rateLimit, queueSize } = options;
    const config = compact({ mode, service_list: services, cluster_header: clusterHeader, rate_limit: rateLimit, queue_size: queueSize });
    return new AiLoadBalancing('cluster', 'cluster_metrics', config, [
      ...(services.length < 2 ? [missing('lb_config.service_list', 'list two services or more', 'leaves no choice')] : []),
      ...services.flatMap((service, index) => checkService(`lb_config.service_list[${index}]`, service.split('|').pop()!)),
      ...checkDistinct('lb_config.service_list', services),
      ...checkPart('lb_config.rate_limit', rateLimit),
      ...checkWhole('lb_config.queue_size', queueSize, 1),
    ]);
  }

  private readonly type: string;
  private readonly policy: string;
  private readonly config: object;
  private readonly mistakes: readonly Mistake[];

  private constructor(type: string, policy: string, config: object, mistakes: readonly Mistake[]) {
    this.type = type;
    this.policy = policy;
    this.config = config;
    this.mistakes = mistakes;
  }

  /** @internal */
  public _plugin(): PluginData {
    return pluginData('ai-load-balancer', { lb_type: this.type, lb_policy: this.policy, lb_config: this.config }, { mistakes: this.mistakes });
  }
}

/** The port is required here: without one the plugin refuses its configuration. */
function redisOf({ serviceName, servicePort, username, password, timeout, database }: HigressRedisOptions): object {
  return { serviceFQDN: serviceName, servicePort: servicePort ?? (serviceName.endsWith('.static') ? 80 : 6379), username, password, timeout: milliseconds(timeout), database };
}

function checkLbRedis(redis: HigressRedisOptions): Mistake[] {
  return checkRedis('lb_config', redis, { service: 'serviceFQDN', port: 'servicePort' });
}

function checkPart(field: string, part: number | undefined): Mistake[] {
  return part === undefined || (part > 0 && part <= 1) ? [] : [wrong(field, part, 'is not a part of the requests', 'set a number over 0', 'more than 0, at most 1')];
}
