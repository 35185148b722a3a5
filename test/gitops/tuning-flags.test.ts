import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { TUNING_FLAGS, withoutTuning } from '../../src/gitops/synth/tuning-flags';

test.each([
  [['--max-num-seqs', '17'], ['--max-num-seqs', '99']],
  [['--max-model-len=8192', '--trust-remote-code'], ['--max-model-len=4096', '--trust-remote-code']],
  [['--gpu-memory-utilization', '0.9'], ['--gpu-memory-utilization', '0.95']],
])('%j and %j tune, in YAML and in JSON', (one, other) => {
  for (const write of [stringify, JSON.stringify]) expect(withoutTuning(write(one))).toBe(withoutTuning(write(other)));
});

test.each([
  [['--port', '8000'], ['--port', '8001']],
  [['--max-num-seqs=17'], ['--max-num-seqs', '17']],
  [['--max-num-seqs', '17'], ['--max-num-seqs', '17b']],
  [['--max-num-seqs', '17'], ['--max-num-seqs', '17', '18']],
  [['--max-num-seqs-of=17'], ['--max-num-seqs-of=18']],
  [['--max-num-seqs', '$(A)'], ['--max-num-seqs', '$(B)']],
])('%j and %j are not the same', (one, other) => {
  for (const write of [stringify, JSON.stringify]) expect(withoutTuning(write(one))).not.toBe(withoutTuning(write(other)));
});

test('no rule reads what tunes a model server', () => {
  const folder = join(__dirname, '..', '..', 'src', 'graph');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  expect(sources).toContain("'served-model-name'");
  expect(TUNING_FLAGS.filter((flag) => new RegExp(`['"\`-]${flag}['"\`=]`).test(sources))).toEqual([]);
});
