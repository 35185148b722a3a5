import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ExternalProvider, GpuStackRelease, GpuStackUpstream, HigressModel, HigressModelInstance, HigressModelProvider, HigressModelRoute,
  HigressModelRouteProps, HigressPlugins, HigressTls, ModelDestination, Ownership, SecretText,
} from '../../src/higress';

/** The rows of GPUStack's database that a scenario ran with; the goldens hold no more than its name. */
interface RouteScenario {
  readonly routes: readonly ((rows: Rows) => RouteRow)[];
  /** Numbers of the providers that were there beside those of the routes. */
  readonly providers?: readonly number[];
  /** Numbers of the models that were there beside those of the routes. */
  readonly models?: readonly number[];
  readonly tlsHost?: string;
}

type RouteRow = Omit<HigressModelRouteProps, 'higress' | 'routeId'> & { readonly routeId: string };

interface Rows {
  model(id: number, weight?: number): ModelDestination;
  provider(id: number, modelName: string, weight?: number): ModelDestination;
}

interface ModelRow {
  readonly name: string;
  readonly cluster: number;
  readonly instances: readonly HigressModelInstance[];
}

const MODELS: Readonly<Record<number, ModelRow>> = {
  1: {
    name: 'qwen3-0.6b',
    cluster: 1,
    instances: [
      { instanceId: '1', address: '10.1.0.11', port: 10150 },
      { instanceId: '2', address: '10.1.0.12', port: 40001 },
      { instanceId: '5', address: '10.1.0.11', port: 10150, ready: false },
    ],
  },
  2: { name: 'llama-3', cluster: 1, instances: [{ instanceId: '3', address: '127.0.0.1', port: 30079 }] },
  3: { name: 'remote-model', cluster: 2, instances: [] },
  4: { name: 'model-4', cluster: 1, instances: [{ instanceId: '4', address: 'worker4.example.com', port: 10150 }] },
};

interface ProviderRow {
  readonly provider: ExternalProvider;
  readonly tokens: readonly string[];
  readonly healthCheckModel?: string;
  readonly proxyUrl?: string;
  readonly proxyTimeout?: Duration;
}

const PROVIDERS: Readonly<Record<number, ProviderRow>> = {
  1: { provider: ExternalProvider.openai(), tokens: ['golden-openai-token-1'] },
  2: { provider: ExternalProvider.claude('http://192.0.2.60:8080/anthropic'), tokens: ['golden-claude-token-1'] },
  3: {
    provider: ExternalProvider.qwen(),
    tokens: ['golden-qwen-token-1', 'golden-qwen-token-2'],
    healthCheckModel: 'qwen-max',
    proxyUrl: 'http://proxy.example.com:3128',
    proxyTimeout: Duration.seconds(7),
  },
  4: { provider: ExternalProvider.openai('http://192.0.2.50:8000/v1'), tokens: ['golden-openai-ip-token-1'] },
  5: { provider: ExternalProvider.ollama('ollama.example.com'), tokens: ['golden-ollama-token-1'] },
  6: { provider: ExternalProvider.gemini(), tokens: ['golden-gemini-token-1'] },
  7: {
    provider: ExternalProvider.azure('https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-02-01'),
    tokens: ['golden-azure-token-1'],
  },
  8: { provider: ExternalProvider.doubao(), tokens: ['golden-doubao-token-1'] },
  9: { provider: ExternalProvider.openai('https://llm.example.com/custom/v1'), tokens: ['golden-openai-host-token-1'] },
};

const simple = ({ model }: Rows): RouteRow => ({ routeId: '1', modelName: 'qwen3-0.6b', destinations: [model(1)] });
const weighted = ({ model, provider }: Rows): RouteRow => ({
  routeId: '2', modelName: 'chat', destinations: [model(1, 70), provider(1, 'gpt-4o', 30)],
});

const FULL: RouteScenario = {
  routes: [
    simple,
    (rows) => ({ ...weighted(rows), genericProxy: true }),
    ({ model, provider }) => ({ routeId: '4', modelName: 'llama', destinations: [model(2)], fallback: [provider(3, 'qwen-max')] }),
  ],
  providers: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  models: [1, 2, 4],
};

/** Scenarios that are plain results of rows; `-incluster` beside them is the same in a cluster, with two namespaces. */
const SCENARIOS: Readonly<Record<string, RouteScenario>> = {
  'route-simple': { routes: [simple] },
  'route-tls-host': { routes: [simple], tlsHost: 'gpustack.example.com' },
  'route-alias-weighted': { routes: [weighted] },
  'route-public': { routes: [(rows) => ({ ...simple(rows), publicAccess: true }), ({ model }) => ({ routeId: '2', modelName: 'chat', destinations: [model(1)] })] },
  'route-generic': { routes: [({ model }) => ({ routeId: '3', modelName: 'llama', destinations: [model(2)], genericProxy: true })] },
  'route-fallback': {
    routes: [({ model, provider }) => ({ routeId: '4', modelName: 'qwen3-0.6b', destinations: [model(1)], fallback: [provider(1, 'gpt-4o')] })],
  },
  'route-fallback-model': {
    routes: [({ model, provider }) => ({ routeId: '5', modelName: 'gpt-4o', destinations: [provider(1, 'gpt-4o')], fallback: [model(2)] })],
  },
  'route-org': {
    routes: [({ model }) => ({ routeId: '6', modelName: 'qwen', organization: 'org1', destinations: [model(1)], genericProxy: true })],
  },
  'route-remote-cluster': { routes: [({ model }) => ({ routeId: '8', modelName: 'remote-model', destinations: [model(3)] })] },
  'route-providers': { routes: [], providers: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
  'route-full': FULL,
  'route-full-startup-cleanup': FULL,
};

/** Goldens that no input alone leads to, and why. */
export const ROUTES_NOT_COMPARED: Readonly<Record<string, string>> = {
  'route-deleted': 'what is left of a deleted route: GPUStack keeps `providers: []`, where Git removes the objects',
  'route-startup-cleanup': 'registries of an earlier run under plugins without routes',
  'route-startup-cleanup-empty': 'the clean-up at start writes `providers: []`, which the initialiser leaves out',
};

/** Objects of goldens that no input alone leads to, and why; the others of these goldens are compared. */
export const ROUTE_OBJECTS_NOT_COMPARED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'route-full-incluster': {
    'McpBridge default': 'lacks registries of seven providers that ai-proxy has: the order of events decided it',
  },
  'route-full-startup-cleanup-incluster': {
    'WasmPlugin gpustack-model-mapper': 'the clean-up at start removes every rule, since it forgets the namespace of the Ingress',
  },
};

