import type { Duration } from 'cdk8s';
import { InvalidInputError, Mistake } from '../core';
import { serviceRegistryEntry, ServiceRegistryEntry } from './manifests/service-registry-entry';
import { checkSecrets, withSecrets } from './secrets';
import {
  ConsulRegistryOptions, DirectRegistryOptions, DnsRegistryOptions, EurekaRegistryOptions, Nacos2RegistryOptions, Nacos3RegistryOptions,
  NacosRegistryOptions, ServiceProtocol, StaticRegistryOptions, VirtualServicePort, ZookeeperRegistryOptions,
} from './service-registry-options';
import { checkServiceRegistry } from './validation/check-service-registry';

/**
 * Where Higress finds services that are not of the cluster: one of the registries of a McpBridge.
 *
 * Destinations and plugins name a service by `serviceName`: `gpustack.static`, `provider-1.dns`, `orders.DEFAULT-GROUP.public.nacos`. A
 * bare host name or IP address in a plugin's `service_name` is not found.
 *
 * Source: alibaba/higress v2.2.1 registry, a folder for each type.
 *
 * Errors: IGW101 and IGW102 for names, IGW702 for secrets, IGW704 for the rest. Whatever takes a registry raises them.
 */
export class ServiceRegistry {
  /** A service with one or several domain names: `<name>.dns`. */
  public static dns(name: string, domains: string[], options: DnsRegistryOptions = {}): ServiceRegistry {
    const tls = options.protocol === ServiceProtocol.HTTPS || options.protocol === ServiceProtocol.GRPCS;
    return new ServiceRegistry({ name, type: 'dns', domain: domains.join(','), port: options.port ?? (tls ? 443 : 80), ...direct(options) });
  }

  /** A service with fixed addresses, `10.1.0.11:8000` or `[2001:db8::1]:8000`: `<name>.static`. */
  public static staticAddresses(name: string, addresses: string[], options: StaticRegistryOptions = {}): ServiceRegistry {
    return new ServiceRegistry({ name, type: 'static', domain: addresses.join(','), port: options.port ?? 80, ...direct(options) });
  }

  /** The services of a Nacos of version 1: `<service>.<group>.<namespace>.nacos`. */
  public static nacos(name: string, options: NacosRegistryOptions): ServiceRegistry {
    return new ServiceRegistry({ name, type: 'nacos', ...nacos(options) });
  }

  /** The services of a Nacos of version 2: `<service>.<group>.<namespace>.nacos`. */
  public static nacos2(name: string, options: Nacos2RegistryOptions): ServiceRegistry {
    return new ServiceRegistry({ name, type: 'nacos2', ...nacos2(options) }, keysOf(options));
  }

  /** The services and MCP servers of a Nacos of version 3: `<service>.<group>.<namespace>.nacos`. */
  public static nacos3(name: string, options: Nacos3RegistryOptions): ServiceRegistry {
    const { enableMcpServer, mcpServerBaseUrl, mcpServerExportDomains, enableScopeMcpServers, allowMcpServers } = options;
    return new ServiceRegistry({
      name,
      type: 'nacos3',
      ...nacos2(options),
      enableMCPServer: enableMcpServer,
      mcpServerBaseUrl,
      mcpServerExportDomains,
      enableScopeMcpServers,
      allowMcpServers,
    }, keysOf(options));
  }

  /** The services of a ZooKeeper: `<service>.services`, or the path in place of `services`; of Dubbo `providers:<interface>:<version>:<group>`. */
  public static zookeeper(name: string, options: ZookeeperRegistryOptions): ServiceRegistry {
    return new ServiceRegistry({ name, type: 'zookeeper', domain: options.domain, port: options.port ?? 2181, zkServicesPath: options.servicesPath });
  }

  /** The services of a Consul: `<service>.<datacenter>.consul`. */
  public static consul(name: string, options: ConsulRegistryOptions): ServiceRegistry {
    return new ServiceRegistry({
      name,
      type: 'consul',
      domain: options.domain,
      port: options.port ?? 8500,
      consulDatacenter: options.datacenter,
      consulServiceTag: options.serviceTag,
      consulRefreshInterval: nanoseconds(options.refreshInterval),
      authSecretName: options.authSecretName,
    });
  }

  /** The services of a Eureka: `<application>.eureka`. */
  public static eureka(name: string, options: EurekaRegistryOptions): ServiceRegistry {
    return new ServiceRegistry({
      name, type: 'eureka', domain: options.domain, port: options.port ?? 8761, vport: vport(options.virtualPort, options.virtualPorts),
    });
  }

  /** Name of the registry. */
  public readonly name: string;
  /** Type of the registry: `dns`, `static`, `nacos`, … */
  public readonly type: string;
  /** Port of a DNS or static service; of the registry itself for the other types. */
  public readonly port: number;
  private readonly entry: ServiceRegistryEntry;
  private readonly secrets: Record<string, unknown>;

