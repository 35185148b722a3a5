import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What differs between the files of two folders, byte for byte, as lines to print; none when they are equal. */
export function compareFolders(expected: string, actual: string): string[] {
  const names = new Set([...filesIn(expected), ...filesIn(actual)]);
  return [...names].sort().flatMap((name) => compareFiles(name, read(join(expected, name)), read(join(actual, name))));
}

export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile()).sort();
}

function read(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}

function compareFiles(name: string, expected: Buffer | undefined, actual: Buffer | undefined): string[] {
  if (!expected) return [`${name}: is new`];
  if (!actual) return [`${name}: is missing`];
  if (expected.equals(actual)) return [];
  return lineDiff(name, expected.toString('utf8').split('\n'), actual.toString('utf8').split('\n'));
}

const MOST_LINES = 12;

/** The lines between the first and the last difference. */
function lineDiff(name: string, expected: readonly string[], actual: readonly string[]): string[] {
  const shorter = Math.min(expected.length, actual.length);
  let start = 0;
  while (start < shorter && expected[start] === actual[start]) start++;
  let end = 0;
  while (end < shorter - start && expected.at(-1 - end) === actual.at(-1 - end)) end++;
  return [`${name}: line ${start + 1}`, ...marked('-', expected, start, end), ...marked('+', actual, start, end)];
}

function marked(mark: string, lines: readonly string[], start: number, end: number): string[] {
  const changed = lines.slice(start, lines.length - end);
  const shown = changed.slice(0, MOST_LINES).map((line) => `${mark} ${line}`);
  return changed.length > MOST_LINES ? [...shown, `${mark} … ${changed.length - MOST_LINES} more lines`] : shown;
}
