import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, map, Path, text } from '../json';
import type { Container } from './containers';
import type { PodTemplate, Volume } from './workloads';

/** Where a file that a container reads comes from. */
export interface FileSource {
  /** The mount that holds the path; absent when none does. */
  readonly mount?: Path;
  /** Whether nothing is ever written there: the volume begins empty, and no other container of the pod has it. */
  readonly empty?: boolean;
  /** The ConfigMap or Secret that is mounted there. */
  readonly from?: { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string; readonly path: Path; readonly optional: boolean };
  /** The key that would have to be there. */
  readonly key?: string;
  /** The object, when it is in the set. */
  readonly object?: GraphObject;
  /** The text of the file, when it is known. */
  readonly text?: string;
}

/** Follows the path of a file through the mounts and volumes of a pod to a key of a ConfigMap or Secret. */
export function fileSource(graph: Graph, template: PodTemplate, container: Container, file: string): FileSource {
  const path = normalise(file);
  const mount = container.mounts
    .filter(({ mountPath }) => mountPath !== '' && (path === normalise(mountPath) || path.startsWith(`${normalise(mountPath)}/`)))
    .reduce<Container['mounts'][number] | undefined>((best, next) => (best && normalise(best.mountPath).length >= normalise(next.mountPath).length ? best : next), undefined);
  if (!mount) return {};
  const volume = template.volumes.find(({ name }) => name === mount.volume);
  const source = volume?.configMap ?? volume?.secret;
  if (!volume || !source) return { mount: mount.path, empty: volume && isEmpty(template, volume) };
  const inside = path.slice(normalise(mount.mountPath).length).replace(/^\//, '');
  const below = mount.subPath === undefined ? inside : [mount.subPath.replace(/\/$/, ''), inside].filter(Boolean).join('/');
  const kind = volume.configMap ? 'ConfigMap' : 'Secret';
  const key = source.items ? [...source.items].find(([, at]) => at === below)?.[0] : below;
  const object = graph.find({ group: '', kind, namespace: template.workload.namespace, name: source.name });
  return {
    mount: mount.path,
    from: { kind, name: source.name, path: volume.path, optional: source.optional },
    key,
    object,
    text: kind === 'ConfigMap' && object && key !== undefined ? keyText(object, key) : undefined,
  };
}

/** The API server takes a volume without a source for an empty folder. */
function isEmpty({ workload, containers }: PodTemplate, { path, name }: Volume): boolean {
  const sources = Object.entries(map(at(workload.object.manifest, path))).filter(([key, value]) => key !== 'name' && value !== null);
  return (sources.length === 0 || sources.every(([key]) => key === 'emptyDir'))
    && containers.filter(({ mounts }) => mounts.some(({ volume }) => volume === name)).length < 2;
}

/** The keys of a ConfigMap or Secret. */
export function keysOf({ manifest }: GraphObject): string[] {
  return ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(map(manifest[field])));
}

function keyText({ manifest }: GraphObject, key: string): string | undefined {
  const data = map(manifest.data);
  return Object.hasOwn(data, key) ? text(data[key]) : undefined;
}

function normalise(path: string): string {
  return path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1').replace(/^\/$/, '');
}
