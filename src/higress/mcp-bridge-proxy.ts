import type { Duration } from 'cdk8s';

/** A proxy that registries of a McpBridge can be reached through, by `proxyName`. HTTP proxies are the only kind there is. */
export interface McpBridgeProxy {
  /** Name of the proxy. */
  readonly name: string;

  /** Host name or IP address of the proxy. */
  readonly address: string;

  /** Port of the proxy. */
  readonly port: number;

  /**
   * How long to wait for a connection, in whole milliseconds.
   *
   * @default - Higress' own, 1200 milliseconds
   */
  readonly connectTimeout?: Duration;

  /**
   * Port in the gateway that leads to the proxy.
   *
   * @default - Higress chooses a free one
   */
  readonly listenerPort?: number;
}
