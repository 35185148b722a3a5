import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { GatewayImplementation } from '../gateway';
import { checkGraph, drawGraph, Graph, onOneLine, PICTURE_FORMATS, PictureFormat, UnreadDocument } from '../graph';
import { CommandError, MISTAKE, USAGE } from './command-error';
import type { Terminal } from './main';
import { readInput } from './read-input';

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
  const { documents, unread } = readInput([path], terminal);
  const told = unread.map(toldOf);
  if (documents.length === 0) {
    throw new CommandError(told.length > 0 ? told.join('\n') : `${source}: holds no Kubernetes object, so there is nothing to draw`, MISTAKE);
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
  if (told.length + failed.length > 0) throw new CommandError([...told, ...failed].join('\n'), MISTAKE);
}

function toldOf({ file, line, column, problem, fix }: UnreadDocument): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return onOneLine(`${place}: ${problem}${fix ? `; ${fix}` : ''}`);
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
