import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { transformSync } from 'esbuild';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { lazyIndex } from '../scripts/lazy-index';

const ROOT = join(__dirname, '..');
const SRC = join(ROOT, 'src');

/** Each needs time to load, and is needed by what few apps do. */
const HEAVY = [
  'cli', 'crds/load-crds', 'graph/check', 'graph/picture', 'graph/rules', 'graph/schemas', 'graph/synth', 'graph/views', 'plugin',
  'provider/dynamo', 'provider/kaito', 'provider/kuberay', 'provider/llmd', 'provider/vllm',
  'higress/releases/head-2026-08', 'higress/releases/reference', 'higress/releases/v2-2-3',
];

let folder: string;
let index: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
  index = join(folder, 'src', 'index.js');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const name of readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))) {
    const { code } = transformSync(readFileSync(join(SRC, name), 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20' });
    write(join('src', name.replace(/\.ts$/, '.js')), code);
  }
  write(join('src', 'index.js'), lazyIndex(compiledIndex()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** The entry point as the compiler writes it, but for types, which it leaves out when it knows that they are. */
function compiledIndex(): string {
  return transpileModule(readFileSync(join(SRC, 'index.ts'), 'utf8'), {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  }).outputText;
}

function run(...args: string[]): any {
  return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, INDEX: index } }));
}

/** What a script loads that cdk8s has not loaded: modules of the library by their path without ending, others by the name of their package. */
function loadedBy(script: string): string[] {
  const files: string[] = run('-e', `
    require('cdk8s');
    const before = new Set(Object.keys(require.cache));
    const library = require(process.env.INDEX);
    ${script};
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));
  `);
  return [...new Set(files.map((file) => {
    const own = relative(join(folder, 'src'), file);
    if (!own.startsWith('..')) return own.replace(/\.js$/, '').split(sep).join('/');
    return file.split(`${sep}node_modules${sep}`).at(-1)!.split(sep).slice(0, 2).join('/');
  }))];
}

describe('the import of the library', () => {
  test('loads what every app needs, and no more', () => {
    const loaded = loadedBy('');
    expect(loaded).toEqual(expect.arrayContaining(['index', 'graph/register', 'core/synth-check']));
    expect(loaded.filter((name) => name !== 'index' && name !== 'graph/register' && !name.startsWith('core/'))).toEqual([]);
  });

  test('loads a folder when one of its classes is asked for', () => {
    const loaded = loadedBy('if (library.InferenceGateway.name !== "InferenceGateway") throw new Error("not the class")');
    expect(loaded).toContain('gateway/inference-gateway');
    expect(loaded.filter((name) => /^(gitops|higress|manifests|model|pool|provider)\//.test(name))).toEqual([]);
  });

  test('loads no package and nothing heavy, even when every class is asked for', () => {
    const loaded = loadedBy('Object.values(library)');
    expect(loaded).toEqual(expect.arrayContaining(['gitops/fleet', 'higress/higress-plugins', 'model/model-deployment', 'pool/model-pool']));
    expect(loaded.filter((name) => !['core', 'crds', 'gateway', 'gitops', 'graph', 'higress', 'index', 'manifests', 'model', 'plan', 'policy', 'pool',
      'provider', 'routing', 'versions'].includes(name.split('/')[0]))).toEqual([]);
    expect(loaded.filter((name) => HEAVY.some((heavy) => name === heavy || name.startsWith(`${heavy}/`)))).toEqual([]);
  });

  test('names the same as before it was lazy, in CommonJS and in ES modules', () => {
    write('eager.js', compiledIndex().replaceAll('require("./', 'require("./src/'));
    const eager: string[] = run('-p', 'JSON.stringify(Object.keys(require("./eager.js")))');
    expect(eager).toContain('ModelDeployment');
    expect(run('-p', 'JSON.stringify(Object.keys(require(process.env.INDEX)))')).toEqual(eager);
    write('names.mjs', 'import * as library from "./src/index.js";\nconsole.log(JSON.stringify(Object.keys(library)));\n');
    expect(run('names.mjs')).toEqual(expect.arrayContaining(eager));
    write('named.mjs', 'import { InferenceGateway } from "./src/index.js";\nconsole.log(JSON.stringify(InferenceGateway.name));\n');
    expect(run('named.mjs')).toBe('InferenceGateway');
  });
});

test('fails when the compiler loads a folder in a way that is not known', () => {
  expect(() => lazyIndex('"use strict";\nvar core_1 = __importStar(require("./core"));\n')).toThrow('var core_1 = __importStar(require("./core"));');
});
