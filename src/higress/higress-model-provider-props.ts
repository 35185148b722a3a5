import type { Duration } from 'cdk8s';
import type { ExternalProvider } from './external-provider';
import type { HigressPlugins } from './higress-plugins';
import type { SecretText } from './secret-text';

/** Properties of `HigressModelProvider`. */
export interface HigressModelProviderProps {
  /** The gateway. */
  readonly higress: HigressPlugins;

  /** Which provider it is. */
  readonly provider: ExternalProvider;

  /**
   * What its registry and its entry in ai-proxy are named after: `provider-<id>`. GPUStack uses the number of the provider.
   *
   * @default - the construct id
   */
  readonly providerId?: string;

  /**
   * Tokens of the provider; with several, requests are spread over them. The gateway sends them in place of the client's.
   *
   * @default - the placeholder `<provider-<id>-token>`, with a warning (IGW768); none for Bedrock, Hunyuan and Vertex, which take keys, and
   * Ollama, which is sent none
   */
  readonly tokens?: SecretText[];

  /**
   * A model by which tokens that failed are tried again. Without one, or with a single token, a token that fails stays in use.
   *
   * @default - none
   */
  readonly healthCheckModel?: string;

  /**
   * URL of the HTTP proxy that the provider is reached through.
   *
   * @default - none
   */
  readonly proxyUrl?: string;

  /**
   * How long to wait for a connection to the proxy, in whole seconds.
   *
   * @default Duration.seconds(5)
   */
  readonly proxyTimeout?: Duration;
}

/** Options of a destination that is a model of a provider. */
export interface HigressProviderDestinationOptions {
  /** Name of the model at the provider. */
  readonly modelName: string;

  /**
   * Share of the requests, compared with the other weights of the route: a whole number from 0.
   *
   * @default 1
   */
  readonly weight?: number;
}
