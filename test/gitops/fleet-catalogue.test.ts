import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { FleetCatalogue } from '../../src/gitops';
import { COLUMNS, FAMILIES } from '../../src/gitops/catalogue/columns';
import { readCsv } from '../../src/gitops/catalogue/read-csv';

const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const read = (name: string, text: string) => FleetCatalogue.read(fileOf(name, text));

test('the smallest catalogue', () => {
  const { models } = read('a.csv', 'name,model,engine\nqwen,Qwen/Qwen3-0.6B,vllm\n');
  expect(models.map(({ name, _manifest }) => [name, _manifest.spec])).toEqual([['qwen', { model: { id: 'Qwen/Qwen3-0.6B' }, engine: { type: 'vllm' } }]]);
});

test('every column goes to its field', () => {
  const catalogue = read('b.csv', [
    '\ufeff# models of the year',
    'name,namespace,team,cluster,model,replicas,gpus,trustRemoteCode,args.max-num-seqs,args.served,env.A,nodeSelector.gpu/kind,extraArgs,prefillReplicas',
    '',
    'a,n,red,eu,"x, ""y""",2,0,yes,64,,1,h100,--a  --b,3',
    'b,,,,m,,,,,,,,,',
  ].join('\r\n'));
  expect(catalogue.models[0]).toMatchObject({ name: 'a', team: 'red', cluster: 'eu', location: join(folder, 'b.csv:4') });
  expect(catalogue.models[0]._manifest).toEqual({
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name: 'a', namespace: 'n' },
    spec: {
      model: { id: 'x, "y"' },
      scaling: { replicas: 2, prefill: { replicas: 3 } },
      resources: { gpu: { count: 0 } },
      engine: { trustRemoteCode: true, args: { 'max-num-seqs': '64' }, extraArgs: ['--a', '--b'] },
      env: [{ name: 'A', value: '1' }],
      nodeSelector: { 'gpu/kind': 'h100' },
    },
  });
  expect(catalogue.models[1]._manifest.spec).toEqual({ model: { id: 'm' } });
  expect([catalogue.clusters, catalogue.teams]).toEqual([['eu'], ['red']]);
});

test('lists in JSON and YAML hold the same', () => {
  const models = [{ name: 'a', model: 'm', replicas: 2, args: { b: 1 }, trustRemoteCode: false, extraArgs: ['x y'] }];
  const spec = { model: { id: 'm' }, scaling: { replicas: 2 }, engine: { args: { b: '1' }, trustRemoteCode: false, extraArgs: ['x y'] } };
  for (const catalogue of [read('c.json', JSON.stringify(models)), read('d.yaml', JSON.stringify({ models }))]) {
    expect(catalogue.models.map(({ _manifest }) => _manifest.spec)).toEqual([spec]);
  }
});

const manifest = (name: string, labels = '{}') => `apiVersion: airunway.ai/v1alpha1\nkind: ModelDeployment\nmetadata: { name: ${name}, labels: ${labels} }\nspec: { model: { id: m } }\n`;

