import { copyOf, decodeText, isMap, Manifest, Mistake, readTextFiles, readYaml, TextFile } from '../core';
import { checkDocument } from './check-document';

/** A Kubernetes object, and where it was read. */
export interface FoundManifest {
  readonly manifest: Manifest;
  /** File and line; undefined for what was handed over as an object. */
  readonly location?: string;
}

export interface ReadManifests {
  /** What was read, for messages. */
  readonly source?: string;
  readonly found: readonly FoundManifest[];
  readonly mistakes: readonly Mistake[];
}

/** The Kubernetes objects of a file, or of every YAML and JSON file below a folder in the order of their paths. */
export function readManifestFiles(path: string): ReadManifests {
  return together(path, readTextFiles(path).map(readTextFile));
}

/** The Kubernetes objects of a text, or of its bytes in UTF-8; `List`s are taken apart. */
export function readManifestText(text: string | Uint8Array, source: string): ReadManifests {
  return readTextFile(decodeText(text, source));
}

/** The Kubernetes objects of what is parsed already. */
export function readManifestObjects(objects: readonly unknown[]): ReadManifests {
  const read = together(undefined, copyOf(objects).map((object, index) => readDocument(object, `manifests[${index}]`)));
  return { ...read, found: read.found.map(({ manifest }) => ({ manifest })) };
}

function readTextFile({ file, text, problem, fix }: TextFile): ReadManifests {
  if (text === undefined) return nothing(file, problem!, fix!);
  return together(file, readYaml(text).map(({ value, error, line }) => {
    const location = `${file}:${line}`;
    return error === undefined ? readDocument(value, location) : nothing(location, `is not YAML: ${error}`, 'correct the file');
  }));
}

function readDocument(document: unknown, location: string): ReadManifests {
  if (document === null || document === undefined) return { found: [], mistakes: [] };
  const items = itemsOf(document);
  if (items) return together(undefined, items.map((item, index) => readDocument(item, `${location} items[${index}]`)));
  const mistakes = checkDocument(document, location);
  return { found: mistakes.length > 0 ? [] : [{ manifest: document as Manifest, location }], mistakes };
}

/** The objects of a `List`, or of a list of one kind as the API server answers it, where each leaves kind and apiVersion to the list. */
function itemsOf(document: unknown): unknown[] | undefined {
  if (!isMap(document) || typeof document.kind !== 'string' || !document.kind.endsWith('List') || !Array.isArray(document.items)) return undefined;
  const { apiVersion, kind, items } = document;
  if (kind === 'List') return items;
  return items.map((item) => (isMap(item) ? { apiVersion, kind: kind.slice(0, -'List'.length), ...item } : item));
}

function together(source: string | undefined, read: readonly ReadManifests[]): ReadManifests {
  return { source, found: read.flatMap(({ found }) => found), mistakes: read.flatMap(({ mistakes }) => mistakes) };
}

function nothing(source: string, problem: string, fix: string): ReadManifests {
  return { source, found: [], mistakes: [{ code: 'IGW601', field: source, problem, fix }] };
}
