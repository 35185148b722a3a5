import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/main';

/** What a call of the command line answered. */
export interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `inference-gateway` in a folder that holds `models.yaml`, which is its standard input too. */
export function runCommand(args: readonly string[], models: string | undefined): Answer {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const home = process.cwd();
  const { isTTY } = process.stdout;
  let [out, err] = ['', ''];
  try {
    if (models !== undefined) writeFileSync(join(folder, 'models.yaml'), models);
    process.chdir(folder);
    // The help is as wide as the terminal otherwise.
    process.stdout.isTTY = false;
    const status = run([...args], {
      in: () => Buffer.from(models ?? ''),
      out: (text) => { out += text; },
      err: (text) => { err += text; },
    });
    return { status, out, err };
  } finally {
    process.stdout.isTTY = isTTY;
    process.chdir(home);
    rmSync(folder, { recursive: true });
  }
}
