import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/core';
import { planModel } from '../../src/plan';
import type { ProviderWorkload } from '../../src/provider/provider-workload';

const PROVIDERS: Record<string, string> = { DynamoGraphDeployment: 'dynamo', Workspace: 'kaito', RayService: 'kuberay' };
const WORKLOAD_KINDS = [...Object.keys(PROVIDERS), 'PersistentVolumeClaim', 'Job'];
const BY_NAME = /\.(env|ports|volumes|volumeMounts)$/;

/** A difference from the live system that is meant to be there, and why. */
export interface Deliberate {
  readonly reason: string;
  readonly difference: RegExp;
}

/** Compares what a provider renders with the objects that its live controller was observed to create. */
export function itEqualsGoldens(provider: string, workload: ProviderWorkload, deliberate: readonly Deliberate[]): void {
  const folder = process.env.GOLDENS_DIR;
  if (!folder) {
    console.info('GOLDENS_DIR is not set: nothing to compare with');
    test.skip(`equals the observed objects of ${provider}`, () => undefined);
    return;
  }
  test.each(scenariosOf(provider, join(folder, 'airunway')))('equals the observed objects of %s', (_, input, expected) => {
    const { name, namespace = 'default', annotations } = input.metadata;
    const engine = input.spec.engine?.type ?? labelOf(expected, 'engine-type');
    const plan = planModel({ name, namespace, domain: 'airunway.ai', annotations, provider, engine, spec: input.spec });
    expect(workload.check(plan)).toEqual([]);
    const left = differences(byKey(expected), byKey(workload.render(plan)));
    expect(left.filter((line) => !deliberate.some(({ difference }) => difference.test(line)))).toEqual([]);
  });
}

function scenariosOf(provider: string, folder: string): [string, any, Manifest[]][] {
  return readdirSync(folder).filter((file) => file.endsWith('.json')).flatMap((file) => {
    const { scenario, input, expected } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const workloads = (expected as Manifest[] ?? []).filter(({ kind }) => WORKLOAD_KINDS.includes(kind));
    if (!workloads.some(({ kind }) => PROVIDERS[kind] === provider)) return [];
    const model = [input].flat().find((object) => object?.kind === 'ModelDeployment');
    return [[scenario, model, workloads] as [string, any, Manifest[]]];
  });
}

function labelOf(manifests: Manifest[], label: string): any {
  return manifests.map(({ metadata }) => metadata.labels?.[`airunway.ai/${label}`]).find(Boolean);
}

function byKey(manifests: Manifest[]): Record<string, Manifest> {
  return Object.fromEntries(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.namespace}/${manifest.metadata.name}`, manifest]));
}

function differences(expected: object, actual: object): string[] {
  const [before, after] = [leaves(expected), leaves(actual)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: expected ${before.get(path)}, got ${after.get(path)}`);
}

/** Every scalar by its path: absent and empty are the same, named lists unordered, text that is JSON compared by content. */
function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === undefined || value === null) return found;
  if (Array.isArray(value)) {
    value.forEach((item, index) => leaves(item, `${path}[${BY_NAME.test(path) ? item.name : index}]`, found));
  } else if (typeof value === 'object') {
    Object.entries(value).forEach(([key, item]) => leaves(item, `${path}.${key}`, found));
  } else if (typeof value === 'string' && value.startsWith('{')) {
    leaves(JSON.parse(value), path, found);
  } else {
    found.set(path, JSON.stringify(value));
  }
  return found;
}
