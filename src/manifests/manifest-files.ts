import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyOf, isMap, Manifest, Mistake, readYaml } from '../core';
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

const MANIFEST_FILE = /\.(ya?ml|json)$/;

/** The Kubernetes objects of a file, or of every YAML and JSON file below a folder in the order of their paths. */
export function readManifestFiles(path: string): ReadManifests {
  try {
    if (!statSync(path).isDirectory()) return readManifestFile(path);
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => MANIFEST_FILE.test(name)).sort()
      .map((name) => join(path, name));
    if (files.length === 0) return nothing(path, 'holds no .yaml, .yml or .json file', 'correct the path');
    return together(path, files.map(readManifestFile));
  } catch (error) {
    return unreadable(path, error);
  }
}

/** The Kubernetes objects of a text, or of its bytes in UTF-8; `List`s are taken apart. */
export function readManifestText(text: string | Uint8Array, source: string): ReadManifests {
  const decoded = decode(text);
  if (decoded === undefined) return nothing(source, 'is not text in UTF-8', 'save it as UTF-8');
  return together(source, readYaml(decoded).map(({ value, error, line }) => {
    const location = `${source}:${line}`;
    return error === undefined ? readDocument(value, location) : nothing(location, `is not YAML: ${error}`, 'correct the file');
  }));
}

/** The Kubernetes objects of what is parsed already. */
export function readManifestObjects(objects: readonly unknown[]): ReadManifests {
  const read = together(undefined, copyOf(objects).map((object, index) => readDocument(object, `manifests[${index}]`)));
  return { ...read, found: read.found.map(({ manifest }) => ({ manifest })) };
}

function readManifestFile(path: string): ReadManifests {
  try {
    return readManifestText(readFileSync(path), path);
  } catch (error) {
    return unreadable(path, error);
  }
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

function decode(text: string | Uint8Array): string | undefined {
  if (typeof text === 'string') return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return undefined;
  }
}

function together(source: string | undefined, read: readonly ReadManifests[]): ReadManifests {
  return { source, found: read.flatMap(({ found }) => found), mistakes: read.flatMap(({ mistakes }) => mistakes) };
}

function unreadable(path: string, error: unknown): ReadManifests {
  const { code } = error as NodeJS.ErrnoException;
  // Anything but an error of the file system is ours.
  if (code === undefined) throw error;
  // A folder may be called like a file; what is in it is read anyway.
  if (code === 'EISDIR') return { found: [], mistakes: [] };
  if (code === 'ENOENT' || code === 'ENOTDIR') return nothing(path, 'is not a file or a folder', 'correct the path');
  const reason = code === 'EACCES' || code === 'EPERM' ? 'may not be read' : `cannot be read: ${code}`;
  return nothing(path, reason, 'check its permissions and what it is');
}

function nothing(source: string, problem: string, fix: string): ReadManifests {
  return { source, found: [], mistakes: [{ code: 'IGW601', field: source, problem, fix }] };
}
