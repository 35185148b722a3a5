import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWith } from './terminal';

const ROUTE = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'qwen3', namespace: 'team-a' },
  spec: {
    parentRefs: [{ name: 'gateway', namespace: 'gateway-system' }],
    rules: [{ backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen3' }] }],
  },
};
const TEXT = JSON.stringify(ROUTE);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'graph-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a route from standard input is a page', () => {
  const { status, out, err } = runWith(TEXT, 'graph', '-');
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/^<!doctype html>/);
  expect(out).toContain('Inference graph of standard input');
});

test.each([
  ['svg', /^<svg /], ['html', /^<!doctype html>/], ['mermaid', /^flowchart LR\n/],
])('the format %s can be asked for', (format, start) => {
  expect(runWith(TEXT, 'graph', '-', '--format', format).out).toMatch(start);
});

test.each([
  ['picture.svg', /^<svg /], ['picture.HTML', /^<!doctype html>/], ['picture.mmd', /^flowchart LR\n/], ['picture', /^<!doctype html>/],
])('the format goes by the extension of %s', (name, start) => {
  const file = join(folder, 'new', name);
  expect(runWith(TEXT, 'graph', '-', '-o', file)).toEqual({ status: 0, out: '', err: `wrote ${file}\n` });
  expect(readFileSync(file, 'utf8')).toMatch(start);
});

test('files of a folder are drawn together', () => {
  writeFileSync(join(folder, 'route.yaml'), TEXT);
  writeFileSync(join(folder, 'gateway.json'), JSON.stringify({
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'gateway', namespace: 'gateway-system' },
    spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  }));
  const { out } = runWith('', 'graph', folder, '--format', 'mermaid');
  expect(out).toContain('Gateway gateway-system/gateway');
  expect(out).toContain('IGW1101');
});

test('in a closed set, what is not there is missing', () => {
  expect(runWith(TEXT, 'graph', '-', '--format', 'mermaid').out).toContain('InferencePool · not in this set');
  expect(runWith(TEXT, 'graph', '-', '--format', 'mermaid', '--closed').out).toContain('InferencePool · missing');
});

test('the rest is drawn when a document cannot be read, and the status says so', () => {
  const { status, out, err } = runWith(`${TEXT}\n---\n{a: [}\n`, 'graph', '-', '--format', 'mermaid');
  expect(status).toBe(1);
  expect(out).toContain('qwen3');
  expect(err).toMatch(/^standard input:3:\d+: /);
});

test('fails on an unknown format', () => {
  expect(runWith(TEXT, 'graph', '-', '--format', 'png')).toEqual({ status: 2, out: '', err: '--format png: is none of svg, html, mermaid\n' });
});

test('fails on what holds nothing', () => {
  expect(runWith('# nothing\n', 'graph', '-')).toEqual({ status: 1, out: '', err: 'standard input: holds no Kubernetes object, so there is nothing to draw\n' });
  expect(runWith('', 'graph', join(folder, 'missing'))).toMatchObject({ status: 1, err: expect.stringContaining('is not a file or a folder') });
});

test('fails when the output cannot be written', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  expect(runWith(TEXT, 'graph', '-', '-o', join(file, 'picture.svg'))).toMatchObject({ status: 1, err: expect.stringContaining(`--output ${join(file, 'picture.svg')}: cannot be written`) });
  expect(existsSync(join(file, 'picture.svg'))).toBe(false);
});
