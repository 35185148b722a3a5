import { buildOfImage, ENDPOINT_PICKER_BUILDS, EndpointPickerBuild } from '../../versions';
import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { addTo, view } from '../view';
import { CommandLine, Flag, flagOf, isOn, numberOf, parseFlags } from './command-line';
import { FileSource, fileSource } from './config-source';
import type { Container } from './containers';
import { Pool, POOL_GROUP, poolsOf, poolsPickedBy } from './pools';
import { Service, servicesFor } from './services';
import { PodTemplate, Workload, workloadsOf } from './workloads';

/** The pool that an endpoint picker is told to serve. */
export interface PickerPool {
  readonly group: string;
  readonly namespace: string;
  readonly name: string;
  /** The flag `--pool-name`. */
  readonly flag: Flag;
  /** The flag `--pool-namespace`; absent when the environment or a default says it. */
  readonly namespaceFlag?: Flag;
}

/** A workload of the set that is an endpoint picker, told by its image or its flags. */
export interface Picker {
  readonly object: GraphObject;
  readonly workload: Workload;
  readonly template: PodTemplate;
  readonly container: Container;
  readonly line: CommandLine;
  /** What it runs; undefined when neither the image nor the settings say so. */
  readonly build?: EndpointPickerBuild;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly replicas?: number;
  /** Undefined when a flag's value cannot be told. */
  readonly grpcPort?: number;
  readonly healthPort?: number;
  readonly metricsPort?: number;
  readonly secureServing?: boolean;
  readonly leaderElection?: boolean;
  readonly metricsAuth?: boolean;
  /** The pool of its flags; undefined when it has none, or they cannot be told. */
  readonly pool?: PickerPool;
  readonly configFile?: { readonly flag: Flag; readonly file: string; readonly source: FileSource };
  readonly configText?: Flag;
  /** The text of its configuration, from wherever it is known. */
  readonly configuration?: string;
  /** Services of the set that lead to it. */
  readonly services: readonly Service[];
}

const IMAGE = /(^|[/-])(epp|endpoint-picker|llm-d-inference-scheduler|llm-d-router[\w-]*|inference-scheduler)(:|@|$)/;
const OWN_FLAGS = ['pool-name', 'pool-group', 'endpoint-selector', 'poolName'];
/** Flags that are boolean to any build. */
const BOOLEANS = new Set(ENDPOINT_PICKER_BUILDS.flatMap(({ flags }) => Object.entries(flags).filter(([, { type }]) => type === 'bool').map(([name]) => name)));

/** The endpoint pickers of the set, in order. */
export const pickersOf = view((graph: Graph): readonly Picker[] => workloadsOf(graph).flatMap((workload) => workload.templates.flatMap((template) => {
  const picker = template.containers.filter(({ init }) => !init).map((container) => ({ container, line: lineOf(container) }))
    .find(({ container, line }) => IMAGE.test(container.image) || OWN_FLAGS.some((name) => flagOf(line, name)));
  return picker ? [pickerOf(graph, workload, template, picker.container, picker.line)] : [];
})));

const byTemplate = view((graph: Graph) => new Map(pickersOf(graph).map((picker) => [picker.template, picker])));

/** The endpoint picker that the pods of a template run. */
export function pickerOfTemplate(graph: Graph, template: PodTemplate): Picker | undefined {
  return byTemplate(graph).get(template);
}

/** The endpoint pickers of the set that belong to a pool: those told so by flag, and those behind its Service. */
export function pickersForPool(graph: Graph, pool: Pool): readonly Picker[] {
  return links(graph).byPool.get(pool) ?? [];
}

/** The pools of the set that an endpoint picker belongs to. */
export function poolsOfPicker(graph: Graph, picker: Picker): readonly Pool[] {
  return links(graph).byPicker.get(picker) ?? [];
}

const links = view((graph: Graph) => {
  const byPool = new Map<Pool, Picker[]>();
  const byPicker = new Map<Picker, Pool[]>();
  const named = new Map(poolsOf(graph).map((pool) => [pool.object.key, pool]));
  for (const picker of pickersOf(graph)) {
    const told = picker.pool && graph.find({ ...picker.pool, kind: 'InferencePool' });
    const pools = new Set([...(told ? [named.get(told.key)!] : []), ...picker.services.flatMap((service) => poolsPickedBy(graph, service))]);
    for (const pool of pools) {
      addTo(byPool, pool, picker);
      addTo(byPicker, picker, pool);
    }
  }
  return { byPool, byPicker };
});

function lineOf({ words }: Container): CommandLine {
  return parseFlags(words, (name) => (BOOLEANS.has(name) ? true : undefined));
}

function pickerOf(graph: Graph, workload: Workload, template: PodTemplate, container: Container, line: CommandLine): Picker {
  const file = flagOf(line, 'config-file');
  const configFile = file?.value !== undefined && !file.dynamic
    ? { flag: file, file: file.value, source: fileSource(graph, template, container, file.value) }
    : undefined;
  const configText = flagOf(line, 'config-text');
  return {
    object: workload.object,
    workload,
    template,
    container,
    line,
    build: graph.settings.runtime ?? buildOfImage(container.image),
    namespace: workload.namespace,
    serviceAccount: template.serviceAccount,
    replicas: workload.replicas,
    grpcPort: numberOf(line, 'grpc-port', 9002),
    healthPort: numberOf(line, 'grpc-health-port', 9003),
    metricsPort: numberOf(line, 'metrics-port', 9090),
    secureServing: isOn(line, 'secure-serving', true),
    leaderElection: isOn(line, 'ha-enable-leader-election', false),
    metricsAuth: isOn(line, 'metrics-endpoint-auth', true),
    pool: toldPool(container, line, workload.namespace),
    configFile,
    configText,
    configuration: configText && !configText.dynamic ? configText.value : configFile?.source.text,
    services: servicesFor(graph, template),
  };
}

/** The pool of the flags; its namespace is that of the flag, else of the variable NAMESPACE, else `default`. */
function toldPool({ env }: Container, line: CommandLine, ownNamespace: string): PickerPool | undefined {
  const flag = flagOf(line, 'pool-name');
  const group = flagOf(line, 'pool-group');
  const namespaceFlag = flagOf(line, 'pool-namespace');
  if (!flag?.value || flag.dynamic || group?.dynamic || namespaceFlag?.dynamic) return undefined;
  const variable = env.filter(({ name }) => name === 'NAMESPACE').at(-1);
  const fromVariable = variable && (variable.value ?? (variable.fieldPath === 'metadata.namespace' ? ownNamespace : undefined));
  if (!namespaceFlag?.value && variable && fromVariable === undefined) return undefined;
  const namespace = namespaceFlag?.value || fromVariable || 'default';
  return {
    group: group?.value ?? POOL_GROUP,
    namespace,
    name: flag.value,
    flag,
    namespaceFlag: namespaceFlag?.value ? namespaceFlag : undefined,
  };
}
