import { isMap, Mistake } from '../core';
import { WasmPluginPhase } from './wasm-plugin-options';

/** A plugin of a chain, as its order is checked. */
export interface ChainedPlugin {
  /** Name of the WasmPlugin. */
  readonly name: string;
  /** What the plugin is called; undefined when its URL does not say. */
  readonly pluginId?: string;
  /** The phase; absent means UNSPECIFIED_PHASE. */
  readonly phase?: string;
  /** The priority; absent means 0. */
  readonly priority?: number;
  /** Its configurations: the default one and those of the match rules. */
  readonly configs: readonly unknown[];
  /** Whether a match rule chooses requests by Ingress or service, so by the route. */
  readonly matchesRoutes: boolean;
}

/** What the order check reads of a WasmPlugin's spec. */
export interface ChainedSpec {
  readonly url?: string;
  readonly phase?: string;
  readonly priority?: number;
  readonly defaultConfig?: unknown;
  readonly defaultConfigDisable?: boolean;
  readonly matchRules?: readonly {
    readonly ingress?: readonly string[]; readonly service?: readonly string[]; readonly config?: unknown; readonly configDisable?: boolean;
  }[];
}

/** A plugin of a chain, from the spec of its WasmPlugin, rendered by us or read from anywhere. */
export function chainedPlugin(name: string, spec: ChainedSpec): ChainedPlugin {
  const rules = (spec.matchRules ?? []).filter(({ configDisable }) => !configDisable);
  return {
    name,
    pluginId: pluginIdOf(spec.url ?? ''),
    phase: spec.phase,
    priority: spec.priority,
    configs: [...(spec.defaultConfigDisable ? [] : [spec.defaultConfig]), ...rules.map(({ config }) => config)],
    matchesRoutes: rules.some(({ ingress, service }) => ingress?.length || service?.length),
  };
}

/** GPUStack's builds of plugins, by what they take the place of. */
const BUILDS: Record<string, string> = {
  'gpustack-ext-auth': 'ext-auth',
  'gpustack-ai-proxy': 'ai-proxy',
  'gpustack-model-mapper': 'model-mapper',
  'gpustack-generic-proxy-router': 'model-router',
};

/** What a plugin is called, from the URL of its module: `…/plugins/key-auth:2.0.0` or `…/wasm-plugins/key-auth/2.0.0/plugin.wasm`. */
export function pluginIdOf(url: string): string | undefined {
  const file = /\/([^/:@]+)\/[^/]+\/plugin\.wasm$/.exec(url)?.[1];
  const image = url.startsWith('oci://') ? /\/([^/:@]+)(:[^/@]+)?(@[^/]+)?$/.exec(url)?.[1] : undefined;
  const id = file ?? image;
  return id === undefined ? undefined : BUILDS[id] ?? id;
}

interface OrderRule {
  readonly first: string;
  readonly then: readonly string[];
  /** What happens when `first` runs after one of `then`. */
  readonly breaks: string;
  /** Whether the order matters for these two; it does when this is absent. */
  readonly when?: (first: ChainedPlugin, then: ChainedPlugin) => boolean;
}

const AUTHENTICATION = ['ext-auth', 'key-auth'];
const BEFORE_PROXY = 'reads requests and answers in the OpenAI format, and gets those of the model server';

/**
 * What has to run before what. Filters see requests in the order of the chain and answers in the reverse order.
 *
 * Sources: alibaba/higress#4610 and higress-console#777 for ai-load-balancer, alibaba/higress#1424 and #3571 for authentication, the
 * plugins' own code for the rest.
 */