test('a folder of manifests, tables and others', () => {
  const path = join(folder, 'folder');
  mkdirSync(join(path, 'sub'), { recursive: true });
  writeFileSync(join(path, 'b.yaml'), `${manifest('b', '{ cdk8s-inference-gateway/team: red, cdk8s-inference-gateway/cluster: eu }')}---\n${manifest('c')}`);
  writeFileSync(join(path, 'sub', 'a.yml'), manifest('a'));
  writeFileSync(join(path, 'sub', 'more.csv'), 'name,cluster\nd,us\n');
  writeFileSync(join(path, 'gateway.yaml'), 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: g }\nspec: { listeners: [] }\n');
  const catalogue = FleetCatalogue.read(path);
  expect(catalogue.models.map(({ name, team, cluster }) => [name, team, cluster])).toEqual([
    ['d', undefined, 'us'], ['b', 'red', 'eu'], ['c', undefined, undefined], ['a', undefined, undefined],
  ]);
  expect(catalogue.others.map(({ kind }) => kind)).toEqual(['Gateway']);
  expect(catalogue.ofCluster('eu').models.map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  expect(catalogue.ofTeam('red').models.map(({ name }) => name)).toEqual(['b']);
});

test('one manifest, and manifests in a list', () => {
  expect(read('e.yaml', manifest('a')).models[0].name).toBe('a');
  expect(read('f.yaml', '- kind: ModelDeployment\n  metadata: { name: a }\n- { name: b }\n').models.map(({ name }) => name)).toEqual(['b', 'a']);
});

test('gives its models one after the other, and again', () => {
  const catalogue = read('g.csv', 'name\na\nb\n');
  const names = () => { const found = []; for (let model = catalogue.next(); model; model = catalogue.next()) found.push(model.name); return found; };
  expect([names(), names()]).toEqual([['a', 'b'], ['a', 'b']]);
});

describe('fails', () => {
  test.each([
    ['an unknown column', 'x.csv', 'name,colour\na,red\n', /x\.csv:2 colour: is no column of a catalogue; allowed: name, namespace, .*args\.<key>.*; correct its name/],
    ['a number that is none', 'x.csv', 'name,replicas\na,two\nb,1.5\n', /x\.csv:2 replicas is "two": cannot be read; allowed: whole numbers(.|\n)*x\.csv:3 replicas is "1\.5"/],
    ['a flag that is none', 'x.csv', 'name,enforceEager\na,maybe\n', /enforceEager is "maybe": cannot be read; allowed: true, false, yes, no/],
    ['a missing name', 'x.csv', 'name,model\n,m\n', /x\.csv:2 name: is missing/],
    ['missing cells', 'x.csv', 'name,model\na\n', /x\.csv:2: has 1 cells, and there are 2 columns/],
    ['a column twice', 'x.csv', 'name,name\na,b\n', /x\.csv:1 name: is the name of two columns/],
    ['an open quote', 'x.csv', 'name\n"a\n', /x\.csv:2: has a quote that is not closed/],
    ['no line', 'x.csv', '\n', /x\.csv: is empty/],
    ['no model', 'x.csv', 'name\n', /x\.csv: holds no model/],
    ['broken YAML', 'x.yaml', 'a: [', /x\.yaml:1: is not YAML/],
    ['something else', 'x.yaml', 'a: 1\n', /x\.yaml: is no list of models/],
    ['a list of something else', 'x.json', '[1]', /x\.json models\[0\] is 1: is no model/],
    ['a list in text', 'x.json', '[{"name":"a","extraArgs":[1]}]', /extraArgs is \[1\]: cannot be read; allowed: words/],
    ['another kind of file', 'x.txt', '', /x\.txt: is no catalogue; allowed: a folder, or a \.csv/],
  ])('%s', (_, name, text, message) => {
    expect(() => read(name, text)).toThrow(message);
  });

  test('no file at all, an empty folder', () => {
    expect(() => FleetCatalogue.read(join(folder, 'nothing.csv'))).toThrow(/IGW805 .*nothing\.csv: is not a file or a folder/);
    mkdirSync(join(folder, 'empty'));
    expect(() => FleetCatalogue.read(join(folder, 'empty'))).toThrow(/holds no file of a catalogue/);
  });
});

test('any cells come back as they were', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'ä', '1') });
  fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
    const quote = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    const text = ['x,y', ...rows.map(([a, b]) => `${quote(a)},${quote(b)}`)].join('\n');
    const expected = rows.filter((row) => row.some((value) => value.trim() !== ''));
    expect(readCsv(text, 's')).toMatchObject({ mistakes: [], rows: expected.map(([x, y]) => ({ cells: { x, y } })) });
  }));
});

test('the page of fleets names every column', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'fleet.md'), 'utf8');
  const names = [...Object.keys(COLUMNS), ...Object.keys(FAMILIES).map((family) => `${family}.<key>`)];
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
