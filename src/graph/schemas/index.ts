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
}

export interface KindSchema {
  /** Whether an object without spec is refused. */
  readonly required: boolean;
  readonly spec: FieldSchema;
}

const parsed = new Map<string, KindSchema>();

/** The schema of a kind in one version; undefined for what no pinned CustomResourceDefinition serves. */
export function schemaOf(apiVersion: string, kind: string): KindSchema | undefined {
  const key = `${apiVersion}/${kind}`;
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

function split(key: string): [apiVersion: string, kind: string] {
  const slash = key.lastIndexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** They are read when the first object is checked. */
function schemas(): Readonly<Record<string, string>> {
  return (require('./generated') as typeof import('./generated')).SCHEMAS;
}
