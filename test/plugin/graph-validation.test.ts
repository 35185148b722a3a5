import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workingSet } from '../graph/working-set';

const ROOT = join(__dirname, '..', '..');
/** Loads the validation from source; users name the compiled folder instead. */
const PACKAGE = `require(${JSON.stringify(require.resolve('tsx/cjs'))});\nmodule.exports = require(${JSON.stringify(join(ROOT, 'src', 'plugin'))});\n`;
/** An app that knows nothing of this library. */
const APP = `
const { ApiObject, App, Chart } = require(${JSON.stringify(require.resolve('cdk8s'))});
const app = new App({ recordConstructMetadata: true });
const chart = new Chart(app, 'chart');
require('./objects.json').forEach((object, index) => new ApiObject(chart, 'object-' + index, object));
app.synth();
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validation-'));
  writeFileSync(join(folder, 'package.js'), PACKAGE);
  writeFileSync(join(folder, 'app.js'), APP);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `cdk8s synth --validate` as users do. */
function synth(objects: readonly object[], properties: object = {}) {
  // cdk8s-cli refuses to write over a report.
  rmSync(join(folder, 'report.json'), { force: true });
  writeFileSync(join(folder, 'objects.json'), JSON.stringify(objects));
  writeFileSync(join(folder, 'cdk8s.yaml'), JSON.stringify({
    app: 'node app.js', language: 'typescript', output: 'dist',
    validations: [{ package: './package.js', version: '0.0.0', class: 'GraphValidation', properties }],
  }));
  const cdk8s = join(ROOT, 'node_modules', '.bin', 'cdk8s');
  const { status, stdout, stderr } = spawnSync(cdk8s, ['synth', '--validate', '--check-upgrade=false', '--validation-reports-output-file', 'report.json'], {
    cwd: folder, encoding: 'utf8',
  });
  return { status, output: stdout + stderr, report: () => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).reports[0] };
}

const wrongPort = () => workingSet({}, ['InferencePool models/llama', ({ spec }) => { spec.endpointPickerRef.port.number = 9003; }]);

test('an app whose manifests work passes', () => {
  const { status, report } = synth(workingSet());
  expect(status).toBe(0);
  expect(report()).toMatchObject({ summary: { status: 'success' }, violations: [] });
});

test('fails with the construct, the field, and the fix', () => {
  const { status, output, report } = synth(wrongPort());
  expect(status).toBe(2);
  expect(output).toMatch(/IGW1203 error/);
  expect(output).toMatch(/chart\/object-\d+/);
  expect(report().violations).toEqual([expect.objectContaining({
    ruleName: expect.stringMatching(/^IGW1203 error: /),
    recommendation: expect.stringContaining('9003'),
    fix: expect.stringContaining('9002'),
    violatingConstructs: [expect.objectContaining({ resourceName: 'llama', locations: ['spec.endpointPickerRef.port.number'] })],
  })]);
});

test('fails for warnings where that is asked for, and for what a closed set leaves out', () => {
  const withoutGateway = workingSet().filter(({ kind }: any) => kind !== 'Gateway');
  expect(synth(withoutGateway).status).toBe(0);
  const { status, output } = synth(withoutGateway, { closed: true });
  expect(status).toBe(2);
  expect(output).toMatch(/IGW10\d\d error/);
});
