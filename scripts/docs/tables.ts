import { App, Chart, Size, Testing } from 'cdk8s';
import {
  BodyRouting, CrdFamily, EndpointPicker, EndpointPickerConfig, EndpointPickerHeaders, EndpointPickerRuntime, Engine, EngineGatewayCapabilities,
  EngineType, GatewayCapabilities, GatewayImplementation, GkeGatewayClass, InferenceGateway, Model, ModelDeployment, ModelDeploymentProps,
  ProviderGateway, Rendering, Serving, ServingMode,
} from '../../src';
import { RULES, skipSynthChecks } from '../../src/core';
import { crdUrls } from '../../src/crds/crd-sources';
import { PRESETS } from '../../src/provider';
import { gpustackPlugins, gpustackRunTimeFields } from './gpustack-tables';
import { table } from './markdown';
import { stderrOf } from './stderr';

/** The tables a page can ask for. */
export const TABLES: Readonly<Record<string, () => string>> = {
  'gpustack-plugins': gpustackPlugins,
  'gpustack-run-time-fields': gpustackRunTimeFields,
  capabilities, coverage, crds, gateways, headers, pools, prerequisites, presets, providers, rules, runtimes,
};

const IMPLEMENTATIONS: readonly { readonly name: string; readonly implementation: GatewayImplementation }[] = [
  { name: 'istio()', implementation: GatewayImplementation.istio() },
  { name: 'envoyGateway()', implementation: GatewayImplementation.envoyGateway() },
  { name: 'kgateway()', implementation: GatewayImplementation.kgateway() },
  { name: 'agentgateway()', implementation: GatewayImplementation.agentgateway() },
  { name: 'higress()', implementation: GatewayImplementation.higress() },
  { name: 'gke()', implementation: GatewayImplementation.gke() },
  { name: 'gke(GkeGatewayClass.REGIONAL_EXTERNAL)', implementation: GatewayImplementation.gke(GkeGatewayClass.REGIONAL_EXTERNAL) },
];

const PROVIDERS = {
  dynamo: ProviderGateway.dynamo,
  llmd: ProviderGateway.llmd,
  kaito: ProviderGateway.kaito,
  kuberay: ProviderGateway.kuberay,
  vllm: ProviderGateway.vllm,
};

const code = (text: string) => `\`${text}\``;
const codes = (words: readonly string[]) => (words.length > 0 ? words.map(code).join(', ') : '');

/** What each implementation needs, found by rendering one model behind it. */
function gateways(): string {
  const plain = kindsBehind(GatewayImplementation.of('any'));
  return table(['implementation', 'GatewayClass', 'beside each pool', '`addBodyBasedRouter()` renders'], IMPLEMENTATIONS.map(({ name, implementation }) => [
    code(name),
    code(implementation.gatewayClassName),
    codes(kindsBehind(implementation).filter((kind) => !plain.includes(kind))),
    routerKinds(implementation),
  ]));
}

function kindsBehind(implementation: GatewayImplementation): string[] {
  const chart = new Chart(new App(), 'chart');
  new ModelDeployment(chart, 'model', {
    gateway: new InferenceGateway(chart, 'gateway', { implementation }),
    provider: ProviderGateway.vllm(chart, 'vllm'),
    model: Model.huggingFace('org/model'),
    engine: Engine.vllm(),
  });
  return kindsOf(chart);
}

function routerKinds(implementation: GatewayImplementation): string {
  if (!readsBodies(implementation)) return 'nothing: it is an error';
  const chart = new Chart(new App(), 'chart');
  new InferenceGateway(chart, 'gateway', { implementation }).addBodyBasedRouter();
  const kinds = kindsOf(chart).filter((kind) => kind !== 'Gateway');
  const own = kinds.filter((kind) => !ROUTER.includes(kind));
  return kinds.includes('Deployment') ? `the router, ${codes(own)}` : `no router, ${codes(own)}`;
}

function readsBodies({ capabilities: { bodyRouting = BodyRouting.NONE } }: GatewayImplementation): boolean {
  return bodyRouting !== BodyRouting.NONE;
}

const ROUTER = ['ServiceAccount', 'Role', 'RoleBinding', 'Deployment', 'Service'];

/** One model alone is no set that works, and is not meant to be. */
function kindsOf(chart: Chart): string[] {
  skipSynthChecks(chart.node.root);
  return [...new Set(Testing.synth(chart).map(({ kind }) => kind as string))];
}

