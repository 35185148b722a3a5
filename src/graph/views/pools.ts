import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { filled, integer, items, map, Path, text, textMap } from '../json';
import { addTo, view } from '../view';
import { findService, Service } from './services';
import { PodTemplate, selectPods } from './workloads';

/** API group of an InferencePool today. */
export const POOL_GROUP = 'inference.networking.k8s.io';
/** API group of the first releases; still that of objectives and rewrites. */
export const OLD_POOL_GROUP = 'inference.networking.x-k8s.io';

export interface PickerRef {
  readonly path: Path;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly port?: number;
  readonly failOpen: boolean;
  /** The Service, when it is in the set. */
  readonly service?: Service;
}

export interface Pool {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  readonly selector: ReadonlyMap<string, string>;
  readonly selectorPath: Path;
  /** The pods of the set that it selects. */
  readonly selects: readonly PodTemplate[];
  readonly targetPorts: readonly { readonly path: Path; readonly number: number }[];
  /** Absent when the pool names none. */
  readonly picker?: PickerRef;
  readonly appProtocol?: string;
}

/** The InferencePools of the set, of both groups. */
export const poolsOf = view((graph: Graph): readonly Pool[] => (
  [POOL_GROUP, OLD_POOL_GROUP].flatMap((group) => graph.ofKind(group, 'InferencePool').map((object) => poolOf(graph, object)))));

export const poolByObject = view((graph: Graph): ReadonlyMap<GraphObject, Pool> => new Map(poolsOf(graph).map((pool) => [pool.object, pool])));

const selecting = view((graph: Graph) => {
  const found = new Map<PodTemplate, Pool[]>();
  for (const pool of poolsOf(graph)) pool.selects.forEach((template) => addTo(found, template, pool));
  return found;
});

/** The pools of the set that select the pods of a template. */
export function poolsFor(graph: Graph, template: PodTemplate): readonly Pool[] {
  return selecting(graph).get(template) ?? [];
}

const byPicker = view((graph: Graph) => {
  const found = new Map<GraphObject, Pool[]>();
  for (const pool of poolsOf(graph)) if (pool.picker?.service) addTo(found, pool.picker.service.object, pool);
  return found;
});

/** The pools whose endpoint picker is behind a Service. */
export function poolsPickedBy(graph: Graph, service: Service): readonly Pool[] {
  return byPicker(graph).get(service.object) ?? [];
}

function poolOf(graph: Graph, object: GraphObject): Pool {
  const { manifest, name, namespace = '', group } = object;
  const spec = map(manifest.spec);
  // The older group had the labels at the top, one port, and `extensionRef`.
  const old = group === OLD_POOL_GROUP;
  const selectorPath = old && map(spec.selector).matchLabels === undefined ? ['spec', 'selector'] : ['spec', 'selector', 'matchLabels'];
  const selector = textMap(selectorPath.length === 2 ? spec.selector : map(spec.selector).matchLabels);
  const single = old ? integer(spec.targetPortNumber) : undefined;
  return {
    object,
    namespace,
    name,
    selector,
    selectorPath,
    selects: selectPods(graph, namespace, selector),
    targetPorts: single !== undefined
      ? [{ path: ['spec', 'targetPortNumber'], number: single }]
      : items(manifest, ['spec', 'targetPorts']).flatMap(({ value, path }) => {
        const number = integer(map(value).number);
        return number === undefined ? [] : [{ path: [...path, 'number'], number }];
      }),
    picker: pickerOf(graph, object, old && spec.endpointPickerRef === undefined ? 'extensionRef' : 'endpointPickerRef'),
    appProtocol: filled(spec.appProtocol),
  };
}

function pickerOf(graph: Graph, { manifest, namespace = '' }: GraphObject, field: string): PickerRef | undefined {
  const ref = map(manifest.spec)[field];
  if (typeof ref !== 'object' || ref === null || Array.isArray(ref)) return undefined;
  const { group, kind, name, port, portNumber, failureMode } = map(ref);
  const target = { group: text(group) ?? '', kind: filled(kind) ?? 'Service', name: text(name) ?? '' };
  return {
    path: ['spec', field],
    ...target,
    // `extensionRef` has a number with a default; a Service has to be given one today.
    port: field === 'extensionRef' ? integer(portNumber) ?? 9002 : integer(map(port).number),
    failOpen: failureMode === 'FailOpen',
    service: target.group === '' && target.kind === 'Service' ? findService(graph, namespace, target.name) : undefined,
  };
}
