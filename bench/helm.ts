import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { nameOf, namespaceOf } from './programs/scene';

const SOURCE = join(__dirname, 'helm');

/** Helm of the version that bench/helm/go.mod pins, built once into the user's cache; undefined without Go. */
export function findOrBuildHelm(): string | undefined {
  const files = ['go.mod', 'go.sum'].map((name) => readFileSync(join(SOURCE, name), 'utf8'));
  const args = ['build', '-mod=mod', '-buildvcs=false', '-trimpath', '-ldflags', '-s -w'];
  const key = createHash('sha256').update(JSON.stringify([args, files])).digest('hex').slice(0, 16);
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-inference-gateway', 'helm', key);
  const binary = join(folder, 'helm');
  if (existsSync(binary)) return binary;
  console.log(`building helm into ${folder}, which takes some minutes`);
  mkdirSync(folder, { recursive: true });
  const unfinished = `${binary}.${process.pid}`;
  const { error, status } = spawnSync('go', [...args, '-o', unfinished, 'helm.sh/helm/v3/cmd/helm'], {
    cwd: SOURCE, env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '' }, stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error && 'code' in error && error.code === 'ENOENT') return undefined;
  if (error || status !== 0) throw error ?? new Error(`go build failed with exit code ${status}`);
  renameSync(unfinished, binary);
  return binary;
}

/** A chart as its author would write it: a template for each object, which ranges over the models in the values. */
export function writeChart(folder: string, objects: readonly any[], models: number): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: models\nversion: 1.0.0\n');
  const list = Array.from({ length: models }, (_, index) => ({ name: nameOf(index), namespace: namespaceOf(index) }));
  writeFileSync(join(folder, 'values.yaml'), `models:\n${list.map(({ name, namespace }) => `  - name: ${name}\n    namespace: ${namespace}\n`).join('')}`);
  objects.forEach((object, index) => {
    const text = Yaml.stringify(object).replaceAll(nameOf(0), '{{ .name }}').replaceAll(namespaceOf(0), '{{ .namespace }}');
    const file = `${object.kind.toLowerCase()}-${index}.yaml`;
    writeFileSync(join(folder, 'templates', file), `{{- range .Values.models }}\n---\n${text}{{- end }}\n`);
  });
}
