import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, filled, flag, integer, items, list, map, Path, text, textMap } from '../json';
import { addTo, view } from '../view';
import { Container, containersOf } from './containers';

export interface Volume {
  readonly path: Path;
  readonly name: string;
  readonly configMap?: VolumeSource;
  readonly secret?: VolumeSource;
  readonly claim?: string;
}

export interface VolumeSource {
  readonly name: string;
  readonly optional: boolean;
  /** The files by key, when only some keys are mounted or under other names. */
  readonly items?: ReadonlyMap<string, string>;
}

/** The pods that a workload makes. */
export interface PodTemplate {
  readonly workload: Workload;
  /** Of the template: `['spec', 'template']`. */
  readonly path: Path;
  readonly labels: ReadonlyMap<string, string>;
  /** Labels that the pods get at run time with a value nobody knows beforehand. */
  readonly runtimeLabels: readonly string[];
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly serviceAccount: string;
  readonly specPath: Path;
}

/** An object that makes pods. */
export interface Workload {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly templates: readonly PodTemplate[];
  /** How many pods; undefined where something else says so. */
  readonly replicas?: number;
  /** `spec.strategy.type` of a Deployment, with its default. */
  readonly strategy?: string;
  /** Whether its controller makes pods, or labels of them, that the manifest does not show. */
  readonly opaque: boolean;
}

/** Kinds whose controllers make pods and more of what their manifests do not show. */
const OPAQUE: Readonly<Record<string, readonly string[]>> = {
  'airunway.ai': ['ModelDeployment'],
  'kubeairunway.ai': ['ModelDeployment'],
  'grove.io': ['PodCliqueSet'],
  'kaito.sh': ['Workspace', 'InferenceSet', 'RAGEngine'],
  'kubeai.org': ['Model'],
  'inference.llmkube.dev': ['InferenceService'],
  'llm-d.ai': ['ModelService'],
  'nvidia.com': ['DynamoGraphDeployment', 'DynamoComponentDeployment', 'DynamoGraphDeploymentRequest'],
  'apps.nvidia.com': ['NIMService', 'NIMPipeline'],
  'ray.io': ['RayService', 'RayCluster', 'RayJob'],
  'serving.kserve.io': ['InferenceService', 'LLMInferenceService', 'InferenceGraph'],
  'serving.knative.dev': ['Service'],
};

const OPAQUE_KINDS = new Set(Object.entries(OPAQUE).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)));

/** Where pod templates stand, in any kind that has them. */
const TEMPLATES: readonly Path[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
  ['spec', 'leaderWorkerTemplate', 'leaderTemplate'],
  ['spec', 'leaderWorkerTemplate', 'workerTemplate'],
];

/** Every object of the set that makes pods, in order. */
export const workloadsOf = view((graph: Graph): readonly Workload[] => graph.objects.flatMap((object) => {
  const workload = workloadOf(object);
  return workload ? [workload] : [];
}));

export const workloadsByNamespace = view((graph: Graph): ReadonlyMap<string, readonly Workload[]> => {
  const found = new Map<string, Workload[]>();
  workloadsOf(graph).forEach((workload) => addTo(found, workload.namespace, workload));
  return found;
});

/**
 * Whether a workload is a part of one, to be merged into another: kustomize patches are such. What it leaves out stands elsewhere.
 */
export function isPatch(object: GraphObject): boolean {
  if (object.group !== 'apps') return false;
  const spec = map(object.manifest.spec);
  if (Object.keys(spec).length === 0 || spec.selector !== undefined) return false;
  const containers = items(spec, ['template', 'spec', 'containers']);
  const labels = at(spec, ['template', 'metadata', 'labels']);
  return labels === undefined || containers.length === 0 || containers.some(({ value }) => map(value).image === undefined);
}

/** Whether a controller may make pods in a namespace that the set does not show. */
export function hasOpaque(graph: Graph, namespace: string): boolean {
  return opaque(graph).has(namespace) || hasChart(graph, namespace);
}

const opaque = view((graph: Graph) => new Set(graph.objects.filter(isOpaque).map(({ namespace }) => namespace)));

/** Whether an object's controller makes things that its manifest does not show. */
export function isOpaque({ group, kind }: GraphObject): boolean {
  return OPAQUE_KINDS.has(`${group}/${kind}`);
}

/** Whether a Helm chart is installed in a namespace by an object of the set: it may make anything there. */
export function hasChart(graph: Graph, namespace: string): boolean {
  const namespaces = charts(graph);
  return namespaces.has(namespace) || namespaces.has(undefined);
}

/** Where Argo CD and Flux install charts; undefined where that cannot be told. What Argo CD takes from a folder may be this very set. */
const charts = view((graph: Graph) => {
  const applications = ['Application', 'ApplicationSet'].flatMap((kind) => graph.ofKind('argoproj.io', kind)).map((object) => (
    map(object.kind === 'ApplicationSet' ? object.get('spec', 'template', 'spec') : object.get('spec'))))
    .filter((spec) => [spec.source, ...list(spec.sources)].some((source) => map(source).chart !== undefined));
  return new Set([
    ...applications.map((spec) => literal(map(spec.destination).namespace)),
    ...graph.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease').map((object) => filled(object.get('spec', 'targetNamespace')) ?? object.namespace),
  ]);
});

/** A name that holds no placeholder of a template. */
function literal(value: unknown): string | undefined {
  const name = filled(value);
  return name?.includes('{{') ? undefined : name;
}

