import type { Graph } from '../graph';
import { GraphObject, keyOf, ObjectName } from '../graph-object';
import { filled, flag, items, map, Path, text } from '../json';
import { view } from '../view';
import { Gateway, GATEWAY_GROUP, gatewaysOf } from './gateways';
import { POOL_GROUP } from './pools';

const AIRUNWAY = 'airunway.ai';
/** The label of the Gateway that AI Runway takes when there are several. */
export const GATEWAY_LABEL = 'airunway.ai/inference-gateway';
const MOCKER = 'airunway.ai/dynamo-test-backend';

/** What an object is to the model it is made for. */
export type MadeFor = 'workload' | 'picker' | 'route' | 'pool of the provider';

/** An object that a controller of AI Runway makes. */
export interface MadeObject extends ObjectName {
  readonly as: MadeFor;
  /** Whether that is certain: it depends on the provider, which the controller may choose. */
  readonly certain: boolean;
}

/** A ModelDeployment, and what AI Runway makes of it. */
export interface ModelDeploymentView {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  readonly provider?: string;
  readonly engine?: string;
  /** What the set, or AI Runway itself, says of the provider; undefined when neither does. */
  readonly offers?: ProviderOffers;
  readonly disaggregated: boolean;
  /** Whether it is not meant to be behind a Gateway: gateway objects of its name are deleted. */
  readonly withoutGateway: boolean;
  /** The HTTPRoute of the user that takes the place of its own. */
  readonly routeRef?: string;
  /** The model that requests name; undefined when only the running server knows. */
  readonly model?: { readonly name: string; readonly path: Path; readonly certain: boolean };
  /** Where requests of its route go. */
  readonly pool?: ObjectName;
  readonly makes: readonly MadeObject[];
}

export interface ProviderOffers {
  /** The InferenceProviderConfig; absent for what AI Runway comes with. */
  readonly object?: GraphObject;
  readonly engines: readonly EngineOffer[];
}

export interface EngineOffer {
  readonly name: string;
  readonly withoutGpu: boolean;
  readonly managesPool: boolean;
  readonly poolName: string;
  readonly poolNamespace: string;
  readonly ignoresServedName: boolean;
}

function offer(name: string, more: Partial<EngineOffer> = {}): EngineOffer {
  return { name, withoutGpu: false, managesPool: false, poolName: '', poolNamespace: '', ignoresServedName: false, ...more };
}

const DYNAMO = { managesPool: true, poolName: '{name}-pool', poolNamespace: '{namespace}' };
/** The providers that come with AI Runway: their controllers register them. */
const BUILT_IN: ReadonlyMap<string, ProviderOffers> = new Map([
  ['dynamo', { engines: ['vllm', 'sglang', 'trtllm'].map((name) => offer(name, DYNAMO)) }],
  ['kaito', { engines: [offer('vllm'), offer('llamacpp', { withoutGpu: true, ignoresServedName: true })] }],
  ['kuberay', { engines: [offer('vllm')] }],
  ['llmd', { engines: [offer('vllm')] }],
  ['vllm', { engines: [offer('vllm')] }],
]);
export const BUILT_IN_PROVIDERS: readonly string[] = [...BUILT_IN.keys()];

/** The ModelDeployments of the set, one for each name. */
export const modelDeploymentsOf = view((graph: Graph): readonly ModelDeploymentView[] => (
  graph.ofKind(AIRUNWAY, 'ModelDeployment').filter((object) => object.name !== '' && graph.find(object) === object).map((object) => modelOf(graph, object))));

/** Those that get a route, or have one of their own, at the Gateway of AI Runway. */
export const routedModelsOf = view((graph: Graph): readonly ModelDeploymentView[] => (
  modelDeploymentsOf(graph).filter(({ withoutGateway, object }) => !withoutGateway && !isMocker(object))));

