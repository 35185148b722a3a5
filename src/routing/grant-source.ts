const GATEWAY_API = 'gateway.networking.k8s.io';

/** Whose references a `ReferenceGrant` allows: objects of one kind in one namespace. */
export class GrantSource {
  /** HTTPRoutes of a namespace, which refer to InferencePools and Services. */
  public static httpRoutes(namespace: string): GrantSource {
    return new GrantSource(GATEWAY_API, 'HTTPRoute', namespace);
  }

  /** Gateways of a namespace, which refer to Secrets. */
  public static gateways(namespace: string): GrantSource {
    return new GrantSource(GATEWAY_API, 'Gateway', namespace);
  }

  /**
   * Objects of any other kind.
   *
   * @param group API group, empty for the core group
   * @param kind kind
   * @param namespace namespace of the objects
   */
  public static of(group: string, kind: string, namespace: string): GrantSource {
    return new GrantSource(group, kind, namespace);
  }

  /** API group of the objects. */
  public readonly group: string;
  /** Kind of the objects. */
  public readonly kind: string;
  /** Namespace of the objects. */
  public readonly namespace: string;

  private constructor(group: string, kind: string, namespace: string) {
    this.group = group;
    this.kind = kind;
    this.namespace = namespace;
  }
}
