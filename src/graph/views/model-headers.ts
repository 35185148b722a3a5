import { BASE_MODEL_HEADER, MODEL_HEADER } from '../../core';
import type { Graph } from '../graph';
import { at, items, map, text } from '../json';
import { view } from '../view';
import { BodyRouter, bodyRoutersOf, isBodyPlug, plugsByGateway, PlugType, RouterPlug, routerPlugsOf } from './body-routers';
import type { Gateway } from './gateways';
import { wasmPluginsOf } from './higress';
import { gatewaysOfRoute, Route } from './routes';
import { hasChart } from './workloads';

export type HeaderSource = 'model' | 'base model' | 'other';

/** What is known of the headers that a Gateway sets from the bodies of requests. */
export interface ModelHeaders {
  /** Plugs for body-based routers, and policies that read bodies. */
  readonly plugs: readonly RouterPlug[];
  /** The routers of the set behind them. */
  readonly routers: readonly BodyRouter[];
  /** The headers that are set, in lower case, and what each of them holds. */
  readonly headers: ReadonlyMap<string, HeaderSource>;
  /** Whether something else may set headers that the set does not show. */
  readonly unknown: boolean;
}

const DEFAULTS: ReadonlyMap<string, HeaderSource> = new Map([
  [MODEL_HEADER.toLowerCase(), 'model'], [BASE_MODEL_HEADER.toLowerCase(), 'base model'],
]);

/** What each Gateway sets is worked out when asked for, and once. */
const known = view(() => new Map<Gateway, ModelHeaders>());

export function modelHeadersOf(graph: Graph, gateway: Gateway): ModelHeaders {
  const found = known(graph).get(gateway) ?? headersOf(graph, gateway);
  known(graph).set(gateway, found);
  return found;
}

/** What a header that a route matches on holds, going by the Gateways that take the route. */
export function sourceOfHeader(graph: Graph, route: Route, name: string): HeaderSource | undefined {
  const header = name.toLowerCase();
  const gateways = gatewaysOfRoute(route).map((gateway) => modelHeadersOf(graph, gateway))
    .filter(({ plugs, headers }) => plugs.length > 0 || headers.size > 0);
  const found = gateways.map(({ headers }) => headers.get(header));
  if (found.length === 0) return DEFAULTS.get(header);
  return found.every((source) => source === found[0]) ? found[0] : undefined;
}

/** The two headers that body-based routers set when nothing else is said, in lower case. */
export function isModelHeader(name: string): boolean {
  return DEFAULTS.has(name.toLowerCase());
}

const routersByPlug = view((graph: Graph): ReadonlyMap<RouterPlug, BodyRouter> => (
  new Map(bodyRoutersOf(graph).flatMap((router) => router.plugs.map((plug) => [plug, router] as const)))));

function headersOf(graph: Graph, gateway: Gateway): ModelHeaders {
  const all = plugsByGateway(graph).get(gateway) ?? [];
  const plugs = all.filter((plug) => isBodyPlug(graph, plug));
  const headers = new Map<string, HeaderSource>();
  const routers: BodyRouter[] = [];
  let unknown = all.length > plugs.length || !gateway.known || hasOthers(graph, gateway);
  for (const plug of plugs) {
    if (plug.type === PlugType.AGENTGATEWAY_POLICY) {
      for (const { value } of items(plug.object.manifest, plug.path)) {
        const [name, expression] = [text(map(value).name), text(map(value).value) ?? ''];
        if (name) headers.set(name.toLowerCase(), /^\s*json\(\s*request\.body\s*\)\.model\s*$/.test(expression) ? 'model' : 'other');
      }
      continue;
    }
    const router = routersByPlug(graph).get(plug);
    if (router) routers.push(router);
    const configured = router ? configuredHeaders(router) : undefined;
    if (configured === undefined) unknown = true;
    for (const [name, source] of configured ?? (router ? [] : DEFAULTS)) headers.set(name, source);
  }
  for (const { pluginId, configs } of gateway.className === 'higress' ? wasmPluginsOf(graph) : []) {
    if (pluginId !== 'model-router') unknown = true;
    else for (const { value } of configs) headers.set((text(map(value).modelToHeader) ?? 'x-higress-llm-model').toLowerCase(), 'model');
  }
  return { plugs, routers, headers, unknown };
}

