import type { McpBridgeSpecRegistries } from '../../../imports/networking.higress.io';
import { compact, Plain } from '../../core';

/** One of the registries of a McpBridge, as plain data. */
export type ServiceRegistryEntry = Plain<McpBridgeSpecRegistries>;

/**
 * An entry of `spec.registries` of a McpBridge. Its lists and its metadata are written out when they are empty, as Higress' own console
 * and GPUStack do; the rest is left out when it is not given.
 */
export function serviceRegistryEntry(entry: ServiceRegistryEntry): ServiceRegistryEntry {
  return compact({
    ...entry,
    allowMcpServers: entry.allowMcpServers ?? [],
    mcpServerExportDomains: entry.mcpServerExportDomains ?? [],
    metadata: entry.metadata ?? {},
    nacosGroups: entry.nacosGroups ?? [],
    zkServicesPath: entry.zkServicesPath ?? [],
  });
}
