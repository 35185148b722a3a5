import type { Document, Node, Scalar, ScalarTag, Tags } from 'yaml';
import type { Manifest } from './manifest';

/** A place in a text; lines and columns count from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** One document of a YAML text: its value, or what is wrong with it. */
export interface YamlDocument {
  readonly value?: unknown;
  readonly error?: string;
  /** The line it starts in, or the line of the error. */
  readonly line: number;
  /** The column of the error. */
  readonly column?: number;
  /** Where a field is, or the nearest one above it that is there. */
  readonly positionOf?: (path: readonly (string | number)[]) => Place;
}

/**
 * The documents of a YAML or JSON text, read as Kubernetes tools do: YAML 1.1, where `yes` is true, `0644` is octal and `<<` merges, but
 * dates stay text.
 */
export function readYaml(text: string): YamlDocument[] {
  return chunksOf(text).flatMap(readChunk);
}

/** A part of a text that can be read alone: what the documents of a large text need is given back one by one. */
interface Chunk {
  readonly text: string;
  /** How many lines stand before it. */
  readonly linesBefore: number;
}

const DOCUMENT_START = /^---(?=\s|$)/gm;

/** No scalar may hold a line that starts with `---`, so every such line starts a document. */
function chunksOf(text: string): Chunk[] {
  // A directive belongs to the document after it.
  if (/^%/m.test(text)) return [{ text, linesBefore: 0 }];
  const starts = [0, ...[...text.matchAll(DOCUMENT_START)].map(({ index }) => index).filter((index) => index > 0), text.length];
  let linesBefore = 0;
  return starts.slice(1).map((end, index) => {
    const chunk = { text: text.slice(starts[index], end), linesBefore };
    linesBefore += chunk.text.split('\n').length - 1;
    return chunk;
  });
}

function parseChunk({ text, linesBefore }: Chunk): { documents: Document.Parsed[]; at: (offset: number) => Place } {
  // Loaded on first use: most apps read no YAML.
  const { LineCounter, parseAllDocuments } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  // Keys are compared below: the parser compares each with each.
  const options = { version: '1.1', customTags: kubernetesTags, lineCounter: lines, logLevel: 'error', prettyErrors: false, uniqueKeys: false } as const;
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    // Without a line break nothing is counted.
    return { line: Math.max(line, 1) + linesBefore, column: col };
  };
  return { documents: [...parseAllDocuments(text, options)], at };
}

function readChunk(chunk: Chunk): YamlDocument[] {
  const { documents, at } = parseChunk(chunk);
  return documents.map((document, index): YamlDocument => {
    const { line } = at(document.contents?.range?.[0] ?? document.range[0]);
    const [error] = document.errors;
    const failed = (message: string, offset: number) => {
      const place = at(offset);
      return { error: `${message} at line ${place.line}, column ${place.column}`, ...place };
    };
    if (error) return failed(error.message.includes('call stack') ? TOO_DEEP : error.message, error.pos[0]);
    const again = repeatedKey(document);
    if (again) return failed('Map keys must be unique', again.range?.[0] ?? 0);
    const value = valueOf(document);
    if ('error' in value) return { ...value, error: `${value.error} at line ${line}`, line };
    return { ...value, line, positionOf: (path) => positionIn(chunk, index, path) };
  });
}

/** The values of the documents of a text, or what is wrong with the first bad one, with line and column. */
export function parseDocuments(text: string): unknown[] | string {
  const documents = readYaml(text);
  return documents.find(({ error }) => error !== undefined)?.error ?? documents.map(({ value }) => value);
}

/** Whether a document is a Kubernetes object of some kind. */
export function isObjectOfKind(document: unknown): document is Manifest {
  return typeof document === 'object' && document !== null && typeof (document as Partial<Manifest>).kind === 'string';
}

const DEEPEST = 500;
const TOO_DEEP = `Nested more than ${DEEPEST} levels deep`;

function valueOf(document: Document.Parsed): { value: unknown } | { error: string } {
  try {
    const value: unknown = document.toJS();
    return isBounded(value, DEEPEST) ? { value } : { error: `An alias refers to itself, or: ${TOO_DEEP.toLowerCase()}` };
  } catch (error) {
    // Aliases are resolved only now.
    return { error: (error as Error).message };
  }
}

/** Whether a value ends: an alias can stand for what it is a part of. */
function isBounded(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isBounded(item, levels - 1));
}

/** The first key that its map has twice. */
function repeatedKey(document: Document.Parsed): Scalar | undefined {
  const { isScalar, visit } = require('yaml') as typeof import('yaml');
  let found: Scalar | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        // Merge keys, which are symbols, may be repeated.
        if (!isScalar(key) || typeof key.value === 'symbol') continue;
        // 1 and "1" are the same key once the manifest is JSON.
        const name = String(key.value);
        if (keys.has(name)) {
          found = key;
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/** Positions are asked for only where something is wrong, so the text is parsed again for them, and the last one is kept. */
let lastParsed: { readonly chunk: Chunk; readonly parsed: ReturnType<typeof parseChunk> } | undefined;

/** The place of a field's key, or of an item of a list. */
function positionIn(chunk: Chunk, index: number, path: readonly (string | number)[]): Place {
  const { isAlias, isMap, isScalar, isSeq } = require('yaml') as typeof import('yaml');
  if (lastParsed?.chunk !== chunk) lastParsed = { chunk, parsed: parseChunk(chunk) };
  const { documents, at } = lastParsed.parsed;
  const document = documents[index];
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  let node: unknown = document.contents;
  let start: unknown = node;
  for (const step of path) {
    const parent = resolved(node);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      [node, start] = [pair.value, pair.key];
    } else if (isSeq(parent) && typeof step === 'number' && parent.items[step]) {
      [node, start] = [parent.items[step], parent.items[step]];
    } else {
      break;
    }
  }
  return at((start as Node | null)?.range?.[0] ?? document.range[0]);
}

function kubernetesTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    const { tag: name = '', format } = tag as ScalarTag;
    return name !== 'tag:yaml.org,2002:timestamp' && name !== 'tag:yaml.org,2002:binary' && format !== 'TIME';
  });
}
