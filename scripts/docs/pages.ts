import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Page, parsePage } from './markdown';

export const ROOT = join(__dirname, '..', '..');

const AT_ROOT = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

/** Every page that people write; the generated ones too. */
export function readPages(): Page[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).sort().map((name) => `docs/${name}`);
  return [...AT_ROOT, ...docs].map((path) => parsePage(path, readFileSync(join(ROOT, path), 'utf8')));
}
