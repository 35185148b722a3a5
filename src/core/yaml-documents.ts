import type { Document, LineCounter, Node, ScalarTag, Tags } from 'yaml';
import type { Manifest } from './manifest';

/** One document of a YAML text: its value, or what is wrong with it. */
export interface YamlDocument {
  readonly value?: unknown;
  readonly error?: string;
  /** The line it starts in, or the line of the error. */
  readonly line: number;
  /** The column of the error. */
  readonly column?: number;
  /** Where a field is, or the nearest one above it that is there; lines and columns count from 1. */
  readonly positionOf?: (path: readonly (string | number)[]) => { readonly line: number; readonly column: number };
}

/**
 * The documents of a YAML or JSON text, read as Kubernetes tools do: YAML 1.1, where `yes` is true, `0644` is octal and `<<` merges, but
 * dates stay text.
 */
export function readYaml(text: string): YamlDocument[] {
  // Loaded on first use: most apps read no YAML.
  const { LineCounter, parseAllDocuments } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text, { version: '1.1', customTags: kubernetesTags, lineCounter: lines, logLevel: 'error' })];
  return documents.map((document) => {
    const line = lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line;
    const [error] = document.errors;
    if (error) return { error: error.message.split('\n')[0].replace(/:$/, ''), line: error.linePos?.[0].line ?? line, column: error.linePos?.[0].col };
    return valueOf(document, line, lines);
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

function valueOf(document: Document.Parsed, line: number, lines: LineCounter): YamlDocument {
  try {
    return { value: document.toJS(), line, positionOf: (path) => positionIn(document, lines, path) };
  } catch (error) {
    // Aliases are resolved only now.
    return { error: `${(error as Error).message} at line ${line}`, line };
  }
}

/** The place of a field's key, or of an item of a list. */
function positionIn(document: Document.Parsed, lines: LineCounter, path: readonly (string | number)[]): { line: number; column: number } {
  const { isAlias, isMap, isScalar, isSeq } = require('yaml') as typeof import('yaml');
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
  const { line, col } = lines.linePos((start as Node | null)?.range?.[0] ?? document.range[0]);
  return { line, column: col };
}

function kubernetesTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    const { tag: name = '', format } = tag as ScalarTag;
    return name !== 'tag:yaml.org,2002:timestamp' && name !== 'tag:yaml.org,2002:binary' && format !== 'TIME';
  });
}