const RULES: readonly OrderRule[] = [
  {
    first: 'ai-load-balancer',
    then: ['ai-proxy'],
    breaks: 'changes a header after ai-proxy has changed host and path, so the route is looked for again and not found: 404',
  },
  {
    first: 'model-router',
    then: [...AUTHENTICATION, 'ai-quota', 'ai-token-ratelimit', 'model-mapper'],
    breaks: 'decides on the route by the model after that plugin has looked for its match rule or read the model',
    when: (_, then) => then.pluginId === 'model-mapper' || then.matchesRoutes || mentions(then, MODEL_HEADER),
  },
  {
    first: 'transformer',
    then: ['model-router'],
    breaks: 'adds the header of the model where there is none, and the router has written it already',
    when: (first, then) => addedHeaders(first).some((header) => routerHeaders(then).includes(header)),
  },
  { first: 'model-mapper', then: ['ai-proxy'], breaks: 'maps models of paths that ai-proxy has changed already, so none' },
  ...['ai-statistics', 'ai-quota', 'ai-token-ratelimit', 'ai-cache', 'ai-security-guard', 'ai-prompt-decorator', 'ai-prompt-template', 'gpustack-token-usage']
    .map((first) => ({ first, then: ['ai-proxy'], breaks: BEFORE_PROXY })),
  ...AUTHENTICATION.map((first) => ({
    first,
    then: ['ai-proxy', 'ai-cache', 'mcp-server'],
    breaks: 'refuses callers after that plugin has worked for them',
  })),
  ...AUTHENTICATION.map((first) => ({
    first,
    then: ['ai-quota', 'ai-token-ratelimit'],
    breaks: 'names the consumer after that plugin has asked for it',
    when: (_: ChainedPlugin, then: ChainedPlugin) => then.pluginId === 'ai-quota' || mentions(then, 'limit_by_consumer') || mentions(then, 'limit_by_per_consumer'),
  })),
];

const MODEL_HEADER = 'x-higress-llm-model';
const PHASES: readonly string[] = [WasmPluginPhase.AUTHN, WasmPluginPhase.AUTHZ, WasmPluginPhase.STATS, WasmPluginPhase.UNSPECIFIED];

/** What is wrong with the order that plugins run in: by phase, then by priority, higher ones first, then by name. */
export function checkPluginChain(plugins: readonly ChainedPlugin[]): Mistake[] {
  const chain = [...plugins].sort(inOrder);
  const byId = new Map<string, { plugin: ChainedPlugin; place: number }[]>();
  chain.forEach((plugin, place) => {
    if (plugin.pluginId === undefined) return;
    byId.set(plugin.pluginId, [...(byId.get(plugin.pluginId) ?? []), { plugin, place }]);
  });
  return RULES.flatMap(({ first, then, breaks, when }) => (byId.get(first) ?? []).flatMap((early) => then.flatMap((id) => (byId.get(id) ?? [])
    .filter((late) => early.place > late.place && (when?.(early.plugin, late.plugin) ?? true))
    .map((late) => mistakeOf(early.plugin, late.plugin, breaks)))));
}

function mistakeOf(early: ChainedPlugin, late: ChainedPlugin, breaks: string): Mistake {
  const phase = phaseOf(late);
  return {
    code: 'IGW707',
    field: early.name,
    value: `${phaseOf(early)} ${early.priority ?? 0}`,
    problem: `runs after ${late.name} (${phase} ${late.priority ?? 0}): ${early.pluginId} ${breaks}`,
    allowed: `${phase} ${(late.priority ?? 0) + 1} and up${phase === PHASES[0] ? '' : ', or an earlier phase'}`,
    fix: `change phase and priority of ${early.name} or of ${late.name}`,
  };
}

function inOrder(one: ChainedPlugin, other: ChainedPlugin): number {
  return PHASES.indexOf(phaseOf(one)) - PHASES.indexOf(phaseOf(other))
    || (other.priority ?? 0) - (one.priority ?? 0)
    || (one.name < other.name ? -1 : Number(one.name > other.name));
}

function phaseOf({ phase }: ChainedPlugin): string {
  return phase !== undefined && PHASES.includes(phase) ? phase : WasmPluginPhase.UNSPECIFIED;
}

function mentions({ configs }: ChainedPlugin, text: string): boolean {
  return JSON.stringify(configs).toLowerCase().includes(text);
}

/** The headers that a transformer adds to requests, in lower case. */
function addedHeaders({ configs }: ChainedPlugin): string[] {
  return listsOf(configs, 'reqRules').filter(({ operate }) => operate === 'add')
    .flatMap((rule) => listsOf([rule], 'headers')).map(({ key }) => String(key).toLowerCase());
}

function routerHeaders({ configs }: ChainedPlugin): string[] {
  return configs.filter(isMap).flatMap(({ modelToHeader, targetHeader }) => [modelToHeader, targetHeader]).filter((header) => typeof header === 'string')
    .map((header) => (header as string).toLowerCase());
}

function listsOf(values: readonly unknown[], key: string): Record<string, unknown>[] {
  return values.filter(isMap).flatMap((value) => (Array.isArray(value[key]) ? value[key].filter(isMap) : []));
}
