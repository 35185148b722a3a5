import type { PoolReference } from './pool-reference';
import type { ServiceReference } from './service-reference';

/** Options of a request mirror. */
export interface RequestMirrorOptions {
  /**
   * Share of the requests that are copied, in percent: a whole number, 0 to 100.
   *
   * @default - not written, which is all of them
   */
  readonly percent?: number;
}

/**
 * Where copies of requests go. Clients never see the answers.
 *
 * A copy costs what a request costs: the mirror generates all of its tokens.
 */
export class RequestMirror {
  /** To a Service: the one kind of mirror the Gateway API defines. It picks pods as Kubernetes does, with no endpoint picker. */
  public static toService(service: ServiceReference, options: RequestMirrorOptions = {}): RequestMirror {
    return new RequestMirror(service, undefined, options.percent);
  }

  /**
   * To an InferencePool, for implementations whose `GatewayCapabilities.mirroredPools` says that they can; none of the built-in ones
   * does. It is an error (IGW402) elsewhere: the Gateway API leaves it to the implementation, and the endpoint picker of a pool is asked
   * for the original request only, so that nothing picks a pod for the copy.
   */
  public static toPool(pool: PoolReference, options: RequestMirrorOptions = {}): RequestMirror {
    return new RequestMirror(undefined, pool, options.percent);
  }

  /** The Service; undefined for a pool. */
  public readonly service?: ServiceReference;
  /** The pool; undefined for a Service. */
  public readonly pool?: PoolReference;
  /** Share of the requests that are copied; undefined for all. */
  public readonly percent?: number;

  private constructor(service: ServiceReference | undefined, pool: PoolReference | undefined, percent: number | undefined) {
    this.service = service;
    this.pool = pool;
    this.percent = percent;
  }
}
