import { formatMistake, Manifest } from '../../src/core';
import { planModel } from '../../src/plan';
import type { ProviderWorkload } from '../../src/provider/provider-workload';
import { Golden, readScenarios, withGoldens } from '../goldens';

const PROVIDERS: Record<string, string> = { DynamoGraphDeployment: 'dynamo', Workspace: 'kaito', RayService: 'kuberay' };
const WORKLOAD_KINDS = [...Object.keys(PROVIDERS), 'PersistentVolumeClaim', 'Job'];
const BY_NAME = /\.(env|ports|volumes|volumeMounts)$/;
const QUANTITY = /\.(limits|requests)\.[^.]+$/;

/** A difference from the live system that is meant to be there, and why. */
export interface Deliberate {
  readonly reason: string;
  readonly difference: RegExp;
  /** Scenarios it may appear in; all when absent. */
  readonly scenarios?: RegExp;
}

/** Compares what a provider renders with the objects that its live controller was observed to create. */
export function itEqualsGoldens(provider: string, workload: ProviderWorkload, deliberate: readonly Deliberate[]): void {
  withGoldens(`equals the observed objects of ${provider}`, (folder) => {
    const scenarios = readScenarios(folder).flatMap((golden) => modelsOf(golden, provider).filter(({ expected }) => expected.length > 0));
    test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('equals the observed objects of %s', (name, { model, expected }) => {
      const plan = planOf(provider, model, expected);
      expect(workload.check(plan)).toEqual([]);
      const left = differences(byKey(expected), byKey(workload.render(plan))).filter((line) => !deliberate.some(
        ({ difference, scenarios: allowed = /./ }) => difference.test(line) && allowed.test(name),
      ));
      expect(left).toEqual([]);
    });

    test('every deliberate difference is one that is there', () => {
      const lines = scenarios.flatMap(({ name, model, expected }) => (
        differences(byKey(expected), byKey(workload.render(planOf(provider, model, expected)))).map((line) => ({ name, line }))
      ));
      const stale = deliberate.filter(({ difference, scenarios: allowed = /./ }) => (
        !lines.some(({ name, line }) => difference.test(line) && allowed.test(name))
      ));
      expect(stale.map(({ reason }) => reason)).toEqual([]);
    });
  });
}

/** Whatever a live controller was observed to give up on has to be refused. */
export function itRefusesGoldens(provider: string, workload: ProviderWorkload, messages: Readonly<Record<string, RegExp>>): void {
  withGoldens(`refuses what the live controller of ${provider} refuses`, (folder) => {
    test.each(Object.entries(messages))('fails on %s', (scenario, message) => {
      const [{ model, expected }] = readScenarios(folder, new RegExp(`^${scenario}\\.json$`)).flatMap((golden) => modelsOf(golden, provider));
      expect(expected).toEqual([]);
      expect(workload.check(planOf(provider, model, [])).map(formatMistake).join('\n')).toMatch(message);
    });
  });
}

interface ObservedModel {
  readonly name: string;
  readonly model: any;
  readonly expected: Manifest[];
}

function modelsOf({ scenario, input, expected }: Golden, provider: string): ObservedModel[] {
  const models = input.filter(({ kind }) => kind === 'ModelDeployment');
  return models.flatMap((model): ObservedModel[] => {
    const workload = (expected as Manifest[]).filter((manifest) => isWorkloadOf(model, manifest));
    const owner = workload.map(({ kind }) => PROVIDERS[kind]).find(Boolean) ?? model.spec.provider?.name;
    if (owner !== provider) return [];
    return [{ name: models.length > 1 ? `${scenario} ${model.metadata.namespace}/${model.metadata.name}` : scenario, model, expected: workload }];
  });
}

function isWorkloadOf({ metadata: { name, namespace = 'default' } }: any, { kind, metadata }: Manifest): boolean {
  if (metadata.namespace !== namespace) return false;
  return WORKLOAD_KINDS.includes(kind) || metadata.labels?.['airunway.ai/deployment'] === name;
}

function planOf(provider: string, { metadata, spec }: any, expected: Manifest[]) {
  const { name, namespace = 'default', annotations } = metadata;
  return planModel({
    name, namespace, domain: 'airunway.ai', annotations, provider, engine: spec.engine?.type ?? labelOf(expected, 'engine-type'), spec,
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
    found.set(path, JSON.stringify(QUANTITY.test(path) ? String(value) : value));
  }
  return found;
}
