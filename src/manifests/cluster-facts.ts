import type { Manifest } from '../core';

/** What objects of the input say that a controller would look up in its cluster. */
export class ClusterFacts {
  private readonly byKey = new Map<string, Manifest>();

  public constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) this.byKey.set(keyOf(manifest.kind, manifest.metadata.namespace, manifest.metadata.name), manifest);
  }

  /**
   * The container port behind the Service of a model: its port named `http`, else 80 or 8080, else the first. A target port given by
   * name counts as the Service's own port.
   */
  public targetPort(service: string, namespace: string): number | undefined {
    const ports = (this.find('Service', namespace, service)?.spec as { ports?: ServicePort[] } | undefined)?.ports ?? [];
    const port = ports.find((candidate) => candidate.name === 'http' || candidate.port === 80 || candidate.port === 8080) ?? ports[0];
    if (!port) return undefined;
    const target = Number(port.targetPort);
    return Number.isInteger(target) && target > 0 ? target : port.port;
  }

  /** The Service of the endpoint picker that an InferencePool of the input refers to. */
  public endpointPickerOf(pool: string, namespace: string): string | undefined {
    return (this.find('InferencePool', namespace, pool)?.spec as { endpointPickerRef?: { name?: string } } | undefined)?.endpointPickerRef?.name;
  }

  /** Whether the input holds an object of this name already. */
  public has(kind: string, namespace: string | undefined, name: string): boolean {
    return this.byKey.has(keyOf(kind, namespace, name));
  }

  /** Whether an object of the input belongs to a controller. */
  public isControlled(kind: string, namespace: string, name: string): boolean {
    const metadata = this.find(kind, namespace, name)?.metadata as { ownerReferences?: { controller?: boolean }[] } | undefined;
    return metadata?.ownerReferences?.some(({ controller }) => controller) ?? false;
  }

  private find(kind: string, namespace: string, name: string): Manifest | undefined {
    return this.byKey.get(keyOf(kind, namespace, name));
  }
}

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? 'default'}/${name}`;
}
