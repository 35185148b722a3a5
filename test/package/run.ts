/*
 * Packs the library, installs it in a fresh TypeScript app and in a fresh Python app as its users would, and compares what they
 * synthesize with the snapshot of the quickstart byte for byte.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareFolders } from '../../scripts/examples/compare-folders';
import { runProcess, stopProcesses } from '../../scripts/examples/run-process';

const ROOT = join(__dirname, '..', '..');
const QUICKSTART = join(ROOT, 'examples', 'quickstart');
const PACKAGE = require(join(ROOT, 'package.json'));
/** The oldest versions that the peer dependencies allow, which are the ones that the snapshot was made with. */
const PEERS: readonly { name: string; version: string }[] = Object.keys(PACKAGE.peerDependencies)
  .map((name) => ({ name, version: PACKAGE.devDependencies[name] }));
const ENV = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: 'true', PIP_DISABLE_PIP_VERSION_CHECK: '1' };

let passed = 0;
let failed = 0;

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  try {
    const result = await work();
    console.log(`ok   ${name} (${seconds()} s)`);
    passed++;
    return result;
  } catch (error) {
    console.log([`FAIL ${name} (${seconds()} s)`, ...(error as Error).message.split('\n').map((line) => `     ${line}`)].join('\n'));
    failed++;
    throw new StepFailed();
  }
}

/** It is reported already; what stands on it is left out. */
class StepFailed extends Error {}

/** Waits for all of them, also when one fails. */
async function together<T extends unknown[]>(...work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work);
  return Promise.all(work) as Promise<T>;
}

function tool(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name);
}

function run(command: string, args: readonly string[], cwd: string) {
  return runProcess(command, args, { cwd, env: ENV });
}

/** The one file with such an ending in a folder. */
function onlyFile(folder: string, ending: string): string {
  const found = readdirSync(folder).filter((name) => name.endsWith(ending));
  if (found.length !== 1) throw new Error(`${folder} has ${found.length} files *${ending}, and one was expected`);
  return join(folder, found[0]);
}

async function synthesizes(app: string): Promise<void> {
  await run(tool('cdk8s'), ['synth', '--check-upgrade=false'], app);
  const differences = compareFolders(join(QUICKSTART, 'snapshot'), join(app, 'dist'));
  if (differences.length > 0) throw new Error(['differs from examples/quickstart/snapshot', ...differences].join('\n'));
}

async function typescript(temp: string): Promise<void> {
  const app = join(temp, 'typescript');
  mkdirSync(app);
  const tarball = await step('TypeScript: pack', async () => {
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', temp], ROOT);
    return onlyFile(temp, '.tgz');
  });
  await step('TypeScript: install the tarball', async () => {
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'quickstart', private: true }));
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: TSCONFIG, include: ['main.ts'] }));
    writeFileSync(join(app, 'cdk8s.yaml'), 'language: typescript\napp: node main.js\n');
    copyFileSync(join(QUICKSTART, 'main.ts'), join(app, 'main.ts'));
    const peers = PEERS.map(({ name, version }) => `${name}@${version}`);
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', tarball, ...peers], app);
  });
  await step('TypeScript: the import loads no construct', () => run(process.execPath, ['-e', NO_CONSTRUCTS], app));
  await step('TypeScript: type-check and compile the quickstart', () => run(tool('tsc'), ['-p', '.'], app));
  await step('TypeScript: cdk8s synth gives the snapshot', () => synthesizes(app));
}

/** The folders of the library are loaded when they are used, which `npm run compile` sees to after the compiler. */
const NO_CONSTRUCTS = `require(${JSON.stringify(PACKAGE.name)});
const { sep } = require('node:path');
const loaded = Object.keys(require.cache).filter((file) => file.includes(['', 'lib', 'src', 'gateway', ''].join(sep)));
if (loaded.length > 0) throw new Error('loaded by the import: ' + loaded.join(', '));`;

/** With every declaration of the library and of its peers checked, and none of this repository's types in reach. */
const TSCONFIG = { target: 'es2022', module: 'node16', strict: true, noEmitOnError: true, skipLibCheck: false, types: [] };

async function python(temp: string): Promise<void> {
  const app = join(temp, 'python');
  const interpreter = join(app, 'venv', 'bin', 'python');
  mkdirSync(app);
  const pip = (...packages: string[]) => run(interpreter, ['-m', 'pip', 'install', '--quiet', ...packages], app);
  const [wheel] = await together(
    step('Python: build the wheel', async () => {
      await run(tool('jsii-pacmak'), ['--target', 'python', '--outdir', join(temp, 'wheel')], ROOT);
      return onlyFile(join(temp, 'wheel', 'python'), '.whl');
    }),
    step('Python: make an environment with the peers', async () => {
      await run('python3', ['-m', 'venv', 'venv'], app);
      await pip(...PEERS.map(({ name, version }) => `${name}==${version}`));
    }),
  );
  await step('Python: install the wheel', async () => {
    writeFileSync(join(app, 'cdk8s.yaml'), `language: python\napp: ${interpreter} main.py\n`);
    copyFileSync(join(__dirname, 'quickstart.py'), join(app, 'main.py'));
    await pip(wheel);
  });
  await step('Python: cdk8s synth gives the snapshot', () => synthesizes(app));
}

function hasPython(): Promise<boolean> {
  return runProcess('python3', ['--version']).then(() => true, () => false);
}

async function main(): Promise<void> {
  const temp = mkdtempSync(join(tmpdir(), 'cdk8s-inference-gateway-'));
  process.on('exit', () => rmSync(temp, { recursive: true, force: true }));
  // Interrupted, the steps fail, and the folder is removed when nothing writes to it any more.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stopProcesses);

  await step('compile', () => run('npx', ['projen', 'compile'], ROOT));
  const pythonIsThere = await hasPython();
  const apps = [typescript(temp)];
  if (pythonIsThere) {
    apps.push(python(temp));
  } else if (process.env.CI) {
    apps.push(step('Python', async () => Promise.reject(new Error('python3 is not installed, and CI tests Python too'))));
  } else {
    console.log('skip Python: python3 is not installed');
  }
  await together(...apps);
}

main().catch((error: Error) => {
  if (error instanceof StepFailed) return;
  console.error(error.message);
  failed++;
}).finally(() => {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
