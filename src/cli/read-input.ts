import { decodeText, readTextFiles } from '../core';
import { GraphDocument, readYamlDocuments, UnreadDocument } from '../graph';
import type { Terminal } from './main';

/** What the files of a command hold. */
export interface Input {
  readonly files: number;
  readonly documents: readonly GraphDocument[];
  readonly unread: readonly UnreadDocument[];
  readonly sourceOf: (file: string) => string | undefined;
}

/** Reads files, folders or standard input, which is `-`. What cannot be read is told apart, and the rest is read all the same. */
export function readInput(paths: readonly string[], terminal: Terminal): Input {
  const texts = paths.flatMap((path) => (path === '-' ? [decodeText(terminal.in(), 'standard input')] : readTextFiles(path)));
  const sources = new Map(texts.map(({ file, text }) => [file, text]));
  const documents: GraphDocument[] = [];
  const unread: UnreadDocument[] = [];
  for (const [file, { text, problem, fix }] of new Map(texts.map((read) => [read.file, read]))) {
    if (text === undefined) {
      unread.push({ file, problem: problem!, fix });
      continue;
    }
    const read = readYamlDocuments(text, file);
    read.documents.forEach((document) => documents.push(document));
    unread.push(...read.unread);
  }
  return { files: sources.size, documents, unread, sourceOf: (file) => sources.get(file) };
}