/** Pod templates by selector; the same selector in the same namespace is looked up once. */
const selections = view((graph: Graph) => {
  const byLabel = new Map<string, PodTemplate[]>();
  for (const { namespace, templates } of workloadsOf(graph)) {
    for (const template of templates) {
      template.labels.forEach((value, key) => addTo(byLabel, JSON.stringify([namespace, key, value]), template));
      template.runtimeLabels.forEach((key) => addTo(byLabel, JSON.stringify([namespace, key]), template));
    }
  }
  return { byLabel, known: new Map<string, readonly PodTemplate[]>() };
});

/** The pod templates of a namespace that have all labels of a selector; an empty selector selects nothing. */
export function selectPods(graph: Graph, namespace: string, selector: ReadonlyMap<string, string>): readonly PodTemplate[] {
  if (selector.size === 0) return [];
  const { byLabel, known } = selections(graph);
  const pairs = [...selector].sort(([a], [b]) => (a < b ? -1 : 1));
  const key = JSON.stringify([namespace, pairs]);
  const found = known.get(key);
  if (found) return found;
  const lists = pairs.map(([name, value]) => [
    ...byLabel.get(JSON.stringify([namespace, name, value])) ?? [], ...byLabel.get(JSON.stringify([namespace, name])) ?? [],
  ]);
  const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a));
  const selected = shortest.filter(({ labels, runtimeLabels }) => (
    pairs.every(([name, value]) => labels.get(name) === value || (!labels.has(name) && runtimeLabels.includes(name)))));
  known.set(key, selected);
  return selected;
}

function workloadOf(object: GraphObject): Workload | undefined {
  const { manifest, namespace } = object;
  if (namespace === undefined) return undefined;
  const paths = object.is('', 'Pod') ? [[]] : TEMPLATES.filter((path) => Array.isArray(at(manifest, [...path, 'spec', 'containers'])));
  const hidden = isOpaque(object);
  if (paths.length === 0 && !hidden) return undefined;
  const templates: PodTemplate[] = [];
  const workload: Workload = {
    object,
    namespace,
    templates,
    replicas: replicasOf(object),
    strategy: object.is('apps', 'Deployment') ? text(at(manifest, ['spec', 'strategy', 'type'])) ?? 'RollingUpdate' : undefined,
    opaque: hidden,
  };
  templates.push(...paths.map((path) => templateOf(workload, path)));
  return workload;
}

function replicasOf(object: GraphObject): number | undefined {
  if (object.is('', 'Pod')) return 1;
  if (object.kind === 'DaemonSet' || object.kind === 'CronJob') return undefined;
  return integer(object.get('spec', 'replicas')) ?? (object.get('spec', 'replicas') === undefined ? 1 : undefined);
}

function templateOf(workload: Workload, path: Path): PodTemplate {
  const { manifest } = workload.object;
  const specPath = [...path, 'spec'];
  const { serviceAccountName, serviceAccount } = map(at(manifest, specPath));
  return {
    workload,
    path,
    specPath,
    ...labelsOf(workload.object, path),
    containers: containersOf(manifest, specPath, { namespace: workload.namespace }),
    volumes: items(manifest, [...specPath, 'volumes']).map((volume) => volumeOf(volume.value, volume.path)),
    serviceAccount: filled(serviceAccountName) ?? filled(serviceAccount) ?? 'default',
  };
}

/** The labels of the pods: those of the template and those the workload's controller adds. */
function labelsOf(object: GraphObject, path: Path): Pick<PodTemplate, 'labels' | 'runtimeLabels'> {
  const labels = new Map(textMap(at(object.manifest, [...path, 'metadata', 'labels'])));
  if (object.is('leaderworkerset.x-k8s.io', 'LeaderWorkerSet')) {
    labels.set('leaderworkerset.sigs.k8s.io/name', object.name);
    const leads = path.at(-1) === 'leaderTemplate';
    if (leads) labels.set('leaderworkerset.sigs.k8s.io/worker-index', '0');
    const groups = ['leaderworkerset.sigs.k8s.io/group-index', 'leaderworkerset.sigs.k8s.io/group-key', 'leaderworkerset.sigs.k8s.io/template-revision-hash'];
    return { labels, runtimeLabels: leads ? groups : ['leaderworkerset.sigs.k8s.io/worker-index', ...groups] };
  }
  const added: Readonly<Record<string, readonly string[]>> = {
    Deployment: ['pod-template-hash'],
    StatefulSet: ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index', 'controller-revision-hash'],
    DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
    Job: ['batch.kubernetes.io/job-name', 'batch.kubernetes.io/controller-uid', 'job-name', 'controller-uid'],
  };
  return { labels, runtimeLabels: Object.hasOwn(added, object.kind) ? added[object.kind] : [] };
}

function volumeOf(value: unknown, path: Path): Volume {
  const { name, configMap, secret, persistentVolumeClaim } = map(value);
  return {
    path,
    name: text(name) ?? '',
    configMap: sourceOf(configMap, 'name'),
    secret: sourceOf(secret, 'secretName'),
    claim: filled(map(persistentVolumeClaim).claimName),
  };
}

function sourceOf(source: unknown, field: string): VolumeSource | undefined {
  const name = filled(map(source)[field]);
  if (name === undefined) return undefined;
  const keys = map(source).items;
  return {
    name,
    optional: flag(map(source).optional) ?? false,
    items: Array.isArray(keys) ? new Map(keys.map((item) => [text(map(item).key) ?? '', text(map(item).path) ?? ''])) : undefined,
  };
}
