/*
 * Runs the rules of the graph over the manifests of the conformance suites (CONFORMANCE_DIR): an error for each object that a suite expects to
 * be refused and that the manifests decide, none for all others. Prints recall and precision; exits 1 below 100 %, and when docs/conformance.md
 * is not what it would write.
 *
 * npm run lint:conformance -- [--update] [--verbose]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformancePage } from './conformance/conformance-page';
import { GATEWAY_API, INFERENCE_EXTENSION } from './conformance/expectations';
import { runSuite } from './conformance/run-suite';

const folder = process.env.CONFORMANCE_DIR;
if (!folder || !existsSync(folder)) {
  console.error('CONFORMANCE_DIR names no folder with gateway-api/ and gaie/: there is nothing to compare with');
  process.exit(1);
}
const [update, verbose] = ['--update', '--verbose'].map((word) => process.argv.includes(word));
const results = [GATEWAY_API, INFERENCE_EXTENSION].map((suite) => runSuite(suite, folder));

for (const { suite, files, objects, refused, found, missed, wrong, broken } of results) {
  const reported = found.length + wrong.length;
  console.log(`${suite.title}: ${files} tests, ${objects} objects, ${refused} to be refused`);
  console.log(`  recall ${percent(found.length, refused)} (${found.length} of ${refused}), precision ${percent(found.length, reported)} (${wrong.length} false errors)`);
  if (verbose) found.forEach(({ test, object, condition, codes }) => console.log(`  found   ${test}: ${object} (${condition}) ${codes.join(' ')}`));
  missed.forEach((line) => console.log(`  MISSED  ${line}`));
  wrong.forEach((line) => console.log(`  WRONG   ${line}`));
  broken.forEach((line) => console.log(`  BROKEN  ${line}`));
  if (missed.length + wrong.length + broken.length > 0) process.exitCode = 1;
}

const page = join(__dirname, '..', 'docs', 'conformance.md');
const text = conformancePage(results);
if (text !== (existsSync(page) ? readFileSync(page, 'utf8') : '')) {
  if (update) {
    writeFileSync(page, text);
    console.log('docs/conformance.md written');
  } else {
    console.log('docs/conformance.md is not current: run `npm run lint:conformance -- --update`');
    process.exitCode = 1;
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${(100 * part / whole).toFixed(1)} %`;
}
