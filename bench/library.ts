import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';

const ROOT = join(__dirname, '..');

/** The compiled library: `lib/`, as `npm run compile` left it and as users run it, or the one that BENCH_LIB names. */
export function compiledLibrary(): string {
  if (process.env.BENCH_LIB) return process.env.BENCH_LIB;
  const compiled = join(ROOT, 'lib', 'src');
  const newest = newestOf(join(ROOT, 'src'), '.ts');
  if (newestOf(compiled, '.js') < newest) throw new Error('lib/ is older than src/: run `npm run compile` first');
  return join(compiled, 'index.js');
}

/** The programs that are measured, as JavaScript in a folder where `require` finds what this project has installed. */
export function compilePrograms(folder: string): void {
  const source = join(__dirname, 'programs');
  for (const name of readdirSync(source).filter((file) => file.endsWith('.ts'))) {
    const { code } = transformSync(readFileSync(join(source, name), 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20' });
    const target = join(folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

/** A small app that can be synthesized through the cdk8s command. */
export function writeApp(folder: string, source: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node main.js\n');
  writeFileSync(join(folder, 'main.js'), source);
}

function newestOf(folder: string, extension: string): number {
  return Math.max(0, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(extension))
    .map((name) => statSync(join(folder, name)).mtimeMs));
}
