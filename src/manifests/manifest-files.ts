import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isObjectOfKind, Manifest, Mistake, parseDocuments } from '../core';

export interface ReadManifests {
  readonly manifests: Manifest[];
  readonly mistakes: Mistake[];
}

const MANIFEST_FILE = /\.(ya?ml|json)$/;

/** The Kubernetes objects of a file, or of every YAML and JSON file below a folder in the order of their paths. */
export function readManifestFiles(path: string): ReadManifests {
  const files = filesBelow(path);
  if (files === undefined) return { manifests: [], mistakes: [unreadable(path, 'is not a file or a folder', 'correct the path')] };
  if (files.length === 0) {
    return { manifests: [], mistakes: [unreadable(path, 'holds no .yaml, .yml or .json file', 'correct the path')] };
  }
  const read = files.map((file) => readManifestText(readFileSync(file, 'utf8'), file));
  return { manifests: read.flatMap(({ manifests }) => manifests), mistakes: read.flatMap(({ mistakes }) => mistakes) };
}

/** The Kubernetes objects of a text; `List`s are taken apart. */
export function readManifestText(text: string, location: string): ReadManifests {
  const documents = parseDocuments(text);
  if (typeof documents === 'string') return { manifests: [], mistakes: [unreadable(location, `is not YAML: ${documents}`, 'correct the file')] };
  const manifests: Manifest[] = [];
  const mistakes: Mistake[] = [];
  for (const document of documents.flatMap(itemsOf)) {
    if (document === null || document === undefined) continue;
    if (isObjectOfKind(document) && typeof document.metadata?.name === 'string') manifests.push(document);
    else mistakes.push(unreadable(location, 'holds something that is not a Kubernetes object with a kind and a name', 'remove it'));
  }
  return { manifests, mistakes };
}

function itemsOf(document: unknown): unknown[] {
  return isObjectOfKind(document) && document.kind === 'List' ? document.items as unknown[] : [document];
}

function filesBelow(path: string): string[] | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (stat.isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => MANIFEST_FILE.test(name)).sort().map((name) => join(path, name));
}

function unreadable(path: string, problem: string, fix: string): Mistake {
  return { code: 'IGW601', field: path, problem, fix };
}
