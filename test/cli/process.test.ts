import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayManifest, modelDeployment } from '../manifests/manifests';
import { runWith } from './terminal';

const ROOT = join(__dirname, '..', '..');
const SOURCE = ['--import', 'tsx', join('test', 'cli', 'start.ts')];
const input = [gatewayManifest(), modelDeployment()].map((object) => JSON.stringify(object)).join('\n---\n');

function start(args: string[], stdin: string): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, input: stdin, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

test('a process prints what `run` does', () => {
  expect(start([...SOURCE, 'expand', '-', '--no-istio'], input)).toEqual(runWith(input, 'expand', '-', '--no-istio'));
});

test('a process prints warnings once, and ends with 0', () => {
  const text = JSON.stringify(modelDeployment());
  expect(start([...SOURCE, 'expand', '-'], text)).toEqual(runWith(text, 'expand', '-'));
});

test('fails with 1 for a mistake in the input and with 2 for one in the call', () => {
  expect(start([...SOURCE, 'expand', '-'], 'x: [')).toEqual({ status: 1, out: '', err: expect.stringContaining('IGW601 standard input:1: is not YAML') });
  expect(start([...SOURCE, 'expand'], '')).toEqual({ status: 2, out: '', err: expect.stringContaining("missing required argument 'path'") });
});

test('a process whose reader stops early ends without a stack trace', () => {
  const command = `"${process.execPath}" ${SOURCE.join(' ')} expand - | head -c 10`;
  // More than a pipe holds.
  const models = Array.from({ length: 60 }, (_, index) => JSON.stringify(modelDeployment(`m-${index}`, 'x', { gateway: { enabled: false } })));
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, input: models.join('\n---\n'), encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'apiVersion', stderr: '' });
});

const BUILT = join(ROOT, 'lib', 'src', 'cli', 'main.js');
const isBuilt = existsSync(BUILT) && statSync(BUILT).mtimeMs > statSync(join(ROOT, 'src', 'cli', 'main.ts')).mtimeMs;
if (!isBuilt) console.info('lib/ is not compiled, or older than src/: bin/inference-gateway is not run');

(isBuilt ? test : test.skip)('bin/inference-gateway prints its version', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(start([join('bin', 'inference-gateway'), '--version'], '')).toEqual({ status: 0, out: `${version}\n`, err: '' });
});
