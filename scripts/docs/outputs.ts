import { Yaml } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { CodeBlock, fenced, fillIn, Output, Page, table } from './markdown';
import { runCommand } from './run-command';
import { Run, runSnippet } from './run-snippet';
import { BEGIN, Snippet, snippetsOf } from './snippets';
import { TABLES } from './tables';

/*
 * What can be asked for in `<!-- output: … -->`. All but `table` are about the block before it.
 *
 *   objects                  a table of the objects a snippet makes
 *   yaml KIND/NAME [PATH]    one of them, or a part of it
 *   error                    the message it fails with
 *   warnings                 what it writes to standard error
 *   expand [FLAGS]           what `inference-gateway expand` answers to a block of YAML
 *   expand-objects [FLAGS]   a table of the objects it prints
 *   lint [FLAGS]             what `inference-gateway lint` answers to a block of YAML
 *   table NAME               a table made of the library's own data
 */

/** Fills in every output of the pages, and runs every snippet that is not marked `no-run` on the way. */
export function fillInAll(pages: readonly Page[]): Map<string, string> {
  const runs = new Map<CodeBlock, Run>();
  const failures: string[] = [];
  for (const snippet of snippetsOf(pages, `${BEGIN}();`)) {
    if (snippet.block.flags.includes('no-run')) continue;
    const run = runSnippet(snippet);
    runs.set(snippet.block, run);
    if (run.error !== undefined && !mayFail(pages, snippet)) failures.push(`${snippet.page}:${snippet.block.line}: ${run.error}`);
  }
  const filled = pages.filter(({ outputs }) => outputs.length > 0).map((page): [string, string] => [page.path, fillIn(page, (output) => {
    try {
      return outputOf(output, runs);
    } catch (error) {
      failures.push(`${page.path}:${output.start + 1}: ${(error as Error).message}`);
      return '';
    }
  })]);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return new Map(filled);
}

function mayFail(pages: readonly Page[], { block }: Snippet): boolean {
  return pages.some(({ outputs }) => outputs.some((output) => output.block === block && output.request === 'error'));
}

function outputOf({ request, block }: Output, runs: ReadonlyMap<CodeBlock, Run>): string {
  const [verb, ...words] = request.split(' ');
  const run = block && runs.get(block);
  switch (verb) {
    case 'table': return tableOf(words[0]);
    case 'expand': return answerTo(['expand', ...words], block);
    case 'lint': return answerTo(['lint', ...words], block);
    case 'expand-objects': return expandObjects(words, block);
    case 'objects': return objectsTable(ran(run).objects);
    case 'yaml': return fenced('yaml', excerpt(ran(run).objects, words[0], words[1]));
    case 'warnings': return fenced('text', some(ran(run).warnings, 'warns of nothing').join('\n'));
    case 'error': return fenced('text', some(ran(run).error, 'does not fail'));
    default: throw new Error(`the output ${verb} is not known`);
  }
}

function ran(run: Run | undefined): Run {
  return some(run, 'is not a snippet that runs');
}

function some<T>(value: T | undefined, problem: string): T {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) throw new Error(`the block before it ${problem}`);
  return value;
}

function tableOf(name: string): string {
  if (!Object.hasOwn(TABLES, name)) throw new Error(`the table ${name} is not known`);
  return TABLES[name]();
}

function objectsTable(objects: readonly any[]): string {
  return table(['kind', 'namespace', 'name'], objects.map(({ kind, metadata }) => [kind, metadata.namespace ?? '', metadata.name]));
}

function excerpt(objects: readonly any[], wanted: string, path: string | undefined): string {
  const [kind, name] = wanted.split('/');
  const object = objects.find((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  if (!object) throw new Error(`there is no ${wanted}`);
  return Yaml.stringify(path === undefined ? object : part(object, path.split('.')));
}

/** The value at a path, with the keys that lead to it. */
function part(value: any, [key, ...rest]: readonly string[]): any {
  if (key === undefined) return value;
  if (value?.[key] === undefined) throw new Error(`there is no ${key}`);
  const inner = part(value[key], rest);
  return Array.isArray(value) ? [inner] : { [key]: inner };
}

function answerTo(args: readonly string[], block: CodeBlock | undefined): string {
  const { out, err } = runCommand(args, modelsOf(block));
  return fenced('text', err + out);
}

function expandObjects(flags: readonly string[], block: CodeBlock | undefined): string {
  const { status, out, err } = runCommand(['expand', ...flags], modelsOf(block));
  if (status !== 0) throw new Error(err);
  return objectsTable(parseAllDocuments(out).map((document) => document.toJS()));
}

function modelsOf(block: CodeBlock | undefined): string | undefined {
  return block?.language === 'yaml' ? block.text : undefined;
}
