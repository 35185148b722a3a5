/** Where a GPUStack server's gateway runs, in the words of its setting `gateway_mode`. */
export enum GpuStackGatewayMode {
  /** No gateway: nothing is rendered. */
  DISABLED = 'disabled',
  /** Higress inside the container of the server. */
  EMBEDDED = 'embedded',
  /** Higress in a cluster, the server outside of it. */
  EXTERNAL = 'external',
  /** Higress and the server in one cluster. */
  IN_CLUSTER = 'incluster',
  /** Decided when GPUStack starts. A worker is without a gateway then. */
  AUTO = 'auto',
}

/** Options of a gateway in the cluster of the server. */
export interface InClusterUpstreamOptions {
  /**
   * Service of the server (`service_discovery_name`).
   *
   * @default server, worker for a worker
   */
  readonly service?: string;

  /**
   * Namespace of the Service, where GPUStack also keeps the Ingresses of its model routes.
   *
   * @default gpustack-system
   */
  readonly namespace?: string;

  /**
   * Port of the Service.
   *
   * @default 30080, the `api_port`; 10150, the `worker_port`, for a worker
   */
  readonly port?: number;
}

/** Options of a server that GPUStack's Helm chart installed. */
export interface HelmChartUpstreamOptions {
  /**
   * Name of the Helm release.
   *
   * @default gpustack
   */
  readonly release?: string;

  /**
   * Namespace of the Helm release.
   *
   * @default gpustack-system
   */
  readonly namespace?: string;

  /**
   * Port of the server (`server.apiPort`).
   *
   * @default 30080
   */
  readonly port?: number;

  /**
   * Domain of the cluster (`clusterDomain`).
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}

/** Options of a gateway inside the server's container. */
export interface EmbeddedUpstreamOptions {
  /**
   * Port of the server (`api_port`).
   *
   * @default 30080
   */
  readonly port?: number;
}

/** Options of a server outside of the gateway's cluster. */
export interface ExternalUpstreamOptions {
  /** Address by which the gateway reaches the server: an IP address or a DNS name (`advertise_address`). */
  readonly address: string;

  /**
   * Port of the server.
   *
   * @default 30080, the `api_port`; 10150, the `worker_port`, for a worker
   */
  readonly port?: number;
}

/** Where the GPUStack server is, seen from its gateway. */
export class GpuStackUpstream {
  /** Higress and GPUStack in one cluster: the registry is the server's Service, and no Ingress is rendered, since the Helm chart has one. */
  public static inCluster(options: InClusterUpstreamOptions = {}): GpuStackUpstream {
    return new GpuStackUpstream(GpuStackGatewayMode.IN_CLUSTER, options.port, undefined, options.service, options.namespace);
  }

  /** As `inCluster`, with the names that GPUStack's Helm chart gives: its Service and its server of plugin modules. */
  public static helmChart(options: HelmChartUpstreamOptions = {}): GpuStackUpstream {
    const { release = 'gpustack', namespace = 'gpustack-system', clusterDomain = 'cluster.local' } = options;
    const pluginServerUrl = `http://${release}-higress-plugins.${namespace}.svc.${clusterDomain}:8080`;
    return new GpuStackUpstream(GpuStackGatewayMode.IN_CLUSTER, options.port, undefined, `${release}-server-cluster-ip`, namespace, pluginServerUrl);
  }

  /** Higress inside the container of the server, which it reaches at 127.0.0.1. */
  public static embedded(options: EmbeddedUpstreamOptions = {}): GpuStackUpstream {
    return new GpuStackUpstream(GpuStackGatewayMode.EMBEDDED, options.port, '127.0.0.1');
  }

  /** Higress in a cluster, the server outside of it. */
  public static external(options: ExternalUpstreamOptions): GpuStackUpstream {
    return new GpuStackUpstream(GpuStackGatewayMode.EXTERNAL, options.port, options.address);
  }

  /** No gateway: nothing is rendered. */
  public static disabled(): GpuStackUpstream {
    return new GpuStackUpstream(GpuStackGatewayMode.DISABLED);
  }

  /** GPUStack's own default. For a worker it means `disabled`; for a server only its host can tell, so it is an error here (IGW732). */
  public static auto(): GpuStackUpstream {
    return new GpuStackUpstream(GpuStackGatewayMode.AUTO);
  }

  /** Where the gateway runs. */
  public readonly mode: GpuStackGatewayMode;
  /** Port of the server; the role's own when it is not set. */
  public readonly port?: number;
  /** Address of the server, where it is not a Service. */
  public readonly address?: string;
  /** Service of the server; named after the role when it is not set. */
  public readonly service?: string;
  /** Namespace of the Service; `gpustack-system` when it is not set. */
  public readonly namespace?: string;
  /** What serves the modules of the plugins, where the way of installation decides it. */
  public readonly pluginServerUrl?: string;

  private constructor(
    mode: GpuStackGatewayMode, port?: number, address?: string, service?: string, namespace?: string, pluginServerUrl?: string,
  ) {
    this.mode = mode;
    this.port = port;
    this.address = address;
    this.service = service;
    this.namespace = namespace;
    this.pluginServerUrl = pluginServerUrl;
  }
}