/** What a provider can do, going by the set, else by what AI Runway comes with. */
function providerOffers(graph: Graph, provider: string): ProviderOffers | undefined {
  const object = graph.find({ group: AIRUNWAY, kind: 'InferenceProviderConfig', name: provider });
  if (!object) return BUILT_IN.get(provider);
  const engines = items(object.manifest, ['spec', 'capabilities', 'engines']).map(({ value }) => {
    const { name, cpuSupport, gateway } = map(value);
    const { managesInferencePool, inferencePoolNamePattern, inferencePoolNamespace, ignoresServedName } = map(gateway);
    return offer(text(name) ?? '', {
      withoutGpu: flag(cpuSupport) === true,
      managesPool: flag(managesInferencePool) === true,
      poolName: text(inferencePoolNamePattern) ?? '',
      poolNamespace: text(inferencePoolNamespace) ?? '',
      ignoresServedName: flag(ignoresServedName) === true,
    });
  });
  return { object, engines };
}

function modelOf(graph: Graph, object: GraphObject): ModelDeploymentView {
  const { namespace = '', name } = object;
  const provider = filled(object.get('spec', 'provider', 'name'));
  const engine = filled(object.get('spec', 'engine', 'type'));
  const offers = provider === undefined ? undefined : providerOffers(graph, provider);
  const choices = engine === undefined ? offers?.engines : offers?.engines.filter((one) => one.name === engine);
  const disaggregated = object.get('spec', 'serving', 'mode') === 'disaggregated';
  const routeRef = filled(object.get('spec', 'gateway', 'httpRouteRef'));
  const known = choices !== undefined && choices.length > 0 && choices.every(({ managesPool }) => managesPool === choices[0].managesPool);
  const pool = known ? poolOf(choices[0], namespace, name) : undefined;
  return {
    object,
    namespace,
    name,
    provider,
    engine,
    offers,
    disaggregated,
    withoutGateway: flag(object.get('spec', 'gateway', 'enabled')) === false,
    routeRef,
    model: nameOfModel(object, choices),
    pool,
    makes: [
      ...workloads(object, provider, disaggregated),
      ...(isMocker(object) ? [] : gatewayObjects(namespace, name, routeRef === undefined, known ? choices[0].managesPool : undefined, pool)),
    ],
  };
}

function isMocker({ annotations }: GraphObject): boolean {
  return annotations.get(MOCKER) === 'mocker';
}

function poolOf({ managesPool, poolName, poolNamespace }: EngineOffer, namespace: string, name: string): ObjectName {
  const fill = (pattern: string, otherwise: string) => (
    pattern === '' || !managesPool ? otherwise : pattern.replaceAll('{name}', name).replaceAll('{namespace}', namespace));
  return { group: POOL_GROUP, kind: 'InferencePool', namespace: fill(poolNamespace, namespace), name: fill(poolName, name) };
}

/** In the controller's order. What the server lists at /v1/models comes before the id: that is the id, unless flags say otherwise. */
function nameOfModel(object: GraphObject, choices: readonly EngineOffer[] | undefined): ModelDeploymentView['model'] {
  const given = (path: Path, certain: boolean) => {
    const name = filled(object.get(...path));
    return name === undefined ? undefined : { name, path, certain };
  };
  const heeded = choices === undefined || choices.length === 0 || choices.some(({ ignoresServedName }) => !ignoresServedName);
  return given(['spec', 'gateway', 'modelName'], true)
    ?? (heeded ? given(['spec', 'model', 'servedName'], choices?.every(({ ignoresServedName }) => !ignoresServedName) ?? false) : undefined)
    ?? given(['spec', 'model', 'id'], false);
}

const WORKLOADS: Readonly<Record<string, readonly [group: string, kind: string][]>> = {
  dynamo: [['nvidia.com', 'DynamoGraphDeployment']],
  kaito: [['kaito.sh', 'Workspace']],
  kuberay: [['ray.io', 'RayService']],
  llmd: [['apps', 'Deployment'], ['', 'Service']],
  vllm: [['apps', 'Deployment'], ['', 'Service']],
};

