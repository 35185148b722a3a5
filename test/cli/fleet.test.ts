import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWith } from './terminal';

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: gateway
  namespace: gateway-system
  annotations: { inference-gateway.cdk8s.io/ignore: IGW1404=a chart installs the body-based router }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`;

let count = 0;

/** Runs the command over these files. */
function fleet(files: Record<string, string>, ...args: string[]) {
  const dir = join(folder, String(count++));
  mkdirSync(dir);
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  });
  const output = join(dir, 'out');
  const again = (...more: string[]) => runWith('', 'fleet', ...paths, '-o', output, ...args, ...more);
  const names = () => readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).sort();
  const text = (name: string) => readFileSync(join(output, name), 'utf8');
  return { ...again(), again, names, text, output, paths };
}

test('the smallest fleet', () => {
  const { status, err, names, text, output } = fleet({
    'models.csv': 'name,model,engine,provider\nqwen,Qwen/Qwen3-0.6B,vllm,vllm\n', 'gateway.yaml': GATEWAY,
  });
  expect({ status, err }).toEqual({ status: 0, err: `${output}: 1 models; 1 files written, 0 unchanged, 0 deleted\n` });
  expect(names()).toEqual(['default.qwen.yaml', 'gateways.yaml']);
  expect(text('gateways.yaml')).toContain('                  - default\n                  - gateway-system\n');
  expect(text('default.qwen.yaml')).toContain('kind: DestinationRule');
});

test('the same files as expand writes', () => {
  const manifest = [
    'apiVersion: airunway.ai/v1alpha1\nkind: ModelDeployment\nmetadata: { name: a, namespace: team }\n',
    'spec: { model: { id: Qwen/Qwen3-0.6B }, engine: { type: vllm } }\n',
  ].join('');
  const { names, text, paths, output } = fleet({ 'input.yaml': `${GATEWAY}---\n${manifest}` });
  const expanded = `${output}-expanded`;
  runWith('', 'expand', paths[0], '-o', expanded);
  expect(readdirSync(expanded).sort()).toEqual(names());
  names().forEach((name) => expect(text(name)).toBe(readFileSync(join(expanded, name), 'utf8')));
});

test('a folder for each cluster, a Gateway that exists, and what did not change', () => {
  const csv = 'name,namespace,team,cluster,model,engine,provider\na,n,red,eu,m,vllm,vllm\nb,n,red,us,m,vllm,vllm\nc,o,blue,,m,vllm,vllm\n';
  const result = fleet({ 'models.csv': csv }, '--gateway', 'g/gw', '--implementation', 'istio', '--layout', 'file-per-team', '--epp-port', '9010');
  expect(result.names()).toEqual(['eu/blue.yaml', 'eu/red.yaml', 'us/blue.yaml', 'us/red.yaml']);
  expect(result.text('eu/red.yaml')).toContain('9010');
  expect(result.again('--cluster', 'eu').err).toMatch(/out\/eu: 2 models; 0 files written, 2 unchanged, 0 deleted\n$/);
});

test('many warnings are cut short', () => {
  const rows = Array.from({ length: 60 }, (_, index) => `m${index},m,vllm,vllm`);
  const { err } = fleet({ 'models.csv': ['name,model,engine,provider', ...rows].join('\n') });
  expect(err.split('\n').filter((line) => line.startsWith('warning'))).toHaveLength(50);
  expect(err).toContain('and 10 more warnings\n');
});

test('warns of a Gateway that has no body-based router', () => {
  const { status, err, names } = fleet({
    'models.csv': 'name,model,engine,provider\nqwen,Qwen/Qwen3-0.6B,vllm,vllm\n', 'gateway.yaml': GATEWAY.replace(/ {2}annotations.*\n/, ''),
  });
  expect(err).toMatch(/^warning Gateway .*: IGW1404 metadata\.name is "gateway": has no body-based router/);
  expect(status).toBe(0);
  expect(names()).toEqual(['default.qwen.yaml', 'gateways.yaml']);
});

describe('fails', () => {
  test.each<[string, Record<string, string>, string[], number, RegExp]>([
    ['with all mistakes and writes nothing', { 'm.csv': 'name,model,engine,provider,replicas\na,m,vllm,vllm,-1\nb,m,vllm,vllm,99\n' }, [], 1,
      /m\.csv:2 models\/default\.a(.|\n)*IGW201(.|\n)*m\.csv:3 models\/default\.b/],
    ['for an unknown column', { 'm.csv': 'nom\na\n' }, [], 1, /IGW805/],
    ['for what the graph of a later cluster says', {
      'm.csv': 'name,cluster,namespace,provider,engine,model,servedName,extraArgs\na,eu,n,vllm,vllm,x/y,a,\nb,us,n,vllm,vllm,x/y,b,--served-model-name other\n',
    }, ['--gateway', 'g/g', '--implementation', 'istio'], 1, /HTTPRoute n\/b \(.*m\.csv:3 models\/n\.b\): IGW1402/],
    ['for names that are taken', { 'm.csv': 'name,model,engine,provider\na,m,vllm,vllm\na-epp,m,vllm,vllm\n' }, ['--gateway', 'g/g', '--istio'], 1, /IGW103/],
    ['for a cluster nobody names', { 'm.csv': 'name,cluster\na,eu\n' }, ['--cluster', 'us'], 2, /--cluster us: no model names it; allowed: eu/],
    ['for a cluster that is no folder', { 'm.csv': 'name,cluster\na,../eu\n' }, [], 1, /IGW802 cluster is "\.\.\/eu"/],
    ['for a Gateway that is no name', { 'm.csv': 'name\na\n' }, ['--gateway', 'x'], 2, /--gateway x: is not <namespace>\/<name>/],
    ['for an unknown layout', { 'm.csv': 'name\na\n' }, ['--layout', 'x'], 2, /Allowed choices are file-per-model/],
    ['for several Gateways and none chosen', { 'm.csv': 'name\na\n', 'g.yaml': `${GATEWAY}---\n${GATEWAY.replace('  name: gateway\n', '  name: other\n')}` }, [], 2,
      /--gateway: is missing, and none of gateway-system\/gateway, gateway-system\/other carries the label/],
  ])('%s', (_, files, args, code, message) => {
    const { status, err, output } = fleet(files, ...args);
    expect(err).toMatch(message);
    expect(status).toBe(code);
    expect(() => readdirSync(output)).toThrow('ENOENT');
  });
});
