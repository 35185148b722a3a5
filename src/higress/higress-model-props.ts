import type { HigressPlugins } from './higress-plugins';
import type { SecretText } from './secret-text';

/** One server of a model. */
export interface HigressModelInstance {
  /**
   * What its registry is named after: `model-<model>-<instance>`. GPUStack uses the number of the instance.
   *
   * @default - its place in the list, from 1
   */
  readonly instanceId?: string;

  /**
   * IP address or DNS name by which the gateway reaches it: that of the server itself, of a GPUStack worker in front of it, or of a
   * tunnel.
   */
  readonly address: string;

  /** Port of the server, worker or tunnel. */
  readonly port: number;

  /**
   * Whether the gateway speaks TLS to it, without verifying the certificate.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * Whether it takes requests. One that does not keeps its registry.
   *
   * @default true
   */
  readonly ready?: boolean;
}

/** The gateway of another cluster, which leads to the model there. */
export interface HigressRemoteGateway {
  /** IP address and port of the gateway: `10.2.0.5:80`. */
  readonly address: string;

  /**
   * Name of its registry. Give each cluster its own; GPUStack knows one only.
   *
   * @default cluster-gateway
   */
  readonly registryName?: string;
}

/** Properties of `HigressModel`. Give `instances`, or `remoteGateway` for a model of another cluster. */
export interface HigressModelProps {
  /** The gateway. */
  readonly higress: HigressPlugins;

  /**
   * What its registries and its provider in ai-proxy are named after: `model-<id>-<instance>`, `gpustack-model-<id>`. GPUStack uses the
   * number of the model.
   *
   * @default - the construct id
   */
  readonly modelId?: string;

  /**
   * Name of the model at its servers.
   *
   * @default - the construct id
   */
  readonly modelName?: string;

  /**
   * The servers of the model.
   *
   * @default - none: `remoteGateway` is used
   */
  readonly instances?: HigressModelInstance[];

  /**
   * The gateway of the cluster where the model is.
   *
   * @default - the model is reached at its `instances`
   */
  readonly remoteGateway?: HigressRemoteGateway;

  /**
   * Names of the LoRA adapters that its servers have loaded, without the model's. Each gets registries of its own, so that routes can
   * tell them apart.
   *
   * @default - none
   */
  readonly loraAdapters?: string[];

  /**
   * The token that its servers ask for: for GPUStack's workers the registration token of their cluster. The gateway sends it in place of
   * the client's.
   *
   * @default - none: the client's token goes on to the servers
   */
  readonly token?: SecretText;
}

/** Options of a destination that is a model of one's own. */
export interface HigressModelDestinationOptions {
  /**
   * Share of the requests, compared with the other weights of the route: a whole number from 0.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * One of the model's LoRA adapters.
   *
   * @default - the model itself
   */
  readonly loraAdapter?: string;
}
