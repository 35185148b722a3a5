import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Compares objects with the program that comes with the goldens; it matches them by kind, namespace and name. */
export class ObjectComparer {
  private readonly scratch = mkdtempSync(join(tmpdir(), 'parity-'));
  private readonly program: string;

  public constructor(goldensDirectory: string) {
    this.program = join(goldensDirectory, '..', 'tools', 'parity.mjs');
  }

  /** One line for each difference. */
  public compare(name: string, expected: readonly unknown[], actual: readonly unknown[]): string[] {
    const file = (kind: string, objects: unknown) => {
      const path = join(this.scratch, `${name}.${kind}.json`);
      writeFileSync(path, JSON.stringify(objects));
      return path;
    };
    const files = [file('expected', expected), file('actual', { kind: 'List', items: actual })];
    const run = spawnSync(process.execPath, [this.program, ...files, '--json'], { encoding: 'utf8' });
    if (!run.stdout) throw new Error(run.stderr);
    return JSON.parse(run.stdout).differences;
  }

  public close(): void {
    rmSync(this.scratch, { recursive: true });
  }
}

/** Warnings of what is compared are not what is looked at. */
export function silently<T>(run: () => T): T {
  const write = process.stderr.write;
  process.stderr.write = () => true;
  try {
    return run();
  } finally {
    process.stderr.write = write;
  }
}
