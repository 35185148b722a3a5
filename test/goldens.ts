import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Defines tests over observed objects, which are not part of this repository; without them one skipped test says so. */
export function withGoldens(title: string, define: (folder: string) => void): void {
  const folder = process.env.GOLDENS_DIR;
  if (folder) {
    define(folder);
    return;
  }
  console.info(`GOLDENS_DIR is not set: nothing to compare with, so "${title}" is skipped`);
  test.skip(title, () => undefined);
}

export interface Golden {
  readonly scenario: string;
  readonly input: any[];
  readonly expected: any[];
  /** What the admission webhook answered when it refused a document of the input. */
  readonly rejected?: unknown;
}

/** The observed scenarios of AI Runway by their names. */
export function readScenarios(folder: string, names: RegExp = /./): Golden[] {
  const directory = join(folder, 'airunway');
  return readdirSync(directory).filter((file) => file.endsWith('.json') && names.test(file)).map((file) => {
    const { scenario, input, expected, rejected } = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    return { scenario, input: [input].flat().filter(Boolean), expected: expected ?? [], rejected };
  });
}
