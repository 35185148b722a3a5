import type { HigressPlugins } from './higress-plugins';
import type { ModelDestination } from './model-destination';

/** Properties of `HigressModelRoute`. */
export interface HigressModelRouteProps {
  /** The gateway. */
  readonly higress: HigressPlugins;

  /**
   * What its Ingresses are named after: `ai-route-route-<id>.internal`. GPUStack uses the number of the route; with `genericProxy` it must
   * be one.
   *
   * @default - the construct id
   */
  readonly routeId?: string;

  /**
   * Name of the model that clients ask for, without the organization's.
   *
   * @default - the construct id
   */
  readonly modelName?: string;

  /**
   * Name of the organization that the route belongs to. Clients write it before the model's: `org1/qwen3`.
   *
   * @default - none, as GPUStack's own platform organization
   */
  readonly organization?: string;

  /**
   * Where requests go, by weight.
   *
   * @default - none: everything goes to `fallback`
   */
  readonly destinations?: ModelDestination[];

  /**
   * Where a request goes whose answer was 4xx or 5xx, by weight.
   *
   * @default - none: clients get the error
   */
  readonly fallback?: ModelDestination[];

  /**
   * Whether the servers are reached at any path too, not only at those of the OpenAI and Anthropic APIs: at `/model/proxy/<id>/<path>`.
   *
   * @default false
   */
  readonly genericProxy?: boolean;

  /**
   * Whether the model is for everybody: the gateway does not ask the GPUStack server who may use it. The other routes need a server that
   * answers.
   *
   * @default false
   */
  readonly publicAccess?: boolean;

  /**
   * A host name that the route answers to, beside all others. It is what the certificate is for.
   *
   * @default - that of the gateway, where the Ingresses are in its namespace; else none
   */
  readonly hostname?: string;

  /**
   * Secret of the certificate, in the namespace of the Ingresses.
   *
   * @default - that of the gateway, where the Ingresses are in its namespace; else none
   */
  readonly tlsSecretName?: string;
}
