import type { IConstruct } from 'constructs';
import { checkLabelName, checkObjectName, Mistake } from '../../core';
import type { ServiceRegistryEntry } from '../manifests/service-registry-entry';
import type { McpBridgeProxy } from '../mcp-bridge-proxy';

/** What is wrong with the namespace and the proxies of a McpBridge. */
export function checkMcpBridge(namespace: string, proxies: readonly McpBridgeProxy[]): Mistake[] {
  const names = proxies.map(({ name }) => name);
  return [
    ...checkLabelName('namespace', namespace),
    ...proxies.flatMap(({ name, address, port, listenerPort }, index) => [
      ...checkObjectName(`proxies[${index}].name`, name),
      ...(names.indexOf(name) < index ? [mistake(`proxies[${index}].name`, name, 'is the name of another proxy', 'give each proxy a name of its own')] : []),
      ...(/^[^\s:/]+$/.test(address) ? [] : [mistake(`proxies[${index}].address`, address, 'is neither a host name nor an IP address', 'give the port as `port`')]),
      ...checkPort(`proxies[${index}].port`, port),
      ...(listenerPort === undefined ? [] : checkPort(`proxies[${index}].listenerPort`, listenerPort)),
    ]),
  ];
}

/** A registry's name stands for its services, so it is taken once. */
export function checkRegistryName(field: string, { name, type }: ServiceRegistryEntry, others: readonly ServiceRegistryEntry[]): Mistake[] {
  const taken = others.some((other) => other.name === name && other.type === type);
  return taken ? [mistake(`${field}.name`, name, `is the name of another ${type} registry`, 'give each registry a name of its own')] : [];
}

/** As `checkRegistryName`, for a name that a model or provider behind the gateway has. */
export function checkRegistryOfRoutes(field: string, { name }: ServiceRegistryEntry, holder: IConstruct): Mistake {
  return mistake(`${field}.name`, name, `is the name of a registry of ${holder.node.path}, with another address`, 'give each registry a name of its own');
}

export function checkProxy(field: string, { proxyName }: ServiceRegistryEntry, proxies: readonly McpBridgeProxy[]): Mistake[] {
  if (proxyName === undefined || proxies.some(({ name }) => name === proxyName)) return [];
  const names = proxies.map(({ name }) => name).join(', ');
  return [{ ...mistake(`${field}.proxyName`, proxyName, 'is no proxy of the McpBridge', 'add it to `proxies`'), allowed: names || 'none: there is no proxy' }];
}

function checkPort(field: string, port: number): Mistake[] {
  const valid = Number.isInteger(port) && port >= 1 && port <= 65535;
  return valid ? [] : [{ ...mistake(field, port, 'is not a port', 'set a port'), allowed: '1 to 65535' }];
}

function mistake(field: string, value: unknown, problem: string, fix: string): Mistake {
  return { code: 'IGW741', field, value, problem, fix };
}
