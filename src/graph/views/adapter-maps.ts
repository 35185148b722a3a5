import { parseDocuments } from '../../core';
import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, text } from '../json';
import { addTo, view } from '../view';
import type { BodyRouter } from './body-routers';

export const MANAGED_LABEL = 'inference.networking.k8s.io/bbr-managed';

/** A ConfigMap that tells body-based routers which adapters run on which model. */
export interface AdapterMap {
  readonly object: GraphObject;
  readonly namespace: string;
  /** Whether its label is the one that routers look for. */
  readonly managed: boolean;
  readonly baseModel?: string;
  /** Undefined when the text is no list of names. */
  readonly adapters?: readonly string[];
  /** What keeps a router from reading the list. */
  readonly error?: string;
}

export const adapterMapsOf = view((graph: Graph): readonly AdapterMap[] => graph.ofKind('', 'ConfigMap').flatMap((object) => {
  const baseModel = text(at(object.manifest, ['data', 'baseModel']))?.trim();
  const label = object.labels.get(MANAGED_LABEL) ?? (at(object.manifest, ['metadata', 'labels', MANAGED_LABEL]) === undefined ? undefined : '');
  if (baseModel === undefined && label === undefined) return [];
  const source = at(object.manifest, ['data', 'adapters']);
  return [{
    object,
    namespace: object.namespace ?? '',
    managed: label === 'true',
    baseModel: baseModel || undefined,
    ...source === undefined ? { adapters: [] } : adaptersIn(source),
  }];
}));

/** The same by base model. */
export const adapterMapsByBase = view((graph: Graph): ReadonlyMap<string, readonly AdapterMap[]> => {
  const found = new Map<string, AdapterMap[]>();
  for (const map of adapterMapsOf(graph)) if (map.baseModel !== undefined) addTo(found, map.baseModel, map);
  return found;
});

function adaptersIn(source: unknown): Pick<AdapterMap, 'adapters' | 'error'> {
  if (typeof source !== 'string') return { error: 'is not text' };
  // Nothing but a short list is expected here.
  if (source.length > 1_000_000) return {};
  const documents = parseDocuments(source);
  if (typeof documents === 'string') return { error: 'is no YAML' };
  const [value] = documents;
  if (value === undefined || value === null) return { adapters: [] };
  if (!Array.isArray(value)) return { error: 'is no YAML list' };
  if (!value.every((item) => typeof item === 'string')) return { error: 'holds something else than names' };
  return { adapters: value.map((name: string) => name.trim()) };
}

/** Whether a router reads the ConfigMaps of a namespace; undefined when that is known in the cluster only. */
export function watches({ namespaced, namespace, container }: BodyRouter, place: string): boolean | undefined {
  if (!namespaced) return true;
  const variable = container.env.find(({ name }) => name === 'NAMESPACE');
  if (variable?.fieldPath === 'metadata.namespace') return place === namespace;
  return variable?.value === undefined ? undefined : variable.value === place;
}
