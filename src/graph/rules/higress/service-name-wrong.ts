import { isIP } from 'node:net';
import type { Graph } from '../../graph';
import { map, Path } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { HigressWasmPlugin, REGISTRY_HOST, registryHosts, registryPresence, wasmPluginsOf } from '../../views/higress';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1709',
  title: 'a plugin calls a service that Higress does not know',
  family: RuleFamily.HIGRESS,
  severity: Severity.ERROR,
  symptom: 'The plugin fails with "bad argument", or its calls do: nobody is authenticated, nothing is limited or cached.',
  breaks: 'A plugin calls a cluster of Envoy, by the host of a Service or of a registry: <service>.<namespace>.svc.cluster.local, <registry>.static, <registry>.dns. '
    + 'An address that is in no registry is no cluster.',
  source: 'higress-group/higress#3135, #4067, #1826',
  * check(graph) {
    for (const plugin of wasmPluginsOf(graph)) {
      for (const { value, path } of plugin.configs) yield* problemsIn(graph, plugin, value, path, 0);
    }
  },
};

const FIELDS = new Set(['service_name', 'serviceName', 'serviceFQDN', 'service_fqdn']);

function* problemsIn(graph: Graph, plugin: HigressWasmPlugin, value: unknown, path: Path, depth: number): Iterable<Problem> {
  if (depth > 12) return;
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.slice(0, 1000).entries()] : Object.entries(map(value));
  for (const [key, item] of entries) {
    if (typeof item === 'string' && FIELDS.has(String(key))) {
      const problem = problemOf(graph, item);
      if (problem) yield { object: plugin.object, field: [...path, key], value: item, ...problem };
    } else if (typeof item === 'object' && item !== null) yield* problemsIn(graph, plugin, item, [...path, key], depth + 1);
  }
}

function problemOf(graph: Graph, service: string): Omit<Problem, 'object' | 'field'> | undefined {
  if (isIP(service) || isIP(service.replace(/:\d+$/, ''))) {
    return { problem: 'is an address: the plugin is refused with "bad argument"', allowed: '<registry>.static', fix: 'add a static registry with the address to McpBridge default, and name it' };
  }
  if (!REGISTRY_HOST.test(service) || registryPresence(graph, service) !== 'missing') return undefined;
  const hosts = registryHosts(graph);
  return {
    problem: 'is no registry of the McpBridge: the calls of the plugin fail', allowed: hosts.length > 0 ? nearestFirst(hosts, service) : undefined, fix: 'name a registry there is, or add it',
  };
}
