/** Which namespaces' routes the listeners of a Gateway accept. */
export class AllowedRoutes {
  /**
   * Exactly the namespaces of the Gateway and of the models attached to it: `Same` when that is one namespace, else a sorted
   * `In` list. It is what AI Runway's controller patches in, without evicting anyone.
   */
  public static attached(): AllowedRoutes {
    return new AllowedRoutes('Attached');
  }

  /** Routes of every namespace. */
  public static all(): AllowedRoutes {
    return new AllowedRoutes('All');
  }

  /** Routes of the Gateway's own namespace only; attaching a model of another namespace is an error. */
  public static same(): AllowedRoutes {
    return new AllowedRoutes('Same');
  }

  /** Routes of the namespaces that carry these labels. */
  public static matchLabels(labels: { [key: string]: string }): AllowedRoutes {
    return new AllowedRoutes('Selector', labels);
  }

  /** Nothing is written, so that an administrator owns the field: Kubernetes then defaults it to `Same`. */
  public static unmanaged(): AllowedRoutes {
    return new AllowedRoutes('Unmanaged');
  }

  /** `Attached`, `All`, `Same`, `Selector` or `Unmanaged`. */
  public readonly from: string;
  /** The labels of a selector. */
  public readonly labels?: { [key: string]: string };

  private constructor(from: string, labels?: { [key: string]: string }) {
    this.from = from;
    this.labels = labels;
  }
}