/** The headers that a router sets: the two defaults, or those of its plugins, which take their place. Undefined when they cannot be read. */
function configuredHeaders({ line }: BodyRouter): ReadonlyMap<string, HeaderSource> | undefined {
  const flags = line.flags.filter(({ name }) => name === 'plugin');
  if (flags.length === 0) return DEFAULTS;
  const headers = new Map<string, HeaderSource>();
  for (const { value = '', dynamic } of flags) {
    const [type] = value.split(':');
    if (dynamic) return undefined;
    if (type === 'base-model-to-header') headers.set(BASE_MODEL_HEADER.toLowerCase(), 'base model');
    if (type !== 'body-field-to-header') continue;
    const parameters = parsed(/^[^:]*:[^:]*:([\s\S]*)$/.exec(value)?.[1]);
    const name = text(map(parameters).headerName);
    if (!name) return undefined;
    headers.set(name.toLowerCase(), map(parameters).fieldName === 'model' ? 'model' : 'other');
  }
  return headers;
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Kinds with which a Gateway may set headers before it chooses a route, beside body-based routers. */
const OTHERS: readonly (readonly [group: string, kind: string])[] = [
  ['extensions.istio.io', 'WasmPlugin'], ['extensions.istio.io', 'TrafficExtension'],
  ['gateway.envoyproxy.io', 'EnvoyExtensionPolicy'], ['gateway.envoyproxy.io', 'EnvoyPatchPolicy'], ['gateway.envoyproxy.io', 'ClientTrafficPolicy'],
  ['gateway.kgateway.dev', 'TrafficPolicy'], ['gateway.kgateway.dev', 'HTTPListenerPolicy'], ['gateway.kgateway.dev', 'ListenerPolicy'],
  ['gateway.kgateway.dev', 'GatewayExtension'],
  ['networking.gke.io', 'GCPTrafficExtension'],
];
/** Kinds whose controllers read models and set headers of their own. */
const ANYWHERE: readonly (readonly [group: string, kind: string])[] = [
  ['aigateway.envoyproxy.io', 'AIGatewayRoute'], ['agentgateway.dev', 'AgentgatewayModel'], ['agentgateway.dev', 'AgentgatewayParameters'],
];

/** What may set headers on the Gateways of each namespace. */
const others = view((graph: Graph) => {
  const plugs = new Set(routerPlugsOf(graph).map(({ object }) => object));
  const found = new Set<string>();
  for (const [group, kind] of OTHERS) {
    graph.ofKind(group, kind).filter((object) => !plugs.has(object)).forEach(({ namespace = '' }) => found.add(namespace));
  }
  // Scripts, modules and the like; what changes a listener or cluster sets no header.
  for (const object of graph.ofKind('networking.istio.io', 'EnvoyFilter')) {
    const filters = items(object.manifest, ['spec', 'configPatches']).filter(({ value }) => map(value).applyTo === 'HTTP_FILTER');
    const sets = filters.some(({ value }) => /lua|wasm|golang|dynamic_modules|header_mutation|ext_proc|ext_authz|json_to_metadata|set_filter_state/i
      .test(`${text(at(value, ['patch', 'value', 'name'])) ?? ''} ${text(at(value, ['patch', 'value', 'typed_config', '@type'])) ?? ''}`));
    if (!plugs.has(object) && sets) found.add(object.namespace ?? '');
  }
  return { namespaces: found, everywhere: ANYWHERE.some(([group, kind]) => graph.ofKind(group, kind).length > 0) };
});

function hasOthers(graph: Graph, { namespace }: Gateway): boolean {
  const { namespaces, everywhere } = others(graph);
  return everywhere || namespaces.has(namespace) || namespaces.has('istio-system') || hasChart(graph, namespace);
}
