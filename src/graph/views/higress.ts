import { pluginIdOf } from '../../higress/checks';
import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { filled, flag, integer, items, map, Path, text, texts } from '../json';
import { isNear, Presence } from '../presence';
import { addTo, view } from '../view';

const HIGRESS_EXTENSIONS = 'extensions.higress.io';
export const HIGRESS_NETWORKING = 'networking.higress.io';
/** The one McpBridge that Higress reads. */
export const BRIDGE_NAME = 'default';
/** The annotation that says where an Ingress sends requests, in place of a Service. */
export const DESTINATION = 'higress.io/destination';
/** The label of what GPUStack owns: it writes the rest of such an object again whenever it starts. */
const MANAGED = 'gpustack.ai/managed';
/** What GPUStack calls the registry of itself, on a server and on a worker. */
const GPUSTACK_REGISTRIES = new Set(['gpustack', 'gpustack-worker']);

export interface PluginConfig {
  readonly path: Path;
  readonly value: unknown;
}

export interface MatchRule {
  readonly path: Path;
  readonly ingress: readonly string[];
  readonly domain: readonly string[];
  readonly service: readonly string[];
  readonly disabled: boolean;
}

/** A WasmPlugin of Higress. */
export interface HigressWasmPlugin {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  readonly url?: string;
  /** What the plugin is called, going by its URL. */
  readonly pluginId?: string;
  readonly phase: string;
  readonly priority: number;
  readonly failStrategy: string;
  /** Whether GPUStack owns it. */
  readonly managed: boolean;
  /** Whether its default configuration applies to all requests that no rule chooses. */
  readonly global: boolean;
  readonly matchRules: readonly MatchRule[];
  /** The configurations that apply: the default one and those of match rules. */
  readonly configs: readonly PluginConfig[];
}

export const wasmPluginsOf = view((graph: Graph): readonly HigressWasmPlugin[] => graph.ofKind(HIGRESS_EXTENSIONS, 'WasmPlugin').map((object) => {
  const { url, phase, priority, failStrategy, defaultConfigDisable, pluginConfig } = map(object.manifest.spec);
  const whole = pluginConfig !== undefined && pluginConfig !== null;
  const global = whole || flag(defaultConfigDisable) !== true;
  const matchRules = whole ? [] : items(object.manifest, ['spec', 'matchRules']).map(({ value, path }): MatchRule => ({
    path,
    ingress: texts(map(value).ingress),
    domain: texts(map(value).domain),
    service: texts(map(value).service),
    disabled: flag(map(value).configDisable) === true,
  }));
  return {
    object,
    namespace: object.namespace ?? '',
    name: object.name,
    url: text(url),
    pluginId: pluginIdOf(text(url) ?? ''),
    phase: filled(phase) ?? 'UNSPECIFIED_PHASE',
    priority: integer(priority) ?? 0,
    failStrategy: filled(failStrategy) ?? 'FAIL_CLOSE',
    managed: isManaged(object),
    global,
    matchRules,
    configs: [
      ...(global ? [configAt(object, ['spec', whole ? 'pluginConfig' : 'defaultConfig'])] : []),
      ...matchRules.filter(({ disabled }) => !disabled).map(({ path }) => configAt(object, [...path, 'config'])),
    ].filter(({ value }) => value !== undefined && value !== null),
  };
}));

/** Whether GPUStack owns an object. */
export function isManaged({ labels }: GraphObject): boolean {
  return labels.get(MANAGED) === 'true';
}

function configAt(object: GraphObject, path: Path): PluginConfig {
  return { path, value: object.get(...path) };
}

/** The plugins of one Higress: they run in one chain. */
export const wasmPluginsByNamespace = view((graph: Graph): ReadonlyMap<string, readonly HigressWasmPlugin[]> => {
  const found = new Map<string, HigressWasmPlugin[]>();
  wasmPluginsOf(graph).forEach((plugin) => addTo(found, plugin.namespace, plugin));
  return found;
});

export interface Registry {
  readonly path: Path;
  readonly name: string;
  readonly type: string;
  readonly domain: string;
  readonly port?: number;
  /** The host by which plugins and destinations name it; for registries of many services, what their hosts end with. */
  readonly host: string;
  /** Whether it stands for services that are found in it at run time. */
  readonly many: boolean;
}

export interface Bridge {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly registries: readonly Registry[];
}

/** Types of which a registry is one host. */
const SINGLE = new Set(['static', 'dns']);
export const REGISTRY_HOST = /\.(static|dns|nacos|nacos2|nacos3|zookeeper|consul|eureka)$/;

