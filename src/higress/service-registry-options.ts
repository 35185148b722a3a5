import type { Duration } from 'cdk8s';
import type { SecretText } from './secret-text';

/** The protocol of a service. */
export enum ServiceProtocol {
  HTTP = 'http',
  HTTPS = 'https',
  HTTP2 = 'http2',
  GRPC = 'grpc',
  GRPCS = 'grpcs',
  TCP = 'tcp',
  DUBBO = 'dubbo',
}

/** Options of a service whose addresses stand in the registry itself. */
export interface DirectRegistryOptions {
  /**
   * Protocol of the service. `HTTPS` and `GRPCS` make the gateway use TLS, without verifying the certificate.
   *
   * @default ServiceProtocol.HTTP
   */
  readonly protocol?: ServiceProtocol;

  /**
   * Server name of the TLS handshake.
   *
   * @default - the domain, for a DNS registry with one domain; else none
   */
  readonly sni?: string;

  /**
   * Name of the McpBridge's proxy that requests go through.
   *
   * @default - none
   */
  readonly proxyName?: string;
}

/** Options of a service with a domain name. */
export interface DnsRegistryOptions extends DirectRegistryOptions {
  /**
   * Port of the service.
   *
   * @default - 443 with HTTPS and GRPCS, else 80
   */
  readonly port?: number;
}

/** Options of a service with fixed addresses. */
export interface StaticRegistryOptions extends DirectRegistryOptions {
  /**
   * Port that destinations and plugins name the service by. The addresses have ports of their own.
   *
   * @default 80
   */
  readonly port?: number;
}

/** A port that a discovered service is given in the gateway. */
export interface VirtualServicePort {
  /** Name of the service, `orders.DEFAULT-GROUP.public.nacos`. */
  readonly service: string;
  /** The port. */
  readonly port: number;
}

/** Options of a Nacos registry of version 1. */
export interface NacosRegistryOptions {
  /** Host name or IP address of Nacos. */
  readonly domain: string;

  /**
   * Port of Nacos.
   *
   * @default 8848
   */
  readonly port?: number;

  /** Groups whose services are watched: `DEFAULT_GROUP`. */
  readonly groups: string[];

  /**
   * Id of the Nacos namespace.
   *
   * @default - `public`
   */
  readonly namespaceId?: string;

  /**
   * Name of the Nacos namespace, which is part of service names.
   *
   * @default - the namespace's id
   */
  readonly namespace?: string;

  /**
   * How often services are listed. Higress takes at least 10 seconds.
   *
   * @default - 10 seconds
   */
  readonly refreshInterval?: Duration;

  /**
   * Name of a Secret in the namespace of Higress with the keys `nacosUsername` and `nacosPassword`.
   *
   * @default - Nacos asks for neither
   */
  readonly authSecretName?: string;

  /**
   * Port of services in the gateway, for those that have several.
   *
   * @default - the port of the instances
   */
  readonly virtualPort?: number;

  /**
   * Ports of single services in the gateway.
   *
   * @default - none
   */
  readonly virtualPorts?: VirtualServicePort[];
}

/** Options of a Nacos registry of version 2. */
export interface Nacos2RegistryOptions extends NacosRegistryOptions {
  /**
   * Host name and port of an address server that gives the addresses of Nacos; `domain` then only has to be set.
   *
   * @default - none
   */
  readonly addressServer?: string;

  /**
   * Access key of a Nacos of Alibaba Cloud.
   *
   * @default - none
   */
  readonly accessKey?: SecretText;

  /**
   * Secret key of a Nacos of Alibaba Cloud. A McpBridge resolves no references to Secrets: give a placeholder.
   *
   * @default - none
   */
  readonly secretKey?: SecretText;
}

/** Options of a Nacos registry of version 3, which also knows MCP servers. */
export interface Nacos3RegistryOptions extends Nacos2RegistryOptions {
  /**
   * Whether MCP servers of the registry are served.
   *
   * @default - absent, which means false
   */
  readonly enableMcpServer?: boolean;

  /**
   * Path below which MCP servers are served.
   *
   * @default - absent
   */
  readonly mcpServerBaseUrl?: string;

  /**
   * Domains that MCP servers are served at.
   *
   * @default - none
   */
  readonly mcpServerExportDomains?: string[];

  /**
   * Whether only the MCP servers of `allowMcpServers` are served.
   *
   * @default - absent
   */
  readonly enableScopeMcpServers?: boolean;

  /**
   * Names of MCP servers.
   *
   * @default - none
   */
  readonly allowMcpServers?: string[];
}

/** Options of a ZooKeeper registry. */
export interface ZookeeperRegistryOptions {
  /** Host name or IP address of ZooKeeper. */
  readonly domain: string;

  /**
   * Port of ZooKeeper.
   *
   * @default 2181
   */
  readonly port?: number;

  /**
   * Paths below which services are registered, beside `/dubbo` and `/services`.
   *
   * @default - none
   */
  readonly servicesPath?: string[];
}

/** Options of a Consul registry. */
export interface ConsulRegistryOptions {
  /** Host name or IP address of Consul. */
  readonly domain: string;

  /**
   * Port of Consul.
   *
   * @default 8500
   */
  readonly port?: number;

  /** Datacenter whose services are watched; it is part of service names. */
  readonly datacenter: string;

  /**
   * Tag that services must have.
   *
   * @default - any
   */
  readonly serviceTag?: string;

  /**
   * How often services are listed. Higress takes at least 10 seconds.
   *
   * @default - 10 seconds
   */
  readonly refreshInterval?: Duration;

  /**
   * Name of a Secret in the namespace of Higress with the key `consulToken`.
   *
   * @default - Consul asks for none
   */
  readonly authSecretName?: string;
}

/** Options of a Eureka registry. */
export interface EurekaRegistryOptions {
  /** Host name or IP address of Eureka. */
  readonly domain: string;

  /**
   * Port of Eureka.
   *
   * @default 8761
   */
  readonly port?: number;

  /**
   * Port of services in the gateway, for those that have several.
   *
   * @default - the port of the instances
   */
  readonly virtualPort?: number;

  /**
   * Ports of single services in the gateway.
   *
   * @default - none
   */
  readonly virtualPorts?: VirtualServicePort[];
}
