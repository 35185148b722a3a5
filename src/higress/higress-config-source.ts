/** Options of a whole `higress-config`. */
export interface WholeHigressConfigOptions {
  /** The key `mesh`: Istio's mesh configuration as YAML, as the chart of Higress renders it. The gateway does not start without. */
  readonly mesh: string;

  /**
   * The key `meshNetworks`.
   *
   * @default networks: {}
   */
  readonly meshNetworks?: string;
}

/** What of the ConfigMap `higress-config` exists. */
export class HigressConfigSource {
  /** Nothing: the whole ConfigMap is rendered. */
  public static whole(options: WholeHigressConfigOptions): HigressConfigSource {
    return new HigressConfigSource(undefined, { mesh: options.mesh, meshNetworks: options.meshNetworks ?? 'networks: {}' });
  }

  /**
   * A ConfigMap to merge the settings into; its labels, annotations, comments and all other keys are kept.
   *
   * @param configMap the manifest, `helm template` or `kubectl get configmap -o json` for example
   */
  public static existing(configMap: any): HigressConfigSource {
    return new HigressConfigSource(configMap, {});
  }

  /** A file, or a folder of files, with the ConfigMap in YAML or JSON; other objects may be in it. @param path path of the file or folder */
  public static file(path: string): HigressConfigSource {
    return new HigressConfigSource(undefined, {}, path);
  }

  /** @internal */
  public readonly _existing?: any;
  /** @internal */
  public readonly _data: Readonly<Record<string, string>>;
  /** @internal */
  public readonly _file?: string;

  private constructor(existing: any, data: Readonly<Record<string, string>>, file?: string) {
    this._existing = existing;
    this._data = data;
    this._file = file;
  }
}
