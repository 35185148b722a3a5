/*
 * Checks reports in SARIF against the schema of the standard. No package of npm ships that schema under a permissive licence; a Go module does.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import { run } from '../../src/cli/main';

const MODULE = 'github.com/owenrumney/go-sarif/v3@v3.3.1';
const SCHEMA = 'pkg/report/v210/sarif/schema.go';

function schema(): object {
  const { Dir } = JSON.parse(execFileSync('go', ['mod', 'download', '-json', MODULE], { encoding: 'utf8', cwd: tmpdir() }));
  const text = /`([^`]*)`/.exec(readFileSync(join(Dir, SCHEMA), 'utf8'))?.[1];
  if (text === undefined) throw new Error(`${MODULE} has no schema in ${SCHEMA}`);
  return JSON.parse(text);
}

/** Sets of manifests with errors, warnings, muted findings, unreadable files, and none of them. */
function sets(folder: string): string[] {
  const write = (name: string, text: string | Buffer) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const own = [
    write('not yaml.yaml', 'a: [\n'),
    write('bytes.yaml', Buffer.from([0xc3, 0x28])),
    write('100% [#odd].yaml', 'kind: Gateway\napiVersion: gateway.networking.k8s.io/v1\nmetadata: {name: "Ä", annotations: {inference-gateway.cdk8s.io/ignore: nothing}}\n'),
  ];
  const traffic = join(process.env.GOLDENS_DIR ?? '', 'traffic');
  if (!process.env.GOLDENS_DIR) console.log('GOLDENS_DIR is not set: only the sets of this script are reported on');
  return [...own, folder, ...process.env.GOLDENS_DIR ? readdirSync(traffic).filter((name) => name.endsWith('.yaml')).map((name) => join(traffic, name)) : []];
}

const folder = mkdtempSync(join(tmpdir(), 'sarif-'));
let [passed, failed] = [0, 0];
try {
  // The schema marks its own formats; they are checked where ajv knows them.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema());
  for (const path of sets(folder)) {
    let text = '';
    run(['lint', '--format', 'sarif', path], { in: () => Buffer.alloc(0), out: (part) => { text += part; }, err: (part) => process.stderr.write(part) });
    if (validate(JSON.parse(text))) {
      passed++;
    } else {
      failed++;
      console.log(`FAIL ${path}`, validate.errors);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
