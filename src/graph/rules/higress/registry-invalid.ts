import { checkServiceRegistry } from '../../../higress/checks';
import type { Graph } from '../../graph';
import { filled, flag, integer, map, Path, text, texts } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { Bridge, bridgesOf, BRIDGE_NAME, HIGRESS_NETWORKING, higressIngressesOf, isOfGpuStack, Registry, wasmPluginsOf } from '../../views/higress';

export const rule: GraphRule = {
  code: 'IGW1707',
  title: 'a registry of a McpBridge finds no service',
  family: RuleFamily.HIGRESS,
  severity: Severity.ERROR,
  symptom: 'Requests to the service answer 503, and plugins that call it fail, while the McpBridge looks right.',
  breaks: 'Higress reads the McpBridge named default only. A dns registry takes domain names, a static one addresses with ports; a name is taken once for each type.',
  source: 'alibaba/higress registry/direct/watcher.go, pkg/ingress/config/ingress_config.go; higress-group/higress#3135, #4067',
  * check(graph) {
    for (const object of graph.ofKind(HIGRESS_NETWORKING, 'McpBridge')) {
      if (object.name === BRIDGE_NAME || object.name === '') continue;
      yield { object, field: ['metadata', 'name'], value: object.name, problem: 'is not the McpBridge that Higress reads: its registries do not exist', allowed: BRIDGE_NAME, fix: `move its registries to McpBridge ${BRIDGE_NAME}` };
    }
    for (const bridge of bridgesOf(graph)) {
      const names = new Set<string>();
      for (const registry of bridge.registries) {
        yield* entryProblems(bridge, registry);
        if (names.has(registry.name + registry.type)) {
          yield { object: bridge.object, field: [...registry.path, 'name'], value: registry.name, problem: `is the name of another ${registry.type} registry: one of the two is lost`, fix: 'give each a name of its own' };
        }
        names.add(registry.name + registry.type);
        if (graph.closed && !registry.many && registry.name !== '' && !uses(graph).has(registry.host)) {
          yield {
            object: bridge.object, field: registry.path, value: registry.host, problem: 'is used by no Ingress and no plugin of the set', fix: 'remove it when nothing needs it', severity: Severity.INFO,
          };
        }
      }
    }
  },
};

const TYPES = ['static', 'dns', 'nacos', 'nacos2', 'nacos3', 'zookeeper', 'consul', 'eureka'];
const SHORTEST = 10_000_000_000;

function* entryProblems({ object }: Bridge, registry: Registry): Iterable<Problem> {
  const { path, name, type, domain } = registry;
  const entry = map(object.get(...path));
  if (!TYPES.includes(type)) {
    yield { object, field: [...path, 'type'], ...type === '' ? {} : { value: type }, problem: 'is no type of registry', allowed: TYPES.join(', '), fix: 'write dns for a domain name, static for an address' };
    return;
  }
  const mistakes = checkServiceRegistry('', {
    name, type, domain: domain.slice(0, 20_000), port: integer(entry.port) ?? (entry.port as number | undefined),
    authSecretName: filled(entry.authSecretName),
    nacosGroups: texts(entry.nacosGroups), consulDatacenter: text(entry.consulDatacenter), enableScopeMcpServers: flag(entry.enableScopeMcpServers),
    allowMcpServers: texts(entry.allowMcpServers), zkServicesPath: texts(entry.zkServicesPath),
    nacosRefreshInterval: integer(entry.nacosRefreshInterval) ?? SHORTEST, consulRefreshInterval: integer(entry.consulRefreshInterval) ?? SHORTEST,
  });
  for (const { field, value, problem, allowed, fix } of mistakes) {
    const [place] = field.replace(/^\./, '').split(/[.[]/);
    const found = { object, field: [...path, place], ...value === undefined ? { problem: 'is missing' } : { value, problem }, allowed };
    if (isOfGpuStack(registry) && type === 'static' && place === 'domain') yield { ...found, fix: OWN_ADDRESS, severity: Severity.WARNING };
    else yield { ...found, fix: FIXES[fix] ?? fix };
  }
}

/** GPUStack makes a static registry of whatever address it is given. */
const OWN_ADDRESS = 'set the advertise address of GPUStack to an IP address: it writes this registry again at its start';

/** The same in the words of YAML. */
const FIXES: Readonly<Record<string, string>> = {
  'use ServiceRegistry.staticAddresses with `address:port`': 'write type: static and address:port',
  'use ServiceRegistry.dns': 'write type: dns, and the port in port',
  'set `refreshInterval` to 10 seconds or more': 'write nanoseconds: 10000000000 and up',
};

/** Hosts that Ingresses and plugins name. */
const uses = view((graph: Graph): ReadonlySet<string> => new Set([
  ...higressIngressesOf(graph).flatMap(({ destinations }) => destinations.map(({ host }) => host)),
  ...wasmPluginsOf(graph).flatMap(({ configs, matchRules }) => [
    ...configs.flatMap(({ value }) => hostsIn(value, [], 0)), ...matchRules.flatMap(({ service }) => service.map((host) => host.replace(/:\d+$/, ''))),
  ]),
]));

function hostsIn(value: unknown, path: Path, depth: number): string[] {
  if (depth > 12) return [];
  if (typeof value === 'string') return value.length < 300 ? [value, value.replace(/:\d+$/, '')] : [];
  return Object.values(Array.isArray(value) ? value : map(value)).flatMap((item) => hostsIn(item, path, depth + 1));
}
