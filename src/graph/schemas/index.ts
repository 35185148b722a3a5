import { BUILT_IN, BUILT_IN_KINDS, MORE_KINDS } from './built-in';

/** What decides whether the API server takes a value of a field. */
export interface FieldSchema {
  readonly 'type'?: string;
  readonly 'properties'?: Readonly<Record<string, FieldSchema>>;
  readonly 'required'?: readonly string[];
  readonly 'items'?: FieldSchema;
  readonly 'additionalProperties'?: FieldSchema;
  readonly 'enum'?: readonly unknown[];
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'pattern'?: string;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'minProperties'?: number;
  readonly 'maxProperties'?: number;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  /** Groups of fields; at least one of each has to be there. */
  readonly 'x-any-of'?: readonly (readonly string[])[];
}

export interface KindSchema {
  /** Whether an object without spec is refused. */
  readonly required: boolean;
  readonly spec: FieldSchema;
  /** What a kind without a spec has next to kind, apiVersion and metadata. */
  readonly fields?: FieldSchema;
}

const parsed = new Map<string, KindSchema>();

/** The schema of a kind in one version; undefined for what no pinned CustomResourceDefinition serves, and for most kinds of Kubernetes itself. */
export function schemaOf(apiVersion: string, kind: string): KindSchema | undefined {
  const key = `${apiVersion}/${kind}`;
  if (Object.hasOwn(BUILT_IN, key)) return BUILT_IN[key];
  const known = parsed.get(key);
  if (known) return known;
  const all = schemas();
  const text = Object.hasOwn(all, key) ? all[key] : undefined;
  if (text === undefined) return undefined;
  const schema: KindSchema = text.startsWith('=') ? schemaOf(...split(text.slice(1)))! : JSON.parse(text);
  parsed.set(key, schema);
  return schema;
}

/** The versions that a kind of a group is served in; none for a kind that is not checked. */
export function versionsOf(group: string, kind: string): readonly string[] {
  return Object.keys(schemas()).filter((key) => key.startsWith(`${group}/`) && key.endsWith(`/${kind}`)).map((key) => key.slice(group.length + 1, -kind.length - 1));
}

/** The kinds of a group; none for a group that is not known. For groups of Kubernetes itself they are all. */
export function kindsOf(group: string): { readonly kinds: ReadonlySet<string>; readonly all: boolean } {
  const { groups } = index();
  return { kinds: groups.get(group) ?? new Set(), all: Object.hasOwn(BUILT_IN_KINDS, group) };
}

/** The groups that have a kind, each with the version to write. */
export function groupsOf(kind: string): readonly { readonly group: string; readonly version: string }[] {
  return index().kinds.get(kind) ?? [];
}

/** The one version that a kind of Kubernetes itself is served in. */
export function builtInVersion(group: string, kind: string): string | undefined {
  const known = Object.hasOwn(BUILT_IN_KINDS, group) ? BUILT_IN_KINDS[group] : undefined;
  return known?.kinds.includes(kind) ? known.version : undefined;
}

interface Index {
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  readonly kinds: ReadonlyMap<string, readonly { group: string; version: string }[]>;
}

let indexed: Index | undefined;

function index(): Index {
  if (indexed) return indexed;
  const groups = new Map<string, Set<string>>();
  const kinds = new Map<string, { group: string; version: string }[]>();
  const add = (group: string, version: string, kind: string) => {
    if (groups.get(group)?.has(kind)) return;
    groups.set(group, (groups.get(group) ?? new Set()).add(kind));
    kinds.set(kind, [...kinds.get(kind) ?? [], { group, version }]);
  };
  for (const [group, { version, kinds: names }] of Object.entries(BUILT_IN_KINDS)) names.forEach((kind) => add(group, version, kind));
  for (const key of Object.keys(schemas())) {
    const [apiVersion, kind] = split(key);
    const slash = apiVersion.indexOf('/');
    add(apiVersion.slice(0, slash), apiVersion.slice(slash + 1), kind);
  }
  for (const [group, names] of Object.entries(MORE_KINDS)) names.forEach((kind) => groups.set(group, (groups.get(group) ?? new Set()).add(kind)));
  indexed = { groups, kinds };
  return indexed;
}

function split(key: string): [apiVersion: string, kind: string] {
  const slash = key.lastIndexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** They are read when the first object is checked. */
function schemas(): Readonly<Record<string, string>> {
  return (require('./generated') as typeof import('./generated')).SCHEMAS;
}
