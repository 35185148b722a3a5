import { inferencePoolKind } from './pool-reference';
import { serviceKind } from './service-reference';

/** What a `ReferenceGrant` lets others refer to: an object of its own namespace. */
export class GrantTarget {
  /** An InferencePool. */
  public static inferencePool(name: string): GrantTarget {
    return new GrantTarget(inferencePoolKind.group, inferencePoolKind.kind, name);
  }

  /** A Service. */
  public static service(name: string): GrantTarget {
    return new GrantTarget(serviceKind.group, serviceKind.kind, name);
  }

  /** A Secret, the certificate of a listener for example. */
  public static secret(name: string): GrantTarget {
    return new GrantTarget('', 'Secret', name);
  }

  /**
   * An object of any other kind, or all objects of a kind.
   *
   * @param group API group, empty for the core group
   * @param kind kind
   * @param name name of the object; without it every object of the kind in the grant's namespace may be referred to
   */
  public static of(group: string, kind: string, name?: string): GrantTarget {
    return new GrantTarget(group, kind, name);
  }

  /** API group of the object. */
  public readonly group: string;
  /** Kind of the object. */
  public readonly kind: string;
  /** Name of the object; undefined for all of the kind. */
  public readonly name?: string;

  private constructor(group: string, kind: string, name: string | undefined) {
    this.group = group;
    this.kind = kind;
    this.name = name;
  }
}