function capabilities(): string {
  const shown: [string, (capabilities: GatewayCapabilities) => boolean][] = [
    ['request timeouts in routes', ({ routeTimeouts = true }) => routeTimeouts],
    ['pool in another namespace', ({ crossNamespacePools = true }) => crossNamespacePools],
    ['several pools by weight', ({ weightedPools = true }) => weightedPools],
    ['model name from the body', ({ bodyRouting = BodyRouting.NONE }) => bodyRouting !== BodyRouting.NONE],
  ];
  return table(['GatewayClass', ...shown.map(([head]) => head)], IMPLEMENTATIONS.map(({ implementation }) => [
    code(implementation.gatewayClassName), ...shown.map(([, holds]) => (holds(implementation.capabilities) ? 'yes' : 'no')),
  ]));
}

function prerequisites(): string {
  return table(['GatewayClass', 'before it works'], IMPLEMENTATIONS.map(({ implementation }) => [
    code(implementation.gatewayClassName), implementation.capabilities.prerequisite ?? 'nothing to switch on',
  ]));
}

interface Kind { readonly provider: keyof typeof PROVIDERS; readonly engine: EngineType; readonly mode: ServingMode }

/** Every kind of model that the known providers serve. */
const KINDS: readonly Kind[] = PRESETS.flatMap(({ name, spec }) => (spec.capabilities?.engines ?? []).flatMap((engine) => (
  (engine.servingModes ?? []).map((mode) => ({ provider: name as Kind['provider'], engine: engine.name as EngineType, mode: mode as ServingMode })))));

/** What each provider's models become, found by rendering one of each kind. */
function providers(): string {
  const rows = KINDS.map((kind) => ({ ...kind, ...rendered(kind) }));
  const key = (row: typeof rows[number]) => JSON.stringify([row.provider, row.mode, row.workload, row.managed]);
  return table(['provider', 'engines', 'serving', 'workload', 'pool and endpoint picker'], [...new Set(rows.map(key))].map((group) => {
    const same = rows.filter((row) => key(row) === group);
    const [{ provider, mode, workload, managed }] = same;
    return [code(provider), same.map(({ engine }) => engine).join(', '), mode, workload, managed ? 'made by its operator' : 'rendered'];
  }));
}

function rendered(kind: Kind): { workload: string; managed: boolean } {
  const chart = new Chart(new App(), 'chart');
  const provider = PROVIDERS[kind.provider](chart, 'provider');
  const model = new ModelDeployment(chart, 'model', { ...modelOf(kind), provider });
  const kinds = model.workload.map((object) => object.kind);
  const workload = [...new Set(kinds)].map((name) => `${kinds.filter((other) => other === name).length} ${code(name)}`).join(', ');
  return { workload, managed: provider.resolvePool(kind.engine, 'model', 'default').managedByProvider };
}

function modelOf({ engine, mode }: Kind): Pick<ModelDeploymentProps, 'model' | 'engine' | 'image' | 'serving' | 'resources'> {
  const component = { gpus: 1 };
  return {
    model: Model.huggingFace('org/model'),
    engine: ENGINES[engine],
    image: engine === EngineType.LLAMACPP ? 'image' : undefined,
    serving: mode === ServingMode.DISAGGREGATED ? Serving.disaggregated({ prefill: component, decode: component }) : undefined,
    resources: mode === ServingMode.AGGREGATED ? { gpus: 1, memory: Size.gibibytes(1) } : undefined,
  };
}

const ENGINES: Record<EngineType, Engine> = {
  [EngineType.VLLM]: Engine.vllm(),
  [EngineType.SGLANG]: Engine.sglang(),
  [EngineType.TRTLLM]: Engine.tensorRtLlm(),
  [EngineType.LLAMACPP]: Engine.llamaCpp(),
};

/** In which ways the models of each provider are rendered behind each implementation: those that all kinds of them are. */
function coverage(): string {
  const shown = IMPLEMENTATIONS.filter(({ implementation }) => implementation.gatewayClassName !== GkeGatewayClass.REGIONAL_EXTERNAL);
  return table(['provider', ...shown.map(({ implementation }) => code(implementation.gatewayClassName))], PRESETS.map(({ name }) => {
    const kinds = KINDS.filter(({ provider }) => provider === name);
    return [code(name), ...shown.map(({ implementation }) => Object.values(Rendering)
      .filter((rendering) => kinds.every((kind) => isAccepted(() => stderrOf(() => render(kind, implementation, rendering)))))
      .join(', '))];
  }));
}

function render(kind: Kind, implementation: GatewayImplementation, rendering: Rendering): void {
  const chart = new Chart(new App(), 'chart');
  const gateway = new InferenceGateway(chart, 'gateway', { implementation });
  if (readsBodies(implementation)) gateway.addBodyBasedRouter();
  new ModelDeployment(chart, 'model', { ...modelOf(kind), gateway, rendering, provider: PROVIDERS[kind.provider](chart, 'provider') });
  Testing.synth(chart);
}

