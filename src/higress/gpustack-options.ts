import type { Duration } from 'cdk8s';
import type { WasmPluginPullPolicy } from './wasm-plugin-options';
import type { WasmPluginUrl } from './wasm-plugin-url';

/** How the gateway authenticates requests to models. */
export interface GpuStackAuthenticationOptions {
  /**
   * How long the gateway waits for the server's answer, in whole milliseconds. Low values turn a busy server into refused requests.
   * Its settings are `GPUSTACK_HIGRESS_EXT_AUTH_TIMEOUT_MS` and `gateway_plugin.gpustack-ext-auth.config.authz.timeout`.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * Lets the gateway authenticate API keys itself. HEAD_2026_08 only (`config.local_auth.enabled`).
   *
   * @default true
   */
  readonly localKeys?: boolean;

  /**
   * Lets callers that the gateway authenticated itself through while the server cannot be reached. HEAD_2026_08 only
   * (`config.failure_mode_allow_authenticated`).
   *
   * @default true
   */
  readonly allowAuthenticatedOnFailure?: boolean;

  /**
   * What a client gets when the server fails to answer: 400 to 599. HEAD_2026_08 only (`config.status_on_error`).
   *
   * @default 403
   */
  readonly statusOnError?: number;
}

/** Options of one plugin: `gateway_plugin.<plugin>` of GPUStack's configuration. HEAD_2026_08 only. */
export interface GpuStackPluginOptions {
  /**
   * Where the module is, with its checksum.
   *
   * @default - the plugin server
   */
  readonly url?: WasmPluginUrl;

  /**
   * SHA-256 that the module is checked with: 64 lower-case hexadecimal digits.
   *
   * @default - that of `url`, else not checked
   */
  readonly sha256?: string;

  /**
   * When the image is pulled. Of `gpustack-ext-auth` and `gpustack-model-mapper` only: GPUStack does not start with one of another plugin.
   *
   * @default - the release's own
   */
  readonly imagePullPolicy?: WasmPluginPullPolicy;
}
