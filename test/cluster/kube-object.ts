import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** "HTTPRoute team-a/qwen3", the way a person names an object. */
export function describeObject({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}

/** The API group, which is empty for the core kinds. */
export function groupOf({ apiVersion }: Pick<KubeObject, 'apiVersion'>): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

const texts = new WeakMap<KubeObject, string>();

/**
 * What to send for an object: the text of its document if it was read from a file. The server then reads the very same
 * bytes that `kubectl` would, and sees a value that lacks its quotes or a key that stands there twice.
 */
export function textOf(object: KubeObject): string {
  return texts.get(object) ?? JSON.stringify(object);
}

/** Every object in the YAML files of a folder and of the folders in it, in the order of the file names. */
export function readObjects(folder: string): KubeObject[] {
  return yamlFiles(folder).flatMap(readFile);
}

export function yamlFiles(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

function readFile(file: string): KubeObject[] {
  const text = fs.readFileSync(file, 'utf8');
  const objects: KubeObject[] = [];
  // A key that stands twice is the server's to refuse, so that it is reported like every other refusal.
  for (const document of parseAllDocuments(text, { uniqueKeys: false, logLevel: 'error' })) {
    if (document.errors.length > 0) {
      throw new Error(`${file}: ${document.errors[0].message}`);
    }
    const object: unknown = document.toJS();
    if (object === null) {
      continue;
    }
    if (!isKubeObject(object)) {
      throw new Error(`${file}: a document without apiVersion, kind or metadata.name`);
    }
    texts.set(object, text.slice(document.range[0], document.range[2]));
    objects.push(object);
  }
  return objects;
}

function isKubeObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = value as Partial<KubeObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}
