/*
 * Renders what GPUStack was seen to create in Higress, from the same settings, and compares. GOLDENS_DIR names the folder of observed
 * objects; words as arguments pick the goldens with one of them in their names.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidInputError } from '../src/core';
import { ObjectComparer, silently } from './parity/compare-objects';
import { ACCEPTED_DIFFERENCES, DECIDED_BY_CLUSTER, LOOKED_AT_BY_TESTS, REFUSED_HERE } from './parity-higress/accepted-differences';
import { EXISTING_OBJECTS } from './parity-higress/existing-objects';
import { INITIAL_STATE } from './parity-higress/initial-state';
import { MODEL_ROUTES } from './parity-higress/model-routes';
import { ROUTES_NOT_COMPARED } from './parity-higress/route-scenarios';
import type { HigressGolden, ScenarioKind } from './parity-higress/scenario';
import { UPGRADES } from './parity-higress/upgrades';

const KINDS: readonly ScenarioKind[] = [MODEL_ROUTES, INITIAL_STATE, EXISTING_OBJECTS, UPGRADES];

interface Outcome { readonly differences: readonly string[]; readonly notes: readonly string[] }

function main(goldensDirectory: string, only: readonly string[]): number {
  const directory = join(goldensDirectory, 'gpustack');
  const names = readdirSync(directory).filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json')).sort()
    .filter((name) => only.length === 0 || only.some((word) => name.includes(word)));
  const comparer = new ObjectComparer(goldensDirectory);
  let [passed, failed] = [0, 0];
  try {
    for (const name of names) {
      if (LOOKED_AT_BY_TESTS.some((pattern) => pattern.test(name))) continue;
      const { differences, notes } = judge(name, JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')), comparer);
      if (differences.length === 0) passed += 1;
      else failed += 1;
      differences.forEach((line) => console.log(`${name}: ${line}`));
      if (only.length > 0 && differences.length === 0 && notes.length > 0) console.log(`${name}: ${notes.join(', ')}`);
    }
  } finally {
    comparer.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function judge(name: string, golden: HigressGolden, comparer: ObjectComparer): Outcome {
  const kind = KINDS.find(({ matches }) => matches(name, golden));
  if (!kind) return { differences: ['no kind of scenario fits'], notes: [] };
  let objects: any[];
  try {
    objects = silently(() => kind.render(name, golden));
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const refused = name in REFUSED_HERE || golden.init_error !== undefined;
    return refused ? { differences: [], notes: [`refused: ${error.message}`] } : { differences: [`refused: ${error.message}`], notes: [] };
  }
  if (name in ROUTES_NOT_COMPARED) return { differences: [], notes: [`not compared: ${ROUTES_NOT_COMPARED[name]}`] };
  if (name in DECIDED_BY_CLUSTER) return { differences: [], notes: ['decided by the cluster'] };
  if (golden.init_error) return { differences: [`is rendered, and GPUStack fails: ${golden.init_error}`], notes: [] };
  if (name in REFUSED_HERE) return { differences: ['is rendered, and is to be refused'], notes: [] };

  const { expected, actual } = kind.compared?.(golden, objects) ?? { expected: golden.expected, actual: objects };
  const notes = new Set<string>();
  const differences = comparer.compare(name, expected, actual).filter((line) => {
    const found = ACCEPTED_DIFFERENCES.find(({ goldens, line: pattern }) => (goldens?.test(name) ?? true) && pattern.test(line));
    if (found) notes.add(found.name);
    return !found;
  });
  return { differences, notes: notes.size > 0 ? [`equal but for ${[...notes].join(', ')}`] : [] };
}

const goldensDirectory = process.env.GOLDENS_DIR;
if (goldensDirectory) {
  process.exitCode = main(goldensDirectory, process.argv.slice(2));
} else {
  console.error('GOLDENS_DIR is not set: there is nothing to compare with');
  process.exitCode = 1;
}
