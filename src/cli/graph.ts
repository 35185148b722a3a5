import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { decodeText, readTextFiles } from '../core';
import { GatewayImplementation } from '../gateway';
import { checkGraph, drawGraph, Graph, PICTURE_FORMATS, PictureFormat, readYamlDocuments } from '../graph';
import { CommandError, MISTAKE, USAGE } from './command-error';
import type { Terminal } from './main';

export interface GraphCommandOptions {
  readonly format?: string;
  readonly output?: string;
  readonly namespace?: string;
  readonly closed?: boolean;
  readonly implementation?: string;
}

const EXTENSIONS: Readonly<Record<string, PictureFormat>> = {
  '.svg': 'svg', '.html': 'html', '.htm': 'html', '.mmd': 'mermaid', '.mermaid': 'mermaid',
};

/** Draws the manifests of a file, a folder or standard input. What cannot be read is told of, and the rest is drawn. */
export function runGraph(path: string, options: GraphCommandOptions, terminal: Terminal): void {
  const { output, namespace, closed, implementation } = options;
  const format = formatOf(options);
  const source = path === '-' ? 'standard input' : path;
  const unread: string[] = [];
  const documents = (path === '-' ? [decodeText(terminal.in(), source)] : readTextFiles(path)).flatMap(({ file, text, problem, fix }) => {
    if (text === undefined) {
      unread.push(`${file}: ${problem}; ${fix}`);
      return [];
    }
    const read = readYamlDocuments(text, file);
    unread.push(...read.unread.map(({ line, column, problem: why }) => `${file}:${line}${column === undefined ? '' : `:${column}`}: ${why}`));
    return read.documents;
  });
  if (documents.length === 0) {
    throw new CommandError([...unread, ...unread.length === 0 ? [`${source}: holds no Kubernetes object, so there is nothing to draw`] : []].join('\n'), MISTAKE);
  }
  const graph = new Graph(documents, {
    namespace,
    closed,
    implementation: implementation === undefined ? undefined : GatewayImplementation.fromGatewayClassName(implementation),
  });
  const { findings, failures } = checkGraph(graph);
  const drawn = drawGraph(graph, findings, format, source);
  if (output === undefined) terminal.out(drawn);
  else write(output, drawn, terminal);
  const failed = failures.map(({ code, error }) => `${code} failed, and was left out: ${error instanceof Error ? error.message : String(error)}`);
  if (unread.length + failed.length > 0) throw new CommandError([...unread, ...failed].join('\n'), MISTAKE);
}

function formatOf({ format, output }: GraphCommandOptions): PictureFormat {
  if (format === undefined) return EXTENSIONS[extname(output ?? '').toLowerCase()] ?? 'html';
  const found = PICTURE_FORMATS.find((known) => known === format);
  if (found === undefined) throw new CommandError(`--format ${format}: is none of ${PICTURE_FORMATS.join(', ')}`, USAGE);
  return found;
}

function write(file: string, text: string, terminal: Terminal): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`--output ${file}: cannot be written: ${(error as Error).message}`, MISTAKE);
  }
  terminal.err(`wrote ${file}\n`);
}
