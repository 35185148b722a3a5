/*
 * What a fleet costs, beside what others need for the same objects: whole processes, compiled JavaScript, CPU seconds as the system counts
 * them. Ratios of one run are compared with the targets; a missed one makes the exit code 1.
 *
 *   --quick   leaves out plain cdk8s at full size, which takes minutes, and what is compared with it
 *   --runs N  runs of each, of which the median counts (3)
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { findOrBuildHelm, writeChart } from './helm';
import { compiledLibrary, compilePrograms, writeApp } from './library';
import { Cost, measure, median, medianCost } from './measure';
import { nameOf, namespaceOf } from './programs/scene';

const ROOT = join(__dirname, '..');
const SIZE = 3000;
const SMALL = 1000;
const LARGE = 10_000;
const OBJECTS = 15;

/** 100,000 models over 50 clusters, of which some are sampled. */
const CLUSTERS = 50;
const MODELS_OF_A_CLUSTER = 2000;
const SAMPLED_CLUSTERS = 3;

/** What is compared with each other. */
const FLOOR = 'objects that are ready, small emitter (floor)';
const FLEET = 'Fleet';
const UNCHECKED = 'Fleet, without the graph';
const FAST = 'ready objects in a chart each, FastApp';
const PLAIN = 'ready objects in a chart each, App of cdk8s';
const HELM = 'helm template';
const TUNED = 'Fleet, each model tuned in its own way';
const CHARTS = 'ModelDeployment in a chart each, FastApp';

interface Row extends Cost {
  readonly what: string;
  readonly models: number;
}

interface Target {
  readonly what: string;
  readonly value: number;
  readonly most: number;
}

class Bench {
  public readonly rows: Row[] = [];
  public readonly targets: Target[] = [];
  private readonly env = { BENCH_LIB: compiledLibrary() };