/** Whether it makes no mistake. */
function isAccepted(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as Error).name !== 'InvalidInputError') throw error;
    return false;
  }
}

/** The pool of model `qwen3` in namespace `team-a`, by what a provider says of its pools. */
function pools(): string {
  const [name, namespace] = ['qwen3', 'team-a'];
  const cases: EngineGatewayCapabilities[] = [
    { managesInferencePool: false },
    { managesInferencePool: true },
    { managesInferencePool: true, inferencePoolNamePattern: '{name}-pool' },
    { managesInferencePool: true, inferencePoolNamePattern: '{namespace}-{name}-pool', inferencePoolNamespace: 'dynamo-system' },
  ];
  return table(['`managesInferencePool`', '`inferencePoolNamePattern`', '`inferencePoolNamespace`', `pool of \`${namespace}/${name}\``, 'grant'], cases.map((gateway) => {
    const { inferencePoolNamePattern: pattern, inferencePoolNamespace } = gateway;
    const provider = new ProviderGateway(new Chart(new App(), 'chart'), 'provider', { engines: [{ name: EngineType.VLLM, gateway }] });
    const pool = provider.resolvePool(EngineType.VLLM, name, namespace);
    return [
      code(String(gateway.managesInferencePool)),
      pattern ? code(pattern) : '',
      inferencePoolNamespace ? code(inferencePoolNamespace) : '',
      `${code(`${pool.namespace}/${pool.name}`)}, ${pool.managedByProvider ? 'made by the operator' : 'rendered'}`,
      pool.namespace === namespace ? '' : `in ${code(pool.namespace)}`,
    ];
  }));
}

function crds(): string {
  return table(['family', 'released by', 'at', 'files'], Object.values(CrdFamily).map((family) => {
    const [, repository, ref] = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/raw\/([^/]+)\//.exec(crdUrls(family)[0])!;
    return [code(family), repository, code(ref.slice(0, 12)), String(crdUrls(family).length)];
  }));
}

const RUNTIMES = Object.entries(EndpointPickerRuntime)
  .filter((entry): entry is [string, EndpointPickerRuntime] => entry[1] instanceof EndpointPickerRuntime);

function runtimes(): string {
  const list = (words: readonly string[]) => (words.length > 0 ? codes(words) : 'none');
  return table(
    ['`EndpointPickerRuntime`', 'image', 'configuration', 'reads objectives and rewrites of', 'feature gates'],
    RUNTIMES.map(([name, { image, configApiVersion, _build }]) => [
      code(name), code(image), code(configApiVersion), list(_build.extensionGroups), list(_build.featureGates),
    ]),
  );
}

/** The headers of each runtime; runtimes with the same headers share a column. */
function headers(): string {
  const columns = new Map<string, { readonly headers: EndpointPickerHeaders; readonly runtimes: string[] }>();
  for (const [name, runtime] of RUNTIMES) {
    const key = JSON.stringify(runtime.headers);
    const column = columns.get(key) ?? { headers: runtime.headers, runtimes: [] };
    columns.set(key, column);
    column.runtimes.push(name);
  }
  const [first] = columns.values();
  return table(['header', ...[...columns.values()].map((column) => codes(column.runtimes))], Object.keys(first.headers).map((key) => [
    code(key), ...[...columns.values()].map((column) => code(column.headers[key as keyof EndpointPickerHeaders])),
  ]));
}

const PRESETS_OF_CONFIG: readonly (readonly [string, EndpointPickerConfig])[] = [
  ['upstreamDefault()', EndpointPickerConfig.upstreamDefault()],
  ['prefixAware()', EndpointPickerConfig.prefixAware()],
  ['llmd()', EndpointPickerConfig.llmd()],
  ['prefillDecode()', EndpointPickerConfig.prefillDecode()],
  ['precisePrefix()', EndpointPickerConfig.precisePrefix({ modelName: 'org/model' })],
  ['predictedLatency()', EndpointPickerConfig.predictedLatency()],
];

/** Which runtime takes which configuration, found by asking for it. */
function presets(): string {
  return table(['`EndpointPickerConfig`', ...RUNTIMES.map(([name]) => code(name))], PRESETS_OF_CONFIG.map(([name, config]) => [
    code(name), ...RUNTIMES.map(([, runtime]) => (takes(runtime, config) ? 'yes' : 'no')),
  ]));
}

function takes(runtime: EndpointPickerRuntime, config: EndpointPickerConfig): boolean {
  return isAccepted(() => {
    new EndpointPicker(new Chart(new App(), 'chart'), 'picker', { poolName: 'pool', namespace: 'default', runtime, config });
  });
}

function rules(): string {
  return table(['code', 'what it stands for'], Object.entries(RULES).map(([name, { title }]) => [`[${name}](rules.md#${name.toLowerCase()})`, title]));
}
