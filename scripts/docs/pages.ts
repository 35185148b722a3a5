import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Page, parsePage } from './markdown';

export const ROOT = join(__dirname, '..', '..');

const AT_ROOT = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

/** Every page that people write; the generated ones too. */
export function readPages(): Page[] {
  const docs = ['docs', 'docs/rules'].flatMap((folder) => (
    readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md')).sort().map((name) => `${folder}/${name}`)));
  return [...AT_ROOT, ...docs].map((path) => parsePage(path, readFileSync(join(ROOT, path), 'utf8')));
}