/** The McpBridges of the set that Higress reads. */
export const bridgesOf = view((graph: Graph): readonly Bridge[] => graph.ofKind(HIGRESS_NETWORKING, 'McpBridge').filter(({ name }) => name === BRIDGE_NAME)
  .map((object) => ({
    object,
    namespace: object.namespace ?? '',
    registries: items(object.manifest, ['spec', 'registries']).map(({ value, path }): Registry => {
      const { name, type, domain, port } = map(value);
      const [own, kind] = [text(name) ?? '', text(type) ?? ''];
      const many = !SINGLE.has(kind);
      return { path, name: own, type: kind, domain: text(domain) ?? '', port: integer(port), host: many ? `.${kind}` : `${own}.${kind}`, many };
    }),
  })));

/** Whether GPUStack owns a registry. */
export function isOfGpuStack({ name }: Registry): boolean {
  return GPUSTACK_REGISTRIES.has(name);
}

/** The hosts of registries of the set that stand for one service. */
export const registryHosts = view((graph: Graph): readonly string[] => (
  [...new Set(bridgesOf(graph).flatMap(({ registries }) => registries.filter(({ many }) => !many).map(({ host }) => host)))]));

const servers = view((graph: Graph): boolean => (
  wasmPluginsOf(graph).some(({ managed }) => managed) || bridgesOf(graph).some(({ registries }) => registries.some(isOfGpuStack))));

const known = view((graph: Graph) => ({
  hosts: new Set(registryHosts(graph)),
  /** What is found at run time. */
  open: new Set(bridgesOf(graph).flatMap(({ registries }) => registries.filter(({ many }) => many).map(({ type }) => familyOf(type)))),
}));

/**
 * Whether a McpBridge of the set has a registry of a host. It is unknown without a McpBridge, where the registries of a type find their
 * services at run time, and where GPUStack adds registries, unless the host is nearly that of another one.
 */
export function registryPresence(graph: Graph, host: string): Presence {
  const { hosts, open } = known(graph);
  if (hosts.has(host)) return 'present';
  if (open.has(familyOf(REGISTRY_HOST.exec(host)?.[1] ?? ''))) return 'unknown';
  if (graph.closed) return 'missing';
  if (bridgesOf(graph).length === 0) return 'unknown';
  return !servers(graph) || registryHosts(graph).slice(0, MOST_COMPARED).some((other) => isNear(other, host)) ? 'missing' : 'unknown';
}

const MOST_COMPARED = 200;

/** The hosts of all versions of Nacos end alike. */
function familyOf(type: string): string {
  return type.startsWith('nacos') ? 'nacos' : type;
}

export interface Destination {
  readonly host: string;
  readonly port?: number;
  readonly weight?: number;
}

export interface HigressIngress {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  readonly destinations: readonly Destination[];
  /** As it is written; undefined when there is none. */
  readonly destination?: string;
  /** Backends that are a resource. */
  readonly resources: readonly { readonly path: Path; readonly group: string; readonly kind: string; readonly name: string }[];
}

/** The Ingresses that Higress serves by what stands in them. */
export const higressIngressesOf = view((graph: Graph): readonly HigressIngress[] => graph.ofKind('networking.k8s.io', 'Ingress').map((object) => {
  const destination = object.annotations.get(DESTINATION);
  const paths = items(object.manifest, ['spec', 'rules']).flatMap((rule) => items(object.manifest, [...rule.path, 'http', 'paths']));
  const backends: Path[] = [['spec', 'defaultBackend'], ...paths.map(({ path }) => [...path, 'backend'])];
  return {
    object,
    namespace: object.namespace ?? '',
    name: object.name,
    destination,
    destinations: destination === undefined ? [] : destinationsOf(destination),
    resources: backends.flatMap((path) => {
      const resource = object.get(...path, 'resource');
      if (resource === undefined || resource === null) return [];
      const { apiGroup, kind, name } = map(resource);
      return [{ path: [...path, 'resource'], group: text(apiGroup) ?? '', kind: text(kind) ?? '', name: text(name) ?? '' }];
    }),
  };
}));

/** `35% model-1.static:80`, one a line: weight, host, port. */
function destinationsOf(annotation: string): Destination[] {
  return annotation.split(/\r?\n/).map((line) => line.trim().split(/\s+/)).filter(([first]) => first !== '').flatMap((words): Destination[] => {
    const weight = words[0].endsWith('%') ? Number(words[0].slice(0, -1)) : undefined;
    const address = words[weight === undefined ? 0 : 1];
    if (address === undefined) return [];
    const [, host, port] = /^(.*):([0-9]{1,5})$/.exec(address) ?? [];
    return [{ host: host ?? address, port: port === undefined ? undefined : Number(port), weight }];
  });
}
