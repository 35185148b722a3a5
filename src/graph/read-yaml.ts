import { isMap, readYaml } from '../core';
import type { GraphDocument } from './graph';
import { Path, text } from './json';

/** A file, or a part of one, that is no object. */
export interface UnreadDocument {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly problem: string;
  /** The change to make, where it is not to correct the file. */
  readonly fix?: string;
}

export interface ReadDocuments {
  readonly documents: readonly GraphDocument[];
  readonly unread: readonly UnreadDocument[];
}

/**
 * The objects of a YAML or JSON text, with the position of every field. Lists are taken apart; what is no object is told apart from the rest.
 */
export function readYamlDocuments(source: string, file: string): ReadDocuments {
  const documents: GraphDocument[] = [];
  const unread: UnreadDocument[] = [];
  readYaml(source).forEach(({ value, error, line, column, positionOf }, index) => {
    if (error !== undefined) {
      unread.push({ file, line, column, problem: error });
      return;
    }
    const origin = (path: Path) => ({
      file,
      document: index,
      line: path.length === 0 ? line : positionOf?.(path)?.line ?? line,
      positionOf: (field: Path) => positionOf?.([...path, ...field]),
    });
    for (const [manifest, path] of unfold(value, [])) {
      if (manifest === null || manifest === undefined) continue;
      if (isMap(manifest)) documents.push({ manifest, origin: origin(path) });
      else unread.push({ file, line: origin(path).line, problem: `is ${Array.isArray(manifest) ? 'a list' : typeof manifest}, not an object` });
    }
  });
  return { documents, unread };
}

/** The objects of a `List`, or of a list of one kind as the API server answers it, where each leaves kind and apiVersion to the list. */
function unfold(value: unknown, path: Path): [unknown, Path][] {
  if (!isMap(value) || !(text(value.kind) ?? '').endsWith('List') || !Array.isArray(value.items)) return [[value, path]];
  const { apiVersion, kind } = value as { apiVersion: unknown; kind: string };
  return value.items.flatMap((item, index): [unknown, Path][] => {
    const below = [...path, 'items', index];
    // A list in a list would be no less than an endless one when it is an alias of itself.
    if (kind === 'List' || !isMap(item)) return path.length > 8 ? [[item, below]] : unfold(item, below);
    return [[{ apiVersion, kind: kind.slice(0, -'List'.length), ...item }, below]];
  });
}

