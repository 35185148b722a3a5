import { isIP } from 'node:net';
import { checkObjectName, Mistake } from '../../core';
import type { ServiceRegistryEntry } from '../manifests/service-registry-entry';

const SHORTEST_REFRESH = 10_000_000_000;

/** What is wrong with an entry of a McpBridge's registries. */
export function checkServiceRegistry(field: string, entry: ServiceRegistryEntry): Mistake[] {
  const { name = '', type = '', authSecretName } = entry;
  const mistakes = [
    ...checkObjectName(`${field}.name`, name),
    ...checkPort(`${field}.port`, entry.port),
    ...checkAddresses(`${field}.domain`, type, entry.domain ?? ''),
    ...(authSecretName === undefined ? [] : checkObjectName(`${field}.authSecretName`, authSecretName)),
    ...checkRefresh(`${field}.nacosRefreshInterval`, entry.nacosRefreshInterval),
    ...checkRefresh(`${field}.consulRefreshInterval`, entry.consulRefreshInterval),
    ...(entry.vport?.default === undefined ? [] : checkPort(`${field}.vport.default`, entry.vport.default)),
    ...(entry.vport?.services ?? []).flatMap(({ value }, index) => checkPort(`${field}.vport.services[${index}].value`, value)),
  ];
  if (type.startsWith('nacos') && !entry.nacosGroups?.length) {
    mistakes.push(mistake(`${field}.nacosGroups`, [], 'is empty, so no service is found', undefined, 'list the groups, `DEFAULT_GROUP` for one'));
  }
  if (type === 'consul' && !entry.consulDatacenter) {
    mistakes.push(mistake(`${field}.consulDatacenter`, entry.consulDatacenter, 'is empty', undefined, 'set `datacenter`, `dc1` for one'));
  }
  if (entry.enableScopeMcpServers && !entry.allowMcpServers?.length) {
    mistakes.push(mistake(`${field}.allowMcpServers`, [], 'is empty, so no MCP server is served', undefined, 'list the servers, or remove `enableScopeMcpServers`'));
  }
  entry.zkServicesPath?.forEach((path, index) => {
    if (/^\/\S+$/.test(path)) return;
    mistakes.push(mistake(`${field}.zkServicesPath[${index}]`, path, 'is not an absolute path', undefined, 'write the path from the root, `/services`'));
  });
  return mistakes;
}

function mistake(field: string, value: unknown, problem: string, allowed: string | undefined, fix: string): Mistake {
  return { code: 'IGW704', field, value, problem, allowed, fix };
}

function checkPort(field: string, port: number | undefined): Mistake[] {
  if (port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65535) return [];
  return [mistake(field, port, 'is not a port', '1 to 65535', 'set a port')];
}

function checkRefresh(field: string, interval: number | undefined): Mistake[] {
  if (interval === undefined || interval >= SHORTEST_REFRESH) return [];
  return [mistake(field, `${interval / 1e9}s`, 'is shorter than Higress takes', 'at least 10 seconds', 'set `refreshInterval` to 10 seconds or more')];
}

// The pattern of Higress' registry/direct/watcher.go; a name without a dot or with digits at its end is no domain there.
const DOMAIN = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}$/;
const HOST = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;

function checkAddresses(field: string, type: string, domain: string): Mistake[] {
  if (type !== 'dns' && type !== 'static') {
    if (HOST.test(domain) || isIP(domain)) return [];
    return [mistake(field, domain, 'is neither a host name nor an IP address', undefined, 'set the address alone, and the port as `port`')];
  }
  return domain.split(',').flatMap((address) => (type === 'dns' ? checkDomain(field, address) : checkAddress(field, address)));
}

function checkDomain(field: string, domain: string): Mistake[] {
  if (DOMAIN.test(domain)) return [];
  if (isIP(domain) || isIP(domain.replace(/:\d+$/, ''))) {
    return [mistake(field, domain, 'is an IP address, where domain names belong', undefined, 'use ServiceRegistry.staticAddresses with `address:port`')];
  }
  const fix = /:\d+$/.test(domain) ? 'give the port as `port`' : 'write a name with a dot in it: a Service of the cluster as `service.namespace.svc`';
  return [mistake(field, domain, 'is no domain name that Higress takes', 'labels with dots between them, the last one of letters', fix)];
}

function checkAddress(field: string, address: string): Mistake[] {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(address) ?? [];
  const ip = bracketed ?? plain;
  const family = ip === undefined ? 0 : isIP(ip);
  if (family === (bracketed === undefined ? 4 : 6)) return checkPort(field, Number(port)).map((wrong) => ({ ...wrong, value: address }));
  const name = plain !== undefined && DOMAIN.test(plain);
  return [mistake(field, address, name ? 'is a domain name, where IP addresses belong' : 'is not an IP address with a port', '10.1.0.11:8000, [2001:db8::1]:8000',
    name ? 'use ServiceRegistry.dns' : 'write the address with its port')];
}