/** Objects of a golden that are compared. */
export function comparedOf(name: string, expected: readonly any[]): any[] {
  const left = ROUTE_OBJECTS_NOT_COMPARED[name] ?? {};
  return expected.filter(({ kind, metadata }) => !(`${kind} ${metadata.name}` in left));
}

/** Ran without the controller of providers, whose part `route-providers` and `route-full-startup-cleanup` have. */
const WITHOUT_PROVIDERS = /^route-(alias-weighted|fallback)/;

/** The objects of a scenario, without what was not running in it. */
export function asInScenario(name: string, objects: readonly any[]): any[] {
  if (!WITHOUT_PROVIDERS.test(name)) return [...objects];
  const isOfProvider = (id: string) => /^provider-/.test(id);
  return objects.map((object) => {
    if (object.metadata.name !== 'gpustack-ai-proxy') return object;
    const { spec } = object;
    const providers = spec.defaultConfig.providers.filter(({ id }: any) => !isOfProvider(id));
    const matchRules = spec.matchRules.filter(({ config }: any) => !isOfProvider(config.activeProviderId));
    return { ...object, spec: { ...spec, defaultConfig: { ...spec.defaultConfig, providers }, matchRules } };
  });
}

export function isRouteScenario(name: string): boolean {
  return name in SCENARIOS || name.replace(/-incluster$/, '') in SCENARIOS;
}

/** Renders the gateway of a scenario with its routes. The secrets of the plugins are those of the golden. */
export function renderRouteScenario(scope: Construct, name: string, expected: readonly any[]): void {
  const inCluster = !(name in SCENARIOS);
  const { routes, providers = [], models = [], tlsHost } = SCENARIOS[inCluster ? name.replace(/-incluster$/, '') : name];
  const auth = expected.find(({ metadata }) => metadata.name === 'gpustack-llm-ext-auth')?.spec.defaultConfig;
  const higress = new HigressPlugins(scope, 'gpustack', {
    release: GpuStackRelease.HEAD_2026_08,
    ownership: Ownership.GITOPS,
    upstream: inCluster ? GpuStackUpstream.inCluster() : GpuStackUpstream.embedded(),
    pluginServerUrl: inCluster ? 'http://gpustack-higress-plugins.gpustack-system.svc.cluster.local:8080' : undefined,
    token: secretOf(auth?.authz.authorization_request.headers_to_add['X-GPUStack-Auth-Token']),
    authCacheKey: secretOf(auth?.auth_cache.signing_key),
    externalUrl: tlsHost === undefined ? undefined : `https://${tlsHost}`,
    tls: tlsHost === undefined ? undefined : HigressTls.secret(`gpustack-tls-${tlsHost.replaceAll('.', '-')}`),
  });
  const rows = rowsOf(scope, higress);
  models.forEach((id) => rows.model(id));
  providers.forEach((id) => rows.provider(id, 'any'));
  for (const route of routes) {
    const row = route(rows);
    new HigressModelRoute(scope, `route-${row.routeId}`, { higress, ...row });
  }
}

function rowsOf(scope: Construct, higress: HigressPlugins): Rows {
  const model = (id: number): HigressModel => {
    const { name: modelName, cluster, instances } = MODELS[id];
    return scope.node.tryFindChild(`model-${id}`) as HigressModel | undefined ?? new HigressModel(scope, `model-${id}`, {
      higress,
      modelId: String(id),
      modelName,
      token: SecretText.unsafePlainText(`golden-registration-token-${cluster}`),
      ...(instances.length > 0 ? { instances: [...instances] } : { remoteGateway: { address: '10.2.0.10:80' } }),
    });
  };
  const provider = (id: number): HigressModelProvider => {
    const { tokens, ...row } = PROVIDERS[id];
    return scope.node.tryFindChild(`provider-${id}`) as HigressModelProvider | undefined ?? new HigressModelProvider(scope, `provider-${id}`, {
      higress, providerId: String(id), tokens: tokens.map((token) => SecretText.unsafePlainText(token)), ...row,
    });
  };
  return {
    model: (id, weight) => model(id).destination({ weight }),
    provider: (id, modelName, weight) => provider(id).destination({ modelName, weight }),
  };
}

function secretOf(text: string | undefined): SecretText {
  return text === undefined ? SecretText.placeholder('<not compared>') : SecretText.unsafePlainText(text);
}
