import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { CodeBlock, Page } from './markdown';
import { ROOT } from './pages';

/*
 * A ```ts block of a page that imports something is a program of its own. Every other block is a part of one: it starts after the
 * block of docs/README.md that is marked `preamble`, with every public name of the library and of cdk8s imported.
 */

/** A block as a whole program. */
export interface Snippet {
  readonly page: string;
  readonly block: CodeBlock;
  /** Lines of the program before the block's first line. */
  readonly head: readonly string[];
  readonly program: string;
}

/** Called by a program when its own lines begin; only there when it runs. */
export const BEGIN = '__begin';

export function snippetsOf(pages: readonly Page[], begin = ''): Snippet[] {
  const preamble = pages.flatMap(({ blocks }) => blocks).find(({ flags }) => flags.includes('preamble'))?.text ?? '';
  return pages.flatMap(({ path, blocks }) => blocks.filter(({ language }) => language === 'ts').map((block) => {
    if (/^import /m.test(block.text)) return { page: path, block, head: [], program: block.text };
    const head = [`import { ${publicNames().join(', ')} } from 'cdk8s-inference-gateway';`, CDK8S, ...bodyOf(preamble, block).split('\n'), `${begin}{`];
    return { page: path, block, head, program: [...head, block.text, '}', 'export {};', ''].join('\n') };
  }));
}

const CDK8S = "import { ApiObject, App, Chart, Duration, JsonPatch, Size, Yaml } from 'cdk8s';";

/** The preamble is a part of a program too. */
function bodyOf(preamble: string, block: CodeBlock): string {
  return block.flags.includes('preamble') ? '' : preamble;
}

let names: readonly string[] | undefined;

/** Every name that src/index.ts exports. */
export function publicNames(): readonly string[] {
  const index = () => readFileSync(join(ROOT, 'src', 'index.ts'), 'utf8');
  names ??= [...index().matchAll(/export \{([^}]*)\}/g)].flatMap(([, list]) => list.split(',').map((name) => name.trim()).filter(Boolean));
  return names;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  lib: ['lib.es2022.d.ts'],
  types: ['node'],
  strict: true,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  paths: { 'cdk8s-inference-gateway': [join(ROOT, 'src', 'index.ts')] },
};

/** The type errors of all snippets as `file:line: message`, found in one go. */
export function typeErrors(snippets: readonly Snippet[]): string[] {
  const files = new Map(snippets.map((snippet) => [join(ROOT, 'docs', `${snippet.page.replace(/\W/g, '-')}-${snippet.block.line}.ts`), snippet]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name)?.program ?? readFile(name);
  host.getSourceFile = (name, options, ...rest) => {
    const snippet = files.get(name);
    return snippet ? ts.createSourceFile(name, snippet.program, options) : getSourceFile(name, options, ...rest);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files].flatMap(([name, snippet]) => {
    const file = program.getSourceFile(name)!;
    const problems = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return problems.map(({ start, messageText }) => {
      const line = file.getLineAndCharacterOfPosition(start ?? 0).line - snippet.head.length + snippet.block.line;
      return `${snippet.page}:${Math.max(line, 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