  private constructor(entry: ServiceRegistryEntry, secrets: Record<string, unknown> = {}) {
    this.name = entry.name!;
    this.type = entry.type!;
    this.port = entry.port!;
    this.entry = entry;
    this.secrets = secrets;
  }

  /**
   * How plugins name a service: `<name>.dns`, `<name>.static`, or for the other types the name of a service they know.
   *
   * Errors: IGW704 for a DNS or static registry with a service, and for one of the other types without.
   *
   * @param service name of the service in the registry; for DNS and static ones the registry is the service. A service of Dubbo in ZooKeeper is
   * `providers:<interface>:<version>:<group>`
   * @param group Nacos group of the service, the first of the registry when it is not given; path of the service in ZooKeeper, `/services` when
   * it is not given
   */
  public serviceName(service?: string, group?: string): string {
    const direct = this.type === 'dns' || this.type === 'static';
    if (direct !== (service === undefined)) {
      throw new InvalidInputError(`ServiceRegistry ${this.name}`, [{
        code: 'IGW704',
        field: 'service',
        ...(direct ? { value: service } : {}),
        problem: direct ? `is given, and the ${this.type} registry is one service` : `is missing: the ${this.type} registry has many services`,
        fix: direct ? 'call serviceName() without a service' : 'name the service',
      }]);
    }
    if (direct) return `${this.name}.${this.type}`;
    if (this.type.startsWith('nacos')) {
      const { nacosGroups, nacosNamespace, nacosNamespaceId } = this.entry;
      const suffix = [group ?? nacosGroups?.[0], nacosNamespace || nacosNamespaceId || 'public', 'nacos'].join('.');
      return `${service}.${suffix.replace(/_/g, '-')}`;
    }
    if (this.type === 'consul') return [service, this.entry.consulDatacenter, 'consul'].join('.').replace(/_/g, '-');
    if (this.type === 'zookeeper') return zookeeperName(service!, group);
    return `${service}.${this.type}`;
  }

  /** How `higress.io/destination` names a DNS or static service: `gpustack.static:80`. */
  public destination(): string {
    return `${this.serviceName()}:${this.port}`;
  }

  /** @internal */
  public _entry(): ServiceRegistryEntry {
    return serviceRegistryEntry({ ...this.entry, ...withSecrets(this.secrets) });
  }

  /**
   * The secrets of the entry, by its fields; `warnOfPlainSecrets` takes them.
   *
   * @internal
   */
  public get _secrets(): Record<string, unknown> {
    return this.secrets;
  }

  /** @internal */
  public _mistakes(field: string): Mistake[] {
    return [...checkServiceRegistry(field, this.entry), ...checkSecrets(field, this.secrets, { references: false })];
  }
}

function direct({ protocol, sni, proxyName }: DirectRegistryOptions): ServiceRegistryEntry {
  return { protocol: protocol ?? ServiceProtocol.HTTP, sni, proxyName };
}

function nacos(options: NacosRegistryOptions): ServiceRegistryEntry {
  return {
    domain: options.domain,
    port: options.port ?? 8848,
    nacosGroups: options.groups,
    nacosNamespaceId: options.namespaceId,
    nacosNamespace: options.namespace,
    nacosRefreshInterval: nanoseconds(options.refreshInterval),
    authSecretName: options.authSecretName,
    vport: vport(options.virtualPort, options.virtualPorts),
  };
}

function nacos2(options: Nacos2RegistryOptions): ServiceRegistryEntry {
  return { ...nacos(options), nacosAddressServer: options.addressServer };
}

function keysOf({ accessKey, secretKey }: Nacos2RegistryOptions): Record<string, unknown> {
  return { nacosAccessKey: accessKey, nacosSecretKey: secretKey };
}

/** Source: alibaba/higress registry/zookeeper/watcher.go, fetchAllServices and GetDubboConfig. */
function zookeeperName(service: string, path = '/services'): string {
  const suffix = path.replace(/^\/|\/$/g, '').replaceAll('/', '-');
  return service.startsWith('providers:') || suffix === '' ? service : `${service}.${suffix}`;
}

function nanoseconds(duration: Duration | undefined): number | undefined {
  return duration && duration.toMilliseconds() * 1_000_000;
}

function vport(port: number | undefined, ports: readonly VirtualServicePort[] | undefined): ServiceRegistryEntry['vport'] {
  if (port === undefined && ports === undefined) return undefined;
  return {
    ...(port === undefined ? {} : { default: port }),
    ...(ports === undefined ? {} : { services: ports.map(({ service, port: value }) => ({ name: service, value })) }),
  };
}
