/*
 * Synthesizes every example through `cdk8s synth`, as its users would, and compares what comes out with its snapshot byte for byte.
 * `--update` writes the snapshots instead.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { compareFolders, filesIn } from './examples/compare-folders';
import { runProcess } from './examples/run-process';

const ROOT = join(__dirname, '..');
const EXAMPLES = join(ROOT, 'examples');
const CDK8S = join(ROOT, 'node_modules', '.bin', 'cdk8s');
const TSC = join(ROOT, 'node_modules', '.bin', 'tsc');

interface Result {
  readonly problems: readonly string[];
  /** Shown whether it passes or not. */
  readonly notes?: readonly string[];
}

interface Check {
  readonly name: string;
  readonly run: () => Promise<Result>;
}

async function main(args: readonly string[]): Promise<void> {
  const unknown = args.filter((arg) => arg !== '--update');
  if (unknown.length > 0) throw new Error(`${unknown.join(' ')} is not known; allowed: --update`);
  const update = args.includes('--update');

  const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'cdk8s.yaml'))).sort();
  const checks: Check[] = [
    { name: 'types', run: checkTypes },
    ...names.map((name) => ({ name, run: () => checkExample(join(EXAMPLES, name), update) })),
  ];
  let failed = 0;
  const waiting = [...checks];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!await report(check)) failed++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function report({ name, run }: Check): Promise<boolean> {
  const start = performance.now();
  const { problems, notes = [] } = await run().catch((error: Error): Result => ({ problems: error.message.split('\n') }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const lines = [`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`, ...[...notes, ...problems].map((line) => `     ${line}`)];
  console.log(lines.join('\n'));
  return problems.length === 0;
}

async function checkTypes(): Promise<Result> {
  await runProcess(TSC, ['-p', EXAMPLES]);
  return { problems: [] };
}

async function checkExample(folder: string, update: boolean): Promise<Result> {
  const dist = join(folder, 'dist');
  const snapshot = join(folder, 'snapshot');
  rmSync(dist, { recursive: true, force: true });
  const { stderr } = await runProcess(CDK8S, ['synth', '--check-upgrade=false'], { cwd: folder });
  const messages = stderr.split('\n').filter((line) => line.trim() !== '');
  const unexplained = unexplainedWarnings(messages, readFileSync(join(folder, 'main.ts'), 'utf8'));
  if (filesIn(dist).length === 0) return { problems: ['wrote no file'], notes: messages };

  const differences = compareFolders(snapshot, dist);
  if (update && differences.length > 0) {
    rmSync(snapshot, { recursive: true, force: true });
    cpSync(dist, snapshot, { recursive: true });
    return { problems: unexplained, notes: [...messages, ...differences, 'snapshot updated'] };
  }
  const hint = differences.length > 0 ? ['if that is meant: npm run examples -- --update'] : [];
  return { problems: [...unexplained, ...differences, ...hint], notes: messages };
}

/** An example teaches: a warning of the library in it is either explained by a comment that names its code, or a mistake. */
function unexplainedWarnings(messages: readonly string[], source: string): string[] {
  const codes = messages.filter((line) => line.startsWith('warning ')).map((line) => /\bIGW\d+\b/.exec(line)?.[0] ?? line);
  return [...new Set(codes)].filter((code) => !source.includes(code)).map((code) => `main.ts does not explain the warning ${code}`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
