/*
 * Synthesizes the quickstart straight from source, and says what was written where and what to do with it.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { PINS } from '../src/versions';

const ROOT = join(__dirname, '..');
const FOLDER = 'examples/quickstart';
const DIST = `${FOLDER}/dist`;

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: any;
}

function synthesize(): void {
  rmSync(join(ROOT, DIST), { recursive: true, force: true });
  const { error, status } = spawnSync(process.execPath, ['--import', 'tsx', 'main.ts'], { cwd: join(ROOT, FOLDER), stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${FOLDER}/main.ts failed`);
}

function readObjects(file: string): KubeObject[] {
  return parseAllDocuments(readFileSync(join(ROOT, DIST, file), 'utf8')).map((document) => document.toJS());
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}

/** One table for all files, so that its columns stand below each other. */
function listing(files: ReadonlyMap<string, readonly KubeObject[]>): string[] {
  const rows = [...files.values()].flat().map(({ kind, metadata }) => [kind, metadata.namespace ?? '-', metadata.name]);
  const [head, ...lines] = table([['KIND', 'NAMESPACE', 'NAME'], ...rows]);
  return [`  ${head}`, ...[...files].flatMap(([file, objects]) => [`${DIST}/${file}`, ...lines.splice(0, objects.length).map((line) => `  ${line}`)])];
}

function nextSteps(objects: readonly KubeObject[]): string[] {
  const gateway = objects.find(({ kind }) => kind === 'Gateway')!;
  const models = objects.filter(({ kind }) => kind === 'HTTPRoute').map(({ spec }) => spec.rules[0].matches[0].headers[0].value as string);
  const { namespace, name } = gateway.metadata;
  return [
    'What to do next, with a cluster that has GPU nodes:',
    '',
    `1. Install the CRDs of Gateway API ${PINS.gatewayApi} and of its Inference Extension ${PINS.gaie}.`,
    '',
    '   SIGS=https://github.com/kubernetes-sigs',
    '   kubectl apply --server-side \\',
    `     -f $SIGS/gateway-api/releases/download/${PINS.gatewayApi}/standard-install.yaml \\`,
    `     -f $SIGS/gateway-api-inference-extension/releases/download/${PINS.gaie}/manifests.yaml`,
    '',
    `2. Install Istio ${PINS.istio}, with its support of inference pools switched on.`,
    '',
    '   istioctl install -y --set profile=minimal \\',
    '     --set values.pilot.env.ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true',
    '',
    '3. Review the files and apply them; the namespaces come first.',
    '',
    `   kubectl apply -f ${DIST}`,
    '',
    `4. Once the pods are ready, ask a model: ${models.join(' or ')}.`,
    '',
    `   kubectl -n ${namespace} port-forward service/${name}-${gateway.spec.gatewayClassName} 8080:80 &`,
    '   curl http://localhost:8080/v1/chat/completions -H \'Content-Type: application/json\' \\',
    `     -d '{"model": "${models[0]}", "messages": [{"role": "user", "content": "Hello"}]}'`,
    '',
    `Change ${FOLDER}/main.ts, run \`npm start\` again, and compare.`,
  ];
}

const start = performance.now();
synthesize();
const seconds = ((performance.now() - start) / 1000).toFixed(1);
const files = new Map(readdirSync(join(ROOT, DIST)).sort().map((file) => [file, readObjects(file)]));
const objects = [...files.values()].flat();
console.log([
  `${FOLDER}/main.ts became ${objects.length} objects in ${files.size} files, in ${seconds} s:`,
  '',
  ...listing(files),
  '',
  ...nextSteps(objects),
].join('\n'));
