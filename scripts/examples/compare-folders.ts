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
  const changes = lineDiff(expected.toString('utf8').split('\n'), actual.toString('utf8').split('\n'));
  const shown = changes.slice(0, MOST_LINES);
  const rest = changes.length - shown.length;
  return [`${name}: differs`, ...shown, ...(rest > 0 ? [`… and ${rest} more lines`] : [])];
}

const MOST_LINES = 20;

/** The removed and added lines, each with its number in its own file. */
function lineDiff(expected: readonly string[], actual: readonly string[]): string[] {
  const common = commonLengths(expected, actual);
  const changes: string[] = [];
  let [left, right] = [0, 0];
  while (left < expected.length || right < actual.length) {
    if (left < expected.length && right < actual.length && expected[left] === actual[right]) {
      left++;
      right++;
    } else if (right === actual.length || (left < expected.length && common[left + 1][right] >= common[left][right + 1])) {
      changes.push(`- ${left + 1}: ${expected[left++]}`);
    } else {
      changes.push(`+ ${right + 1}: ${actual[right++]}`);
    }
  }
  return changes;
}

/** How many lines the rest of one file has in common with the rest of the other, for each pair of places to start at. */
function commonLengths(expected: readonly string[], actual: readonly string[]): number[][] {
  const lengths = Array.from({ length: expected.length + 1 }, () => new Array<number>(actual.length + 1).fill(0));
  for (let left = expected.length - 1; left >= 0; left--) {
    for (let right = actual.length - 1; right >= 0; right--) {
      lengths[left][right] = expected[left] === actual[right]
        ? lengths[left + 1][right + 1] + 1
        : Math.max(lengths[left + 1][right], lengths[left][right + 1]);
    }
  }
  return lengths;
}
