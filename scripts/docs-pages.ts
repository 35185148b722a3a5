/*
 * Writes docs/rules.md, the pages of differences and the pictures, runs the snippets of every page and fills in what they give.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differencesPage } from './docs/differences-page';
import { higressDifferencesPage } from './docs/higress-differences-page';
import { fillInAll } from './docs/outputs';
import { readPages, ROOT } from './docs/pages';
import { pictures } from './docs/pictures';
import { rulesPage } from './docs/rules-page';

function write(path: string, text: string): void {
  const file = join(ROOT, path);
  if (readOr(file, '') === text) return;
  writeFileSync(file, text);
  console.log(`${path} written`);
}

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}

try {
  write('docs/rules.md', rulesPage());
  write('docs/differences.md', differencesPage());
  write('docs/higress-differences.md', higressDifferencesPage());
  for (const [path, text] of pictures()) write(path, text);
  for (const [path, text] of fillInAll(readPages())) write(path, text);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