  public constructor(private readonly folder: string, private readonly runs: number) {
    compilePrograms(join(folder, 'programs'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  }

  /** Runs of several contestants take turns, so that a busy moment hits all of them. */
  public async race(models: number, contestants: Readonly<Record<string, () => Promise<Cost>>>, runs = this.runs): Promise<Record<string, Row>> {
    const costs: Record<string, Cost[]> = {};
    for (let run = 0; run < runs; run++) {
      for (const [what, start] of Object.entries(contestants)) (costs[what] ??= []).push(await start());
    }
    const rows = Object.entries(costs).map(([what, all]) => ({ what, models, ...medianCost(all) }));
    this.rows.push(...rows);
    return Object.fromEntries(rows.map((row) => [row.what, row]));
  }

  public ours(way: string, models: number, from = 0): () => Promise<Cost> {
    return () => {
      const outdir = this.empty(`out-${way}`);
      return measure([process.execPath, join(this.folder, 'programs', 'ours.js'), way, String(models), outdir, String(from)], { env: this.env });
    };
  }

  /** Ready objects in a chart for each model. */
  public charts(way: 'fast' | 'plain', models: number): () => Promise<Cost> {
    return () => {
      const outdir = this.empty(`out-charts-${way}`);
      return measure([process.execPath, join(this.folder, 'programs', 'charts.js'), way, String(models), outdir, this.templateFile()], { env: this.env });
    };
  }

  public floor(models: number): () => Promise<Cost> {
    return () => measure([process.execPath, join(this.folder, 'programs', 'floor.js'), String(models), this.empty('out-floor'), this.templateFile()]);
  }

  public helm(binary: string, models: number): () => Promise<Cost> {
    const chart = this.empty('chart');
    writeChart(chart, this.template(), models);
    return () => measure([binary, 'template', 'models', chart], { env: { HELM_CACHE_HOME: this.path('helm'), HELM_CONFIG_HOME: this.path('helm'), HELM_DATA_HOME: this.path('helm') } });
  }

  public node(script: string): () => Promise<Cost> {
    return () => measure([process.execPath, '-e', script], { cwd: this.folder, env: this.env });
  }

  public cdk8s(folder: string): () => Promise<Cost> {
    return () => measure([process.execPath, join(ROOT, 'node_modules', '.bin', 'cdk8s'), 'synth', '--check-upgrade=false'], { cwd: this.path(folder), env: this.env });
  }

  public aim(what: string, value: number, most: number): void {
    this.targets.push({ what, value, most });
  }

  public path(name: string): string {
    return join(this.folder, name);
  }

  /** The objects of the first model, as the fleet wrote them. */
  public template(): any[] {
    const file = join(this.path('out-fleet'), 'fleet', `${namespaceOf(0)}.${nameOf(0)}.k8s.yaml`);
    return [...parseAllDocuments(readFileSync(file, 'utf8'))].map((document) => (document as { toJS(): any }).toJS());
  }

  private templateFile(): string {
    const file = this.path('template.json');
    writeFileSync(file, JSON.stringify(this.template()));
    return file;
  }

  private empty(name: string): string {
    rmSync(this.path(name), { recursive: true, force: true });
    return this.path(name);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, runs: { type: 'string', default: '3' } } });
  // Files in memory, where there is such a folder: disks of shared machines differ more than programs.
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(parent, 'bench-'));
  try {
    const bench = new Bench(folder, Number(values.runs));
    await compare(bench, values.quick);
    await grow(bench);
    await startUp(bench);
    report(bench);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(bench: Bench, isQuick: boolean): Promise<void> {
  await bench.ours('fleet', 1)();
  const objects = bench.template().length;
  if (objects !== OBJECTS) throw new Error(`a model has ${objects} objects, and the table says ${OBJECTS}`);
  const helm = findOrBuildHelm();
  const rows = await bench.race(SIZE, {
    [FLOOR]: bench.floor(SIZE),
    [FLEET]: bench.ours('fleet', SIZE),
    [UNCHECKED]: bench.ours('fleet-unchecked', SIZE),
    [FAST]: bench.charts('fast', SIZE),
    ...(helm ? { [HELM]: bench.helm(helm, SIZE) } : {}),
  });
  const bytes = same(bench.path('out-floor'), join(bench.path('out-fleet'), 'fleet'));
  same(bench.path('out-floor'), bench.path('out-charts-fast'), ofChart);
  console.log(`${SIZE} models, ${SIZE * OBJECTS} objects, ${(bytes / 2 ** 20).toFixed(0)} MB, the same bytes from all but helm`);
  const fleet = rows[FLEET];
  bench.aim('Fleet / floor, CPU', fleet.cpu / rows[FLOOR].cpu, 3);
  if (helm) bench.aim('Fleet / helm template, CPU', fleet.cpu / rows[HELM].cpu, 1 / 3);
  else console.log('Go is not installed, so there is no helm to compare with');
  bench.aim('Fleet / Fleet without the graph, CPU', fleet.cpu / rows[UNCHECKED].cpu, 1.5);
  const others = await bench.race(SIZE, {
    [TUNED]: bench.ours('fleet-tuned', SIZE),
    [`${TUNED}, without the graph`]: bench.ours('fleet-tuned-unchecked', SIZE),
    'Fleet, no two models alike': bench.ours('fleet-varied', SIZE),
    [CHARTS]: bench.ours('fast', SIZE),
    [`${CHARTS}, without the graph`]: bench.ours('fast-unchecked', SIZE),
  });
  for (const what of [TUNED, CHARTS]) bench.aim(`${what} / without the graph, CPU`, others[what].cpu / others[`${what}, without the graph`].cpu, 1.5);
  const plainSize = isQuick ? SMALL / 2 : SIZE;
  const plain = (await bench.race(plainSize, { [PLAIN]: bench.charts('plain', plainSize) }, 1))[PLAIN];
  if (isQuick) return console.log(`plain cdk8s at ${plainSize} models only: its time grows with the square, so nothing is compared with it`);
  same(bench.path('out-floor'), bench.path('out-charts-plain'), ofChart);
  bench.aim('Fleet / plain cdk8s, CPU', fleet.cpu / plain.cpu, 1 / 50);
  bench.aim('FastApp / plain cdk8s, CPU', rows[FAST].cpu / plain.cpu, 1 / 20);
  return undefined;
}

async function grow(bench: Bench): Promise<void> {
  const [one, small, large] = [
    (await bench.race(1, { Fleet: bench.ours('fleet', 1) })).Fleet,
    (await bench.race(SMALL, { Fleet: bench.ours('fleet', SMALL) })).Fleet,
    (await bench.race(LARGE, { Fleet: bench.ours('fleet', LARGE) })).Fleet,
  ];
  bench.aim(`Fleet, CPU for each model at ${LARGE} / at ${SMALL}`, large.cpu / LARGE / (small.cpu / SMALL), 1.3);
  const added = (row: Row) => (row.cpu - one.cpu) / row.models;
  bench.aim('the same without start-up', added(large) / added(small), 1.3);
  const fastSmall = (await bench.race(SMALL, { [FAST]: bench.charts('fast', SMALL) }))[FAST];
  const fastLarge = (await bench.race(LARGE, { [FAST]: bench.charts('fast', LARGE) }, 1))[FAST];
  bench.aim(`FastApp, CPU for each chart at ${LARGE} / at ${SMALL}`, fastLarge.cpu / LARGE / (fastSmall.cpu / SMALL), 1.3);
  bench.aim(`Fleet, MB at ${LARGE} models`, large.megabytes, 600);

  const sampled: Cost[] = [];
  for (let index = 0; index < SAMPLED_CLUSTERS; index++) {
    const cluster = Math.round(index * (CLUSTERS - 1) / (SAMPLED_CLUSTERS - 1));
    sampled.push(await bench.ours('fleet', MODELS_OF_A_CLUSTER, cluster * MODELS_OF_A_CLUSTER)());
  }
  const cluster = medianCost(sampled);
  bench.rows.push({ what: `one of ${CLUSTERS} clusters, Fleet, ${SAMPLED_CLUSTERS} sampled`, models: MODELS_OF_A_CLUSTER, ...cluster });
  const slope = added({ what: '', models: MODELS_OF_A_CLUSTER, ...cluster }) * 1000;
  console.log(`${CLUSTERS * MODELS_OF_A_CLUSTER} models over ${CLUSTERS} clusters: ${slope.toFixed(2)} ms of CPU for each model more, `
    + `${(cluster.cpu * CLUSTERS).toFixed(0)} s of CPU for all, ${cluster.megabytes.toFixed(0)} MB at a time`);
}

async function startUp(bench: Bench): Promise<void> {
  const required = async (module: string) => (await bench.node(`require(${module})`)()).cpu;
  const differences: number[] = [];
  for (let run = 0; run < 15; run++) {
    const base = await required('"cdk8s"');
    differences.push(await required('process.env.BENCH_LIB') - base);
  }
  bench.aim('import of the library, ms of CPU beyond cdk8s', median(differences) * 1000, 60);

  const hello = (library: string) => `const { App, Chart, ApiObject } = require('cdk8s');${library}
const app = new App();
new ApiObject(new Chart(app, 'hello'), 'config', { apiVersion: 'v1', kind: 'ConfigMap', data: { hello: 'world' } });
app.synth();\n`;
  writeApp(bench.path('without'), hello(''));
  writeApp(bench.path('with'), hello('\nrequire(process.env.BENCH_LIB);'));
  const [without, withUs]: [number[], number[]] = [[], []];
  for (let run = 0; run < 9; run++) {
    without.push((await bench.cdk8s('without')()).cpu);
    withUs.push((await bench.cdk8s('with')()).cpu);
  }
  bench.aim('cdk8s synth of a small app, with / without the library, CPU', median(withUs) / median(without), 1.1);
}

/** Charts cannot have a dot in their names. */
function ofChart(file: string): string {
  return file.slice(file.indexOf('.') + 1);
}

/** Total size of the files of two folders, which must be the same, but for what only one of them lists. */
function same(one: string, other: string, otherName = (name: string) => name): number {
  const names = readdirSync(one).sort();
  let total = 0;
  for (const name of names) {
    if (!readFileSync(join(one, name)).equals(readFileSync(join(other, otherName(name))))) throw new Error(`${name} is not the same`);
    total += statSync(join(one, name)).size;
  }
  return total;
}

function report({ rows, targets }: Bench): void {
  const table = (header: string[], lines: string[][]) => console.log(['', header, header.map(() => '---'), ...lines]
    .map((line) => (typeof line === 'string' ? line : `| ${line.join(' | ')} |`)).join('\n'));
  table(['models', 'what', 'CPU s', 'wall s', 'ms of CPU for each model', 'peak MB'], rows.map(({ models, what, cpu, wall, megabytes }) => [
    String(models), what, cpu.toFixed(2), wall.toFixed(2), (cpu * 1000 / models).toFixed(2), megabytes.toFixed(0),
  ]));
  table(['target', 'measured', 'at most', ''], targets.map(({ what, value, most }) => [what, value.toFixed(3), most.toFixed(3), value <= most ? 'met' : 'MISSED']));
  console.log(`\nnode ${process.version}, ${cpus().length} × ${cpus()[0].model}, files in ${existsSync('/dev/shm') ? 'memory' : tmpdir()}`);
  if (targets.some(({ value, most }) => !(value <= most))) process.exitCode = 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
