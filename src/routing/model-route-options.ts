import { Duration } from 'cdk8s';
import type { RequestMirror } from './request-mirror';

/** Which requests a route takes, beside what it answers to. */
export interface RouteScopeOptions {
  /**
   * Host names requests must have, 16 at most; a leading `*.` is a wildcard. On Envoy Gateway with a body-based router each of them gets a
   * catch-all route, without which requests for it answer 404 before the router reads them.
   *
   * @default - those of the Gateway's listeners
   */
  readonly hostnames?: string[];

  /**
   * Name of the one listener to attach to: `sectionName` of the route's `parentRefs`.
   *
   * @default - all listeners of the Gateway
   */
  readonly sectionName?: string;
}

/** Options of a route from a Gateway to an InferencePool. */
export interface ModelRouteOptions extends RouteScopeOptions {
  /** The model name clients ask for: matched against the header `X-Gateway-Model-Name`, exactly. */
  readonly modelName: string;

  /**
   * More names the route answers to: one match each, 64 with all others. The request body still says the name the client asked for, so
   * the model server must know it (vLLM: several `--served-model-name`), or an `InferenceModelRewrite` must change it.
   *
   * @default - none
   */
  readonly additionalModelNames?: string[];

  /**
   * Names of the LoRA adapters the model servers have loaded: one match each, 64 with all others. It needs nothing else, and works
   * without a body-based router too. For adapters that come and go use `matchBaseModel`.
   *
   * @default - none
   */
  readonly loraAdapters?: string[];

  /**
   * Whether requests match as well whose base model is `modelName`: header `X-Gateway-Base-Model-Name`. The body-based router sets it for
   * the adapters in its ConfigMaps, which `LoraAdapters` renders, so adapters may change without the route. agentgateway and
   * Higress read bodies themselves and do not set it.
   *
   * @default false
   */
  readonly matchBaseModel?: boolean;

  /**
   * Name of the HTTPRoute.
   *
   * @default - the name of the pool, the first one if there are several
   */
  readonly name?: string;

  /**
   * Longest time a request may take, streaming included; 0 is no limit, written `0s`. GKE takes no timeouts in routes: there it belongs
   * into the pool's GCPBackendPolicy, where `ModelPool.routeFrom` and `ModelPool.connectTo` write it. On a route that stands alone it is
   * a warning (IGW411).
   *
   * @default Duration.seconds(300)
   */
  readonly timeout?: Duration;

  /**
   * Headers requests must have too, by name, each with exactly this value; 15 at most.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: string };

  /**
   * What the path of requests must start with, element by element. The model server gets the path as it is.
   *
   * @default /
   */
  readonly pathPrefix?: string;

  /**
   * Headers the model server gets with these values, whatever the client sent; 16 at most.
   *
   * @default - none
   */
  readonly setRequestHeaders?: { [name: string]: string };

  /**
   * Names of headers the model server does not get, 16 at most.
   *
   * @default - none
   */
  readonly removeRequestHeaders?: string[];

  /**
   * Where copies of the requests go.
   *
   * @default - nowhere
   */
  readonly mirror?: RequestMirror;
}
