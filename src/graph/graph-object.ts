import { at, map, Path, text, textMap } from './json';

/** A place in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an object comes from. */
export interface Origin {
  /** The file or other source it was read from. */
  readonly file?: string;
  /** The line it starts in. */
  readonly line?: number;
  /** Which document of the file it is, from 0. */
  readonly document?: number;
  /** The path of the construct that makes it. */
  readonly construct?: string;
  /** Where a field is, or the nearest one above it that is there. Computed when asked. */
  readonly positionOf?: (path: Path) => Position | undefined;
}

/** Names an object of a cluster, whichever version of its group it is written in. */
export interface ObjectName {
  readonly group: string;
  readonly kind: string;
  /** Absent for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly name: string;
}

/** One object of the set: untrusted plain data, and what identifies it. Parts that are missing or not text are empty. */
export class GraphObject implements ObjectName {
  public readonly apiVersion: string;
  public readonly group: string;
  public readonly version: string;
  public readonly kind: string;
  public readonly name: string;
  public readonly namespace?: string;
  /** The same for the same object of a cluster. */
  public readonly key: string;

  /**
   * @param manifest the object as it is written
   * @param origin where it comes from
   * @param defaultNamespace where objects go that name no namespace
   * @param clusterScoped whether its kind has no namespace
   */
  public constructor(
    public readonly manifest: Readonly<Record<string, unknown>>,
    public readonly origin: Origin,
    defaultNamespace: string,
    public readonly clusterScoped: boolean,
  ) {
    const metadata = map(manifest.metadata);
    this.apiVersion = text(manifest.apiVersion) ?? '';
    this.kind = text(manifest.kind) ?? '';
    [this.group, this.version] = groupOf(this.apiVersion);
    this.name = text(metadata.name) ?? '';
    // An empty namespace is the same as none, to the API server as well.
    this.namespace = clusterScoped ? undefined : text(metadata.namespace) || defaultNamespace;
    this.key = keyOf(this);
  }

  public get labels(): ReadonlyMap<string, string> {
    return textMap(at(this.manifest, ['metadata', 'labels']));
  }

  public get annotations(): ReadonlyMap<string, string> {
    return textMap(at(this.manifest, ['metadata', 'annotations']));
  }

  /** Whether it is of this group and kind. */
  public is(group: string, kind: string): boolean {
    return this.kind === kind && this.group === group;
  }

  /** The value of a field. */
  public get(...path: Path): unknown {
    return at(this.manifest, path);
  }

  /** Where a field is written, when the object was read from a file. */
  public positionOf(path: Path): Position | undefined {
    return this.origin.positionOf?.(path) ?? (this.origin.line === undefined ? undefined : { line: this.origin.line, column: 1 });
  }

  /** `Deployment models/llama`, as messages name it. */
  public toString(): string {
    return describe(this);
  }
}

/** Group and version of an apiVersion: `v1` is of the group without a name. */
export function groupOf(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

export function keyOf({ group, kind, namespace, name }: ObjectName): string {
  return JSON.stringify([group, kind, namespace ?? '', name]);
}

/** `Deployment models/llama`, as messages name it. */
export function describe({ kind, namespace, name }: ObjectName): string {
  return `${kind || 'object'} ${namespace === undefined ? '' : `${namespace}/`}${name || '(no name)'}`;
}
