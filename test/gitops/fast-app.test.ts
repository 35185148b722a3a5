import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, AppProps, Chart, JsonPatch, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import fc from 'fast-check';
import { FastApp } from '../../src/gitops';

const TYPES = [
  YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fast-app-'));
  folders.push(folder);
  return folder;
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** What an app writes: files by name, in the end its text, or the message it fails with. */
function written(app: App): unknown {
  try {
    app.synth();
    const files = readdirSync(app.outdir, { recursive: true, encoding: 'utf8' }).sort()
      .map((name) => [name, statSync(join(app.outdir, name)).isDirectory() || readFileSync(join(app.outdir, name), 'utf8')]);
    return [...files, app.synthYaml()];
  } catch (error) {
    return (error as Error).message;
  }
}

/** Builds the same with cdk8s' App and with ours, and expects the same to be written. */
function expectSame(build: (app: App) => void, props: AppProps = {}): void {
  for (const yamlOutputType of TYPES) {
    const [plain, fast] = [App, FastApp].map((AppClass) => {
      const app = new AppClass({ ...props, yamlOutputType, outdir: newFolder() });
      build(app);
      return written(app);
    });
    expect(fast).toEqual(plain);
  }
}

function config(scope: Construct, id: string, more: object = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', ...more });
}

test('an empty app', () => {
  expectSame(() => undefined);
});

test('charts and objects come in the order they are made in, whole numbers first', () => {
  expectSame((app) => {
    for (const id of ['b', '10', 'a', '9', '01', 'x/y']) {
      const chart = new Chart(new Construct(app, `group-${id.replace('/', '')}`), id.replace('/', '-'), { namespace: 'n', labels: { a: 'b' } });
      ['z', '2', '1', 'a'].forEach((name) => config(chart, name, { data: { b: 'no', a: '1' } }));
    }
    new Chart(app, '10');
    config(new Chart(app, '9'), 'a');
  });
});

test('tokens, resolvers, patches, nulls and sorting are those of cdk8s', () => {
  const resolver = { resolve: (context: any) => { if (context.value === 'swap') context.replaceValue({ swapped: [1, null] }); } };
  const build = (app: App) => {
    const chart = new Chart(app, 'chart');
    config(chart, 'a', { data: { z: Lazy.any({ produce: () => ({ b: 'lazy', a: undefined }) }), y: 'swap', x: null } });
    config(chart, 'b', { data: { list: [null, 1] } }).addJsonPatch(JsonPatch.add('/data/more', { z: 1, a: null }));
    chart.toJson = function toJson() { return [...Chart.prototype.toJson.call(this), { kind: 'Extra', metadata: { name: 'e' } }]; };
    config(new Chart(app, 'other'), 'c').metadata.addLabel('a', 'b');
  };
  expectSame(build, { resolvers: [resolver], outputFileExtension: '.yml', recordConstructMetadata: true });
});

test('what does not validate is said in the words of cdk8s, each once', () => {
  let runs = 0;
  expectSame((app) => {
    for (const id of ['a', 'b', 'c']) {
      const object = config(new Chart(app, id), 'x');
      object.node.addValidation({ validate: () => { runs++; return [`${id} is wrong`, 'twice']; } });
    }
  });
  runs = 0;
  const app = new FastApp({ outdir: newFolder() });
  config(new Chart(app, 'a'), 'x').node.addValidation({ validate: () => { runs++; return []; } });
  new Chart(app, 'b');
  app.synth();
  expect(runs).toBe(1);
});

test('a circle of dependencies is said in the words of cdk8s', () => {
  expectSame((app) => {
    const [a, b] = ['a', 'b'].map((id) => new Chart(app, id));
    config(a, 'x').addDependency(config(b, 'y'));
    b.addDependency(a);
  });
  expectSame((app) => {
    const chart = new Chart(app, 'a');
    const [x, y, z] = ['x', 'y', 'z'].map((id) => config(chart, id));
    x.addDependency(y);
    y.addDependency(z);
    z.addDependency(x);
  });
});

test('a dependency on what is in no chart fails as with cdk8s', () => {
  expectSame((app) => {
    new Chart(app, 'a').addDependency(new Construct(app, 'nowhere'));
  });
});

interface Shape {
  readonly kinds: readonly ('chart' | 'group' | 'object')[];
  readonly parents: readonly number[];
  readonly ids: readonly number[];
  readonly edges: readonly (readonly [number, number])[];
}

const shapes: fc.Arbitrary<Shape> = fc.integer({ min: 2, max: 11 }).chain((size) => fc.record({
  kinds: fc.array(fc.constantFrom('chart' as const, 'group' as const, 'object' as const, 'object' as const), { minLength: size, maxLength: size }),
  parents: fc.array(fc.nat(), { minLength: size, maxLength: size }),
  ids: fc.array(fc.nat({ max: 5 }), { minLength: size, maxLength: size }),
  edges: fc.array(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })), { maxLength: 5 }),
}));

/** A tree whose charts and objects depend on each other in any way. */
function grow(app: App, { kinds, parents, ids, edges }: Shape): void {
  const made: IConstruct[] = [];
  kinds.forEach((kind, index) => {
    const hosts = [app, ...made].filter((host) => kind !== 'object' || host.node.scopes.some(Chart.isChart));
    if (hosts.length === 0) return;
    const scope = hosts[parents[index] % hosts.length] as Construct;
    const id = ids[index] === 0 ? `${index}` : `${'zyxwv'[ids[index] - 1]}${index}`;
    if (kind === 'chart') made.push(new Chart(scope, id));
    else made.push(kind === 'group' ? new Construct(scope, id) : config(scope, id));
  });
  edges.filter(([from, to]) => made[from] && made[to] && from !== to).forEach(([from, to]) => made[from].node.addDependency(made[to]));
}

test('any tree with any dependencies gives the files of cdk8s', () => {
  fc.assert(fc.property(shapes, (shape) => expectSame((app) => grow(app, shape))), { numRuns: 250 });
});

test('a long chain of charts takes no time to speak of', () => {
  const app = new FastApp({ outdir: newFolder() });
  const charts = Array.from({ length: 400 }, (_, index) => new Chart(app, `c${index}`));
  charts.forEach((chart, index) => {
    for (let object = 0; object < 10; object++) config(chart, `o${object}`);
    if (index > 0) charts[index - 1].addDependency(chart);
  });
  app.synth();
  const names = readdirSync(app.outdir);
  expect(names).toHaveLength(400);
  expect(names[0]).toBe('0000-c399.k8s.yaml');
});

test('a file with the same bytes keeps its time of change', () => {
  const outdir = newFolder();
  const synth = (value: string) => {
    const app = new FastApp({ outdir });
    config(new Chart(app, 'same'), 'x', { data: { a: 'b' } });
    config(new Chart(app, 'other'), 'x', { data: { a: value } });
    app.synth();
  };
  synth('1');
  const old = new Date(1000);
  readdirSync(outdir).forEach((name) => utimesSync(join(outdir, name), old, old));
  synth('2');
  expect(statSync(join(outdir, 'same.k8s.yaml')).mtimeMs).toBe(1000);
  expect(statSync(join(outdir, 'other.k8s.yaml')).mtimeMs).toBeGreaterThan(1000);
});

test('an app of another making is synthesized too', () => {
  const app = Testing.app();
  config(new Chart(app, 'chart'), 'x');
  FastApp.synthesize(app);
  expect(readdirSync(app.outdir)).toEqual(['chart.k8s.yaml']);
});
