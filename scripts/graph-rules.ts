/*
 * Writes src/graph/rules/index.ts: one line for each file of a rule.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesIndex } from './docs/graph-rules';

const folder = join(__dirname, '..', 'src', 'graph', 'rules');
const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name }) => (
  readdirSync(join(folder, name)).filter((file) => file.endsWith('.ts')).map((file) => `${name}/${file}`)));

try {
  const text = rulesIndex(files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })));
  const index = join(folder, 'index.ts');
  if (text !== readFileSync(index, { encoding: 'utf8', flag: 'a+' })) {
    writeFileSync(index, text);
    console.log('src/graph/rules/index.ts written');
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