function workloads({ manifest, name, namespace }: GraphObject, provider: string | undefined, disaggregated: boolean): MadeObject[] {
  const made = (group: string, kind: string, as: string, certain: boolean): MadeObject => ({ group, kind, namespace, name: as, as: 'workload', certain });
  if (provider === undefined) {
    const all = new Map(Object.values(WORKLOADS).flat().map(([group, kind]) => [kind, group]));
    return disaggregated ? [] : [...all].map(([kind, group]) => made(group, kind, name, false));
  }
  const kinds = Object.hasOwn(WORKLOADS, provider) ? WORKLOADS[provider] : [];
  const split = disaggregated && (provider === 'llmd' || provider === 'vllm');
  const volumes = provider !== 'dynamo' ? [] : items(manifest, ['spec', 'model', 'storage', 'volumes']).map(({ value }) => map(value))
    .filter(({ size }) => size !== undefined && size !== null);
  return [
    ...(split ? [`${name}-decode`, `${name}-prefill`] : [name]).flatMap((as) => kinds.map(([group, kind]) => made(group, kind, as, true))),
    ...volumes.map((volume) => made('', 'PersistentVolumeClaim', filled(volume.claimName) ?? `${name}-${text(volume.name) ?? ''}`, true)),
  ];
}

const PICKER: readonly [group: string, kind: string][] = [
  ['apps', 'Deployment'], ['', 'Service'], ['', 'ConfigMap'], ['', 'ServiceAccount'], ['rbac.authorization.k8s.io', 'Role'],
  ['rbac.authorization.k8s.io', 'RoleBinding'], ['networking.istio.io', 'DestinationRule'],
];

function gatewayObjects(namespace: string, name: string, routed: boolean, managed: boolean | undefined, pool: ObjectName | undefined): MadeObject[] {
  const certain = managed === false;
  const own: MadeObject[] = managed === true ? [] : [
    { group: POOL_GROUP, kind: 'InferencePool', namespace, name, as: 'picker', certain },
    ...PICKER.map(([group, kind]): MadeObject => ({ group, kind, namespace, name: `${name}-epp`, as: 'picker', certain })),
  ];
  const ofProvider: MadeObject[] = managed !== true || pool === undefined ? [] : [
    { ...pool, as: 'pool of the provider', certain: true },
    ...(pool.namespace === namespace ? [] : [
      { group: GATEWAY_GROUP, kind: 'ReferenceGrant', namespace: pool.namespace, name: `${pool.name}-referencegrant`, as: 'picker', certain: true } as const,
    ]),
  ];
  const route: MadeObject[] = routed ? [{ group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace, name, as: 'route', certain: true }] : [];
  return [...own, ...ofProvider, ...route];
}

/** Whether AI Runway made an object for a ModelDeployment, as objects of a cluster say. */
function isMadeFor({ manifest }: GraphObject, { name }: ModelDeploymentView): boolean {
  return items(manifest, ['metadata', 'ownerReferences']).some(({ value }) => map(value).kind === 'ModelDeployment' && map(value).name === name);
}

/** Objects of the set that share their names with what AI Runway makes for a ModelDeployment, and that it did not make. */
export function staticObjectsOf(graph: Graph, model: ModelDeploymentView): readonly { readonly object: GraphObject; readonly made: MadeObject }[] {
  return model.makes.flatMap((made) => graph.allOf(made).filter((object) => !isMadeFor(object, model)).map((object) => ({ object, made })));
}

/** The routes that AI Runway makes for ModelDeployments of the set, by what identifies them. */
export const routesOfModels = view((graph: Graph): ReadonlyMap<string, ModelDeploymentView> => (
  new Map(routedModelsOf(graph).flatMap((model) => model.makes.filter(({ as }) => as === 'route').map((made) => [keyOf(made), model])))));

/** The Gateway that AI Runway takes: the only one, or the only one with its label; undefined when the set does not say. */
export const gatewayOfModels = view((graph: Graph): Gateway | undefined => {
  const gateways = gatewaysOf(graph);
  if (gateways.length === 1) return gateways[0];
  const labelled = labelledGateways(graph);
  return labelled.length === 1 ? labelled[0] : undefined;
});

export function labelledGateways(graph: Graph): readonly Gateway[] {
  return gatewaysOf(graph).filter(({ object }) => object.labels.get(GATEWAY_LABEL) === 'true');
}
