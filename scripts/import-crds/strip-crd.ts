import type { CrdManifest } from '../../src/crds/crd-documents';
import type { Selection } from './selection';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Schema { [key: string]: Json }

/** Keywords that say nothing about a type. */
const PROSE = new Set(['description', 'example', 'externalDocs', 'title', 'x-kubernetes-validations']);

/** The CustomResourceDefinition with nothing but the types of one version. */
export function stripCrd(crd: CrdManifest, selection: Selection): object {
  const { group, names, scope, versions } = crd.spec;
  const version = versions.find(({ name }) => name === selection.version);
  if (!version) {
    const allowed = versions.map(({ name }) => name).join(', ');
    throw new Error(`${crd.metadata.name} has no version ${selection.version}; allowed: ${allowed}; change its version in SELECTION`);
  }
  const unused = new Set([...selection.untyped ?? [], ...selection.without ?? []]);
  const strip = new Stripper(selection, unused);
  const schema = strip.schema({ ...version.schema?.openAPIV3Schema } as Schema, '');
  if (unused.size > 0) throw new Error(`${crd.metadata.name} has no field ${[...unused].join(', ')}; correct its SELECTION`);
  return {
    apiVersion: crd.apiVersion,
    kind: crd.kind,
    metadata: { name: crd.metadata.name },
    spec: { group, names, scope, versions: [{ name: version.name, served: true, storage: true, schema: { openAPIV3Schema: schema } }] },
  };
}

class Stripper {
  constructor(private readonly selection: Selection, private readonly unused: Set<string>) {}

  public schema(schema: Schema, path: string): Schema {
    if (this.matches(this.selection.untyped, path)) return { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const result: Schema = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === 'properties') result.properties = this.properties(value as Schema, path);
      else if (isSchema(value) && (keyword === 'items' || keyword === 'additionalProperties')) result[keyword] = this.schema(value, path);
      else if (!PROSE.has(keyword)) result[keyword] = value;
    }
    return result;
  }

  private properties(properties: Schema, path: string): Schema {
    const result: Schema = {};
    for (const [name, value] of Object.entries(properties)) {
      const inner = path === '' ? name : `${path}.${name}`;
      if (inner === 'status' || this.matches(this.selection.without, inner)) continue;
      result[name] = this.schema(value as Schema, inner);
    }
    return result;
  }

  private matches(patterns: readonly string[] = [], path: string): boolean {
    const pattern = patterns.find((candidate) => matches(candidate.split('.'), path.split('.')));
    if (pattern) this.unused.delete(pattern);
    return pattern !== undefined;
  }
}

function matches(pattern: string[], path: string[]): boolean {
  return pattern.length === path.length && pattern.every((step, index) => step === '*' || step === path[index]);
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
