import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { AllowedRoutes, AirunwayManifests, GatewayImplementation, IInferenceGateway, InferenceGateway, Rendering } from '../src';
import { InvalidInputError, skipSynthChecks } from '../src/core';
import { ACCEPTED_DIFFERENCES, DECIDED_BY_CLUSTER, KNOWN_BY_CLUSTER, REFUSED_HERE } from './parity/accepted-differences';
import { ObjectComparer, silently } from './parity/compare-objects';

interface Golden {
  readonly input: any[];
  readonly expected: any[];
  readonly flags?: string[];
  readonly gatewayAfter?: { readonly spec: { readonly listeners: unknown[] } };
}

interface Outcome { readonly differences: string[]; readonly accepted: Set<string> }

const goldensDirectory = process.env.GOLDENS_DIR;
if (!goldensDirectory) {
  console.error('GOLDENS_DIR is not set: there is nothing to compare with');
  process.exit(1);
}
const comparer = new ObjectComparer(goldensDirectory);

function main(directory: string, only: string[]): number {
  const names = readdirSync(directory).filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json')).sort();
  const outcomes = names
    .filter((name) => only.length === 0 || only.some((word) => name.includes(word)))
    .filter((name) => readGolden(join(directory, `${name}.json`)).input.some(({ kind }) => kind === 'ModelDeployment'))
    .map((name) => ({ name, ...compare(name, join(directory, `${name}.json`)) }));
  const failed = outcomes.filter(({ differences }) => differences.length > 0);
  for (const { name, differences, accepted } of outcomes) {
    if (differences.length === 0 && accepted.size > 0 && only.length > 0) console.log(`${name}: equal but for ${[...accepted].join(', ')}`);
    differences.forEach((line) => console.log(`${name}: ${line}`));
  }
  console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
  return failed.length > 0 ? 1 : 0;
}

function compare(name: string, file: string): Outcome {
  const golden = readGolden(file);
  const accepted = new Set<string>();
  let objects: any[];
  try {
    objects = render(name, golden);
  } catch (error) {
    const known = error instanceof InvalidInputError && error.mistakes.every(({ code }) => code in REFUSED_HERE);
    const refused = golden.expected.length === 0 || known;
    if (refused && golden.expected.length > 0) accepted.add('refused');
    return { differences: refused ? [] : [`refused: ${(error as Error).message}`], accepted };
  }
  if (name in DECIDED_BY_CLUSTER && golden.expected.length === 0) return { differences: [], accepted: new Set(['decided by the cluster']) };
  if (golden.expected.length === 0) return { differences: ['is rendered, and the live system creates nothing'], accepted };

  const actual = objects.filter(({ kind }) => kind !== 'Gateway');
  const lines = [...comparer.compare(name, golden.expected, actual), ...compareGateway(golden, objects)];
  const left = lines.filter((line) => {
    const found = ACCEPTED_DIFFERENCES.find(({ goldens, line: pattern }) => (goldens?.test(name) ?? true) && pattern.test(line));
    if (found) accepted.add(found.name);
    return !found;
  });
  return { differences: left, accepted };
}

/** The listeners as the live controller leaves them. */
function compareGateway({ gatewayAfter, flags }: Golden, objects: any[]): string[] {
  if (!gatewayAfter || flags?.includes('--patch-gateway-allowed-routes=false')) return [];
  const listeners = objects.find(({ kind }) => kind === 'Gateway')?.spec.listeners;
  const [expected, actual] = [gatewayAfter.spec.listeners, listeners].map((value) => JSON.stringify(sorted(value)));
  return expected === actual ? [] : [`Gateway: listeners: expected ${expected}, got ${actual}`];
}

function render(name: string, { input, flags = [] }: Golden): any[] {
  const flag = (key: string) => flags.find((word) => word.startsWith(`--${key}=`))?.split('=')[1];
  const chart = new Chart(new App(), name, { namespace: 'default' });
  // Some scenarios are of gateways that cannot work, and their objects are compared all the same.
  skipSynthChecks(chart.node.root);
  // Only the scenarios of s09 ran in a cluster with Istio's CRDs; the class was `istio` in all.
  const destinationRules = name.startsWith('s09');
  const named = flag('gateway-name') ? { name: flag('gateway-name')!, namespace: flag('gateway-namespace') ?? 'default' } : undefined;
  const isInput = input.some(({ kind, metadata }) => named && kind === 'Gateway' && metadata.name === named.name && metadata.namespace === named.namespace);
  const gateway: IInferenceGateway | undefined = named && !isInput
    ? InferenceGateway.fromGatewayName(chart, 'gateway', { ...named, implementation: GatewayImplementation.of('istio') })
    : undefined;
  const port = flag('epp-service-port');
  AirunwayManifests.fromObjects(chart, 'input', input, {
    rendering: Rendering.STATIC,
    gateway,
    gatewayName: named && isInput ? `${named.namespace}/${named.name}` : undefined,
    destinationRules,
    allowedRoutes: flags.includes('--patch-gateway-allowed-routes=false') ? AllowedRoutes.unmanaged() : undefined,
    models: KNOWN_BY_CLUSTER[name],
    endpointPicker: port ? { port: Number(port), image: flag('epp-image') } : undefined,
  });
  return silently(() => Testing.synth(chart));
}

function readGolden(file: string): Golden {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

try {
  process.exitCode = main(join(goldensDirectory, 'airunway'), process.argv.slice(2));
} finally {
  comparer.close();
}
