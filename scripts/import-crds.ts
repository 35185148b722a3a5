import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNoMistakes } from '../src/core';
import { CrdFamily } from '../src/crds';
import { loadCrds } from '../src/crds/load-crds';
import { keepTypes } from './import-crds/keep-types';
import { schemasText } from './import-crds/schema-text';
import { SELECTION } from './import-crds/selection';
import { stripCrd } from './import-crds/strip-crd';

const ROOT = join(__dirname, '..');
const IMPORTS = join(ROOT, 'imports');
const SCHEMAS = join(ROOT, 'src', 'graph', 'schemas', 'generated.ts');
const CDK8S = join(ROOT, 'node_modules', '.bin', 'cdk8s');

/** The selected CustomResourceDefinitions, stripped, as one file: of several files of one group, `cdk8s import` keeps only the last. */
function selectedCrds(directory: string | undefined): string {
  const { crds, mistakes } = loadCrds(Object.values(CrdFamily), { directory });
  assertNoMistakes('npm run import', mistakes);
  const missing = Object.keys(SELECTION).filter((name) => !crds.some((crd) => crd.metadata.name === name));
  if (missing.length > 0) {
    throw new Error(`${directory ?? 'the pinned releases'} have no CustomResourceDefinition ${missing.join(', ')}; add it, or change SELECTION`);
  }
  return crds.flatMap((crd) => {
    const selection = SELECTION[crd.metadata.name];
    return selection ? [JSON.stringify(stripCrd(crd, selection))] : [];
  }).join('\n---\n');
}

/** What the rules of the graph check fields with. */
function schemas(directory: string | undefined): string {
  const { crds, mistakes } = loadCrds(Object.values(CrdFamily), { directory });
  assertNoMistakes('npm run import', mistakes);
  return schemasText(crds);
}

/** What `cdk8s import` makes of the CustomResourceDefinitions: TypeScript by group. */
function importTypes(crds: string): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'import-crds-'));
  try {
    writeFileSync(join(folder, 'crds.yaml'), crds);
    execFileSync(CDK8S, ['import', 'crds.yaml', '--language', 'typescript', '--output', 'out', '--no-save', '--check-upgrade=false'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return new Map(readdirSync(join(folder, 'out')).sort().map((name) => {
      const group = name.replace(/\.ts$/, '');
      return [group, keepTypes(readFileSync(join(folder, 'out', name), 'utf8'), group)];
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const directory = process.env.CRDS_DIR || undefined;
  const types = importTypes(selectedCrds(directory));
  const text = schemas(directory);
  writeFileSync(SCHEMAS, text);
  rmSync(IMPORTS, { recursive: true, force: true });
  mkdirSync(IMPORTS);
  for (const [group, text] of types) {
    writeFileSync(join(IMPORTS, `${group}.ts`), text);
    console.info(`imports/${group}.ts ${text.split('\n').length - 1} lines`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('imports/ is unchanged; CRDS_DIR names a folder to read instead of the releases, with one sub-folder per family');
  process.exitCode = 1;
}
