import { isMap, Manifest } from '../core';
import { idOf, keyOf, ObjectId } from './object-key';

/** What objects of the input say that a controller would look up in its cluster. They may be anything, so nothing is taken for granted. */
export class ClusterFacts {
  private readonly byKey: ReadonlyMap<string, Manifest>;

  /**
   * @param namespace the namespace of objects that name none
   */
  public constructor(manifests: readonly Manifest[], private readonly namespace: string) {
    this.byKey = new Map(manifests.map((manifest) => [keyOf(idOf(manifest), namespace), manifest]));
  }

  /**
   * The container port behind the Service of a model: of its first port that is named `http` or is 80 or 8080, else of the first. A
   * target port given by name counts as the Service's own port.
   */
  public targetPort(service: string, namespace: string): number | undefined {
    const ports = listOf(this.specOf({ apiVersion: 'v1', kind: 'Service', namespace, name: service }).ports).filter(isMap);
    const chosen = ports.find(({ name, port }) => name === 'http' || port === 80 || port === 8080) ?? ports[0];
    return portOf(chosen?.targetPort) ?? portOf(chosen?.port);
  }

  /** The Service of the endpoint picker that an InferencePool of the input refers to. */
  public endpointPickerOf(pool: string, namespace: string): string | undefined {
    const { endpointPickerRef } = this.specOf({ apiVersion: 'inference.networking.k8s.io/v1', kind: 'InferencePool', namespace, name: pool });
    const name = isMap(endpointPickerRef) ? endpointPickerRef.name : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
  }

  /** Whether the input holds this object already. */
  public has(object: ObjectId): boolean {
    return this.find(object) !== undefined;
  }

  /** Whether the input holds this object, and a controller owns it. */
  public isControlled(object: ObjectId): boolean {
    const { ownerReferences } = (this.find(object)?.metadata ?? {}) as { ownerReferences?: unknown };
    return listOf(ownerReferences).some((owner) => isMap(owner) && owner.controller === true);
  }

  private specOf(object: ObjectId): Record<string, unknown> {
    const spec = this.find(object)?.spec;
    return isMap(spec) ? spec : {};
  }

  private find(object: ObjectId): Manifest | undefined {
    return this.byKey.get(keyOf(object, this.namespace));
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function portOf(value: unknown): number | undefined {
  // Names like `0x50` and `1e3` are numbers to JavaScript only.
  const port = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isInteger(port) && (port as number) > 0 ? port as number : undefined;
}
