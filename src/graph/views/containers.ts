import { at, filled, integer, items, map, Path, text } from '../json';
import { Word, wordsOf } from './command-line';

export interface EnvVariable {
  readonly path: Path;
  readonly name: string;
  /** Its text, where the manifest says it. */
  readonly value?: string;
  /** The field of the pod it is taken from. */
  readonly fieldPath?: string;
  readonly configMap?: string;
  readonly secret?: string;
  readonly key?: string;
}

export interface ContainerPort {
  readonly path: Path;
  readonly port: number;
  readonly name?: string;
  readonly protocol: string;
}

export enum ProbeType {
  LIVENESS = 'livenessProbe',
  READINESS = 'readinessProbe',
  STARTUP = 'startupProbe',
}

export interface Probe {
  readonly type: ProbeType;
  readonly path: Path;
  readonly via: 'grpc' | 'httpGet' | 'tcpSocket' | 'exec' | undefined;
  /** The number of the port; a name is resolved among the container's ports. */
  readonly port?: number;
  /** The gRPC health service; empty is the server as a whole. */
  readonly service?: string;
}

export interface Mount {
  readonly path: Path;
  readonly volume: string;
  readonly mountPath: string;
  readonly subPath?: string;
}

export interface Container {
  readonly path: Path;
  readonly name: string;
  readonly image: string;
  /** What it is started with, after the program. */
  readonly words: readonly Word[];
  readonly env: readonly EnvVariable[];
  readonly ports: readonly ContainerPort[];
  readonly probes: readonly Probe[];
  readonly mounts: readonly Mount[];
  readonly init: boolean;
}

export interface PodFacts {
  readonly namespace?: string;
}

/** The containers of a pod spec, with the init containers after the others. */
export function containersOf(manifest: unknown, specPath: Path, facts: PodFacts): Container[] {
  return ['containers', 'initContainers'].flatMap((field) => items(manifest, [...specPath, field])
    .map(({ value, path }) => containerOf(manifest, value, path, field === 'initContainers', facts)));
}

function containerOf(manifest: unknown, value: unknown, path: Path, init: boolean, facts: PodFacts): Container {
  const { name, image, command, args } = map(value);
  const env = items(manifest, [...path, 'env']).map((variable) => envOf(variable.value, variable.path));
  const ports = items(manifest, [...path, 'ports']).flatMap((port): ContainerPort[] => {
    const { containerPort, name: portName, protocol } = map(port.value);
    const number = integer(containerPort);
    return number === undefined ? [] : [{ path: port.path, port: number, name: filled(portName), protocol: text(protocol) ?? 'TCP' }];
  });
  const variables = new Map(env.flatMap(({ name: key, value: known, fieldPath }) => {
    const found = known ?? (fieldPath === 'metadata.namespace' ? facts.namespace : undefined);
    return found === undefined ? [] : [[key, found] as const];
  }));
  return {
    path,
    name: text(name) ?? '',
    image: text(image) ?? '',
    words: wordsOf(command, args, path, variables),
    env,
    ports,
    probes: Object.values(ProbeType).flatMap((type) => probeOf(value, type, path, ports)),
    mounts: items(manifest, [...path, 'volumeMounts']).map((mount) => {
      const { name: volume, mountPath, subPath } = map(mount.value);
      return { path: mount.path, volume: text(volume) ?? '', mountPath: text(mountPath) ?? '', subPath: filled(subPath) };
    }),
    init,
  };
}

function envOf(value: unknown, path: Path): EnvVariable {
  const { name, value: literal, valueFrom } = map(value);
  const { configMapKeyRef, secretKeyRef, fieldRef } = map(valueFrom);
  return {
    path,
    name: text(name) ?? '',
    value: valueFrom === undefined || valueFrom === null ? text(literal) ?? '' : undefined,
    fieldPath: text(map(fieldRef).fieldPath),
    configMap: text(map(configMapKeyRef).name),
    secret: text(map(secretKeyRef).name),
    key: text(map(configMapKeyRef).key) ?? text(map(secretKeyRef).key),
  };
}

function probeOf(container: unknown, type: ProbeType, path: Path, ports: readonly ContainerPort[]): Probe[] {
  const probe = at(container, [type]);
  if (typeof probe !== 'object' || probe === null) return [];
  const via = (['grpc', 'httpGet', 'tcpSocket', 'exec'] as const).find((key) => at(probe, [key]) !== undefined);
  const handler = via === undefined ? {} : map(at(probe, [via]));
  const port = integer(handler.port) ?? ports.find(({ name }) => name !== undefined && name === handler.port)?.port;
  return [{ type, path: [...path, type], via, port, service: via === 'grpc' ? text(handler.service) ?? '' : undefined }];
}
