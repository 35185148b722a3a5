import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration, Lazy, Size, Testing } from 'cdk8s';
import { warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { FastApp, Fleet, FleetLayout, FleetModel, FleetProps, IFleetSource } from '../../src/gitops';
import { StreamedFile } from '../../src/gitops/files/streamed-file';
import { Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering, Serving } from '../../src/model';
import { EndpointPickerMonitoring } from '../../src/pool';
import { ProviderGateway } from '../../src/provider';

interface Site {
  readonly app: App;
  readonly gateway: InferenceGateway;
  readonly platform: Chart;
}

function siteOf(implementation = GatewayImplementation.istio(), app = Testing.app()): Site {
  const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
  const gateway = new InferenceGateway(platform, 'gateway', { implementation });
  gateway.addBodyBasedRouter();
  return { app, platform, gateway };
}

const model = (servedName: string, more: Partial<ModelDeploymentProps> = {}): ModelDeploymentProps => ({
  model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName }), engine: Engine.vllm(), ...more,
});

function quietly<T>(run: () => T): { result: T; stderr: string } {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const result = run();
    return { result, stderr: write.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    write.mockRestore();
  }
}

function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile()).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function fleetOf(props: Partial<FleetProps> = {}, site = siteOf()) {
  const provider = props.provider ?? ProviderGateway.vllm(site.platform, 'vllm');
  return { ...site, fleet: new Fleet(site.app, 'fleet', { gateway: site.gateway, provider, ...props }) };
}

test('the smallest fleet', () => {
  const { app, fleet } = fleetOf();
  fleet.addModel(FleetModel.of('qwen3', model('qwen3', { namespace: 'team-a' })));
  const report = fleet.write();
  app.synth();
  expect(report).toEqual({ models: 1, written: ['team-a.qwen3.k8s.yaml'], unchanged: 0, deleted: [] });
  expect(readdirSync(fleet.outdir)).toEqual(['.fleet-files', 'team-a.qwen3.k8s.yaml']);
  expect(readFileSync(join(app.outdir, 'platform.k8s.yaml'), 'utf8')).toContain('            - team-a\n');
});

describe('the bytes are those of a chart for each model through cdk8s', () => {
  const OPTIONS: Record<string, (site: Site) => (Partial<ModelDeploymentProps>)[]> = {
    'every provider': ({ platform }) => [
      { provider: ProviderGateway.vllm(platform, 'vllm') },
      { provider: ProviderGateway.llmd(platform, 'llmd') },
      { provider: ProviderGateway.kuberay(platform, 'kuberay') },
      { provider: ProviderGateway.kaito(platform, 'kaito') },
      { provider: ProviderGateway.dynamo(platform, 'dynamo'), engine: Engine.sglang() },
    ],
    'pools of a provider that several models share': ({ platform }) => {
      const gateway = { managesInferencePool: true, inferencePoolNamePattern: 'shared', inferencePoolNamespace: 'pools' };
      const provider = ProviderGateway.dynamo(platform, 'dynamo', { gateway });
      const endpointPickerService = { name: 'shared-epp' };
      return [1, 2, 3].map(() => ({ provider, endpointPickerService, engine: Engine.vllm() }));
    },
    'routes of their own and none': ({ platform }) => {
      const provider = ProviderGateway.vllm(platform, 'vllm');
      return [{ provider, httpRouteRef: 'mine' }, { provider, gatewayEnabled: false }, { provider, gateway: undefined }];
    },
    'both renderings, nulls that take fields away': ({ platform }) => {
      const provider = ProviderGateway.vllm(platform, 'vllm');
      const rendering = Rendering.CONTROLLER;
      return [{ provider }, { provider, rendering }, { provider, rendering, providerOverrides: { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } } }];
    },
    'whatever a pod takes': ({ platform }) => {
      const provider = ProviderGateway.llmd(platform, 'llmd');
      return [{
        provider,
        serving: Serving.disaggregated({
          prefill: { replicas: 2, gpus: 1, memory: Size.gibibytes(8) }, decode: { replicas: 1, gpus: 2, memory: Size.gibibytes(8) },
        }),
      }, {
        provider,
        resources: { gpus: 2, memory: Size.gibibytes(32), cpu: '4' },
        env: [{ name: 'ODD', value: 'yes' }, { name: 'LINES', value: 'a\n b\n' }, { name: 'FROM', fromSecret: { name: 's', key: '0o7x' } }],
        podLabels: { a: 'no' },
        tolerations: [{ key: 'gpu', operator: 'Exists' }],
        huggingFaceTokenSecretName: 'token',
        timeout: Duration.minutes(10),
        endpointPicker: { monitoring: EndpointPickerMonitoring.serviceMonitor(), podDisruptionBudget: true, networkPolicy: {}, replicas: 2 },
        providerOverrides: { spec: { revisionHistoryLimit: Lazy.any({ produce: () => 3 }) } },
      }];
    },
  };
  const IMPLEMENTATIONS = [GatewayImplementation.istio(), GatewayImplementation.gke(), GatewayImplementation.envoyGateway()];

  const CASES = Object.keys(OPTIONS).flatMap((name) => (
    IMPLEMENTATIONS.map((implementation) => [name, implementation.gatewayClassName, implementation] as const)));

  test.each(CASES)(
    '%s, %s',
    (name, _, implementation) => {
      const plain = siteOf(implementation);
      OPTIONS[name](plain).forEach((props, index) => {
        const chart = new Chart(plain.app, `n${index}`, { namespace: `n${index}` });
        new ModelDeployment(chart, `m${index}`, { gateway: plain.gateway, ...model(`m${index}`), ...props });
      });
      const ours = siteOf(implementation);
      const fleet = new Fleet(ours.app, 'fleet', { gateway: ours.gateway });
      OPTIONS[name](ours).forEach((props, index) => {
        fleet.addModel(FleetModel.of(`m${index}`, { ...model(`m${index}`), ...props, namespace: `n${index}` }));
      });
      quietly(() => {
        plain.app.synth();
        fleet.write();
        ours.app.synth();
      });
      const { 'platform.k8s.yaml': platform, ...models } = filesOf(plain.app.outdir);
      const { '.fleet-files': _list, ...files } = filesOf(fleet.outdir);
      expect(Object.values(files)).toEqual(Object.values(models));
      expect(filesOf(ours.app.outdir)['platform.k8s.yaml']).toBe(platform);
      expect(warningsOf(ours.app).map((line) => line.replace(/^\S+ \S+ /, ''))).toEqual(
        [...new Set(warningsOf(plain.app).map((line) => line.replace(/^\S+ \S+ /, '')))],
      );
    },
  );

  test('manifests', () => {
    const manifest = {
      apiVersion: 'airunway.ai/v1alpha1',
      kind: 'ModelDeployment',
      metadata: { name: 'm', namespace: 'n' },
      spec: { model: { id: 'a/b' }, engine: { type: 'vllm' }, provider: { name: 'vllm' } },
    };
    const plain = siteOf();
    ModelDeployment.fromManifest(new Chart(plain.app, 'm'), 'm', manifest, { gateway: plain.gateway });
    plain.app.synth();
    const { app, fleet } = fleetOf();
    fleet.addModel(FleetModel.fromManifest(manifest));
    const undecided = { ...manifest, metadata: { name: 'u', namespace: 'n' }, spec: { model: { id: 'a/b' }, resources: { gpu: { count: 1 } } } };
    fleet.addModel(FleetModel.fromManifest(undecided));
    fleet.write();
    app.synth();
    expect(filesOf(fleet.outdir)['n.m.k8s.yaml']).toBe(filesOf(plain.app.outdir)['m.k8s.yaml']);
    expect(filesOf(fleet.outdir)['n.u.k8s.yaml']).toContain('vllm');
  });

  test('with resolvers of the app', () => {
    const resolver = { resolve: (context: any) => { if (context.value === 'REGISTRY/x') context.replaceValue('registry/x'); } };
    const props = (site: Site) => model('m', { provider: ProviderGateway.vllm(site.platform, 'vllm'), engine: Engine.vllm({ image: 'REGISTRY/x' }), namespace: 'n' });
    const plain = siteOf(undefined, Testing.app({ resolvers: [resolver] }));
    new ModelDeployment(new Chart(plain.app, 'm'), 'm', { ...props(plain), gateway: plain.gateway });
    plain.app.synth();
    const ours = siteOf(undefined, Testing.app({ resolvers: [resolver] }));
    const fleet = new Fleet(ours.app, 'fleet', { gateway: ours.gateway });
    fleet.addModel(FleetModel.of('m', props(ours)));
    fleet.write();
    expect(filesOf(fleet.outdir)['n.m.k8s.yaml']).toBe(filesOf(plain.app.outdir)['m.k8s.yaml']);
    expect(filesOf(fleet.outdir)['n.m.k8s.yaml']).toContain('registry/x');
  });
});

describe('layouts', () => {
  test.each([
    [FleetLayout.FILE_PER_MODEL, ['n1.a.yml', 'n1.b.yml', 'n2.c.yml']],
    [FleetLayout.FOLDER_PER_TEAM, ['n2/n2.c.yml', 'red/n1.a.yml', 'red/n1.b.yml']],
    [FleetLayout.FILE_PER_TEAM, ['n2.yml', 'red.yml']],
    [FleetLayout.ONE_FILE, ['models.yml']],
  ])('%s', (layout, names) => {
    const { fleet } = fleetOf({ layout, outputFileExtension: '.yml' });
    fleet.addModel(FleetModel.of('a', model('a', { namespace: 'n1' }), { team: 'red' }));
    fleet.addModel(FleetModel.of('c', model('c', { namespace: 'n2' })));
    fleet.addModel(FleetModel.of('b', model('b', { namespace: 'n1' }), { team: 'red' }));
    fleet.write();
    const { '.fleet-files': list, ...files } = filesOf(fleet.outdir);
    expect(Object.keys(files)).toEqual(names);
    expect(list.split('\n').slice(1, -1)).toEqual(names);
    expect(Object.values(files).join('---\n').split('---\n')).toHaveLength(33);
  });

  test('large files are written in parts and left alone when they are the same', () => {
    const path = join(Testing.app().outdir, 'large');
    const write = (...parts: string[]) => {
      const file = new StreamedFile(path);
      parts.forEach((part) => file.append(Buffer.from(part)));
      return [file.end(), readFileSync(path, 'utf8')];
    };
    expect(write('ab', 'cd')).toEqual([true, 'abcd']);
    utimesSync(path, 1, 1);
    expect(write('a', 'bcd')).toEqual([false, 'abcd']);
    expect(statSync(path).mtimeMs).toBe(1000);
    expect(write('ab', 'c')).toEqual([true, 'abc']);
    expect(write('ab', 'x', 'yz')).toEqual([true, 'abxyz']);
    expect(write('ab', 'xyzzy')).toEqual([true, 'abxyzzy']);
    expect(readdirSync(join(path, '..'))).toEqual(['large']);
  });
});

describe('written again', () => {
  function write(outdir: string, names: readonly string[], servedName = 'x'): ReturnType<Fleet['write']> {
    const { fleet } = fleetOf({ outdir, layout: FleetLayout.FOLDER_PER_TEAM });
    names.forEach((name) => fleet.addModel(FleetModel.of(name, model(name === 'a' ? servedName : name, { namespace: name }))));
    return fleet.write();
  }

  test('only what changed is touched, and only what is ours is deleted', () => {
    const { outdir } = Testing.app();
    write(outdir, ['a', 'b', 'c']);
    writeFileSync(join(outdir, 'README.md'), 'mine');
    mkdirSync(join(outdir, 'other'));
    writeFileSync(join(outdir, 'other', 'd.k8s.yaml'), 'mine');
    ['a', 'b'].forEach((name) => utimesSync(join(outdir, name, `${name}.${name}.k8s.yaml`), 1, 1));
    expect(write(outdir, ['a', 'b'], 'y')).toEqual({ models: 2, written: ['a/a.a.k8s.yaml'], unchanged: 1, deleted: ['c/c.c.k8s.yaml'] });
    expect(statSync(join(outdir, 'b/b.b.k8s.yaml')).mtimeMs).toBe(1000);
    expect(readdirSync(outdir).sort()).toEqual(['.fleet-files', 'README.md', 'a', 'b', 'other']);
    const list = join(outdir, '.fleet-files');
    utimesSync(list, 1, 1);
    expect(write(outdir, ['b', 'a'], 'y')).toMatchObject({ written: [], unchanged: 2, deleted: [] });
    expect(statSync(list).mtimeMs).toBe(1000);
  });

  test('a list that leads out of the folder deletes nothing there', () => {
    const { outdir } = Testing.app();
    const inner = join(outdir, 'inner');
    write(inner, ['a']);
    writeFileSync(join(outdir, 'precious'), 'x');
    writeFileSync(join(inner, '.fleet-files'), `a/a.a.k8s.yaml\n../precious\n${outdir}/precious\n`);
    expect(write(inner, ['a']).deleted).toEqual([]);
    expect(existsSync(join(outdir, 'precious'))).toBe(true);
  });

  test('fails when a file of somebody else is in the way, and takes one with the same bytes', () => {
    const { outdir } = Testing.app();
    write(outdir, ['a', 'b']);
    rmSync(join(outdir, '.fleet-files'));
    expect(write(outdir, ['a', 'b']).unchanged).toBe(2);
    rmSync(join(outdir, '.fleet-files'));
    writeFileSync(join(outdir, 'a/a.a.k8s.yaml'), 'mine');
    expect(() => write(outdir, ['a', 'b', 'c'])).toThrow(/IGW803 outdir is .*a\/a\.a\.k8s\.yaml": is there, holds something else.*\.fleet-files/);
    expect(existsSync(join(outdir, 'c'))).toBe(false);
    expect(readFileSync(join(outdir, 'a/a.a.k8s.yaml'), 'utf8')).toBe('mine');
  });

  test('fails when there are no models and there were some', () => {
    const { outdir } = Testing.app();
    expect(write(outdir, []).models).toBe(0);
    write(outdir, ['a']);
    expect(() => write(outdir, [])).toThrow(/IGW804 models: is empty, and 1 files .* would be deleted, a\/a\.a\.k8s\.yaml for example; add the models/);
    expect(existsSync(join(outdir, 'a/a.a.k8s.yaml'))).toBe(true);
  });
});

describe('nothing is written when', () => {
  function sourceOf(...models: FleetModel[]): IFleetSource {
    return { next: () => models.shift() };
  }

  test('fails with the mistakes of all models of a source', () => {
    const { fleet } = fleetOf();
    const wrong = (replicas: number) => model('x', { replicas, namespace: 'n' });
    expect(() => fleet.addModels(sourceOf(
      FleetModel.of('a', wrong(-1), { location: 'models.csv:2' }),
      FleetModel.of('b', model('b', { namespace: 'n' })),
      FleetModel.of('c', wrong(1.5)),
      FleetModel.fromManifest({ kind: 'Pod', metadata: { name: 'd' } }),
    ))).toThrow(/models\.csv:2 fleet\/n\.a: 1 mistake\n.*IGW201 .*\n.*fleet\/n\.c: .*\n.*\n.*fleet\/default\.d: .*\n.*IGW601/);
    expect(existsSync(fleet.outdir)).toBe(false);
    expect(fleet.size).toBe(1);
  });

  test('fails when a model is there twice', () => {
    const { fleet } = fleetOf();
    fleet.addModel(FleetModel.of('a', model('a'), { location: 'one.csv:3' }));
    expect(() => fleet.addModel(FleetModel.of('a', model('b'), { location: 'two.csv:4' })))
      .toThrow(/two\.csv:4 fleet\/default\.a.*\n.*IGW801 name is "default\/a": is in the fleet already: one\.csv:3; remove one/);
  });

  test('fails when two models make one object, and names both', () => {
    const { fleet } = fleetOf();
    ['a', 'a-epp'].forEach((name) => fleet.addModel(FleetModel.of(name, model(name))));
    expect(() => fleet.write()).toThrow('IGW103 Deployment.apps default/a-epp is rendered by both fleet/default.a and fleet/default.a-epp');
    expect(() => fleet.write()).toThrow('IGW103');
    expect(existsSync(fleet.outdir)).toBe(false);
  });

  test('fails when a chart makes the same object', () => {
    const { app, gateway, platform, fleet } = fleetOf();
    new ModelDeployment(new Chart(app, 'c'), 'a', { ...model('a'), gateway, provider: ProviderGateway.vllm(platform, 'more') });
    fleet.addModel(FleetModel.of('a', model('b')));
    expect(() => fleet.write()).toThrow('IGW103 Deployment.apps default/a is rendered by both c/a/Resource and fleet/default.a');
  });

  test('fails when a team is no file name', () => {
    const { fleet } = fleetOf({ layout: FleetLayout.FILE_PER_TEAM });
    for (const team of ['../x', 'A', 'a/b', '', '.a', 'a'.repeat(201)]) {
      expect(() => fleet.addModel(FleetModel.of('a', model('a'), { team }))).toThrow(/IGW802 team is .*: is no name of a file or folder; allowed: lower-case/);
    }
  });
});

test('tokens are resolved when it is written', () => {
  const { fleet } = fleetOf();
  let value = 1;
  const providerOverrides = { spec: { revisionHistoryLimit: Lazy.any({ produce: () => value }) } };
  fleet.addModel(FleetModel.of('a', model('a', { providerOverrides })));
  value = 7;
  fleet.write();
  expect(filesOf(fleet.outdir)['default.a.k8s.yaml']).toContain('revisionHistoryLimit: 7');
});

test('warns when the app is synthesized without it', () => {
  const { app, fleet } = fleetOf();
  fleet.addModel(FleetModel.of('a', model('a')));
  expect(quietly(() => app.synth()).stderr).toMatch(/warning fleet: IGW806 fleet is 1: .* call its write\(\) before synth\(\)/);
});

test('progress is shown on a terminal when it takes longer than a second', () => {
  const { fleet } = fleetOf();
  ['a', 'b'].forEach((name) => fleet.addModel(FleetModel.of(name, model(name))));
  const isTty = process.stderr.isTTY;
  process.stderr.isTTY = true;
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 800));
  try {
    expect(quietly(() => fleet.write()).stderr).toBe('\rfleet: wrote 2 of 2\r\u001b[K');
  } finally {
    clock.mockRestore();
    process.stderr.isTTY = isTty;
  }
});

test('progress is shown while models come in, too', () => {
  const { fleet } = fleetOf();
  const models = ['a', 'b', 'c'].map((name) => FleetModel.of(name, model(name)));
  const isTty = process.stderr.isTTY;
  process.stderr.isTTY = true;
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 400));
  try {
    expect(quietly(() => fleet.addModels({ next: () => models.shift() })).stderr).toBe('\rfleet: checked 3\r\u001b[K');
  } finally {
    clock.mockRestore();
    process.stderr.isTTY = isTty;
  }
});

describe('models from anything that a loop goes through', () => {
  async function* pages() {
    for (const name of ['a', 'b']) {
      await Promise.resolve();
      yield FleetModel.of(name, model(name));
    }
  }

  test('an async generator, an array', async () => {
    const { fleet } = fleetOf();
    await fleet.addModelsFrom(pages());
    await fleet.addModelsFrom([FleetModel.of('c', model('c'))]);
    expect(fleet.write().written).toEqual(['default.a.k8s.yaml', 'default.b.k8s.yaml', 'default.c.k8s.yaml']);
  });

  test('fails with the mistakes of all, and for what is no model', async () => {
    const { fleet } = fleetOf();
    await fleet.addModelsFrom(pages());
    await expect(fleet.addModelsFrom([FleetModel.of('a', model('a')), { name: 'x' }, FleetModel.of('d', model('d', { replicas: -1 }))]))
      .rejects.toThrow(/fleet\/default\.a(.|\n)*IGW801(.|\n)*IGW805 models\[1\] is \{"name":"x"\}: is no FleetModel; make one with(.|\n)*fleet\/default\.d(.|\n)*IGW201/);
    expect(fleet.size).toBe(2);
  });
});

test('goes together with FastApp', () => {
  const { app, fleet } = fleetOf({}, siteOf(undefined, new FastApp({ outdir: Testing.app().outdir })));
  fleet.addModel(FleetModel.of('a', model('a')));
  fleet.write();
  app.synth();
  expect(readdirSync(app.outdir).sort()).toEqual(['fleet', 'platform.k8s.yaml']);
});

test('what a model says goes before what the fleet says, and a model that names another provider gets that', () => {
  const site = siteOf();
  const [vllm, llmd] = [ProviderGateway.vllm(site.platform, 'vllm'), ProviderGateway.llmd(site.platform, 'llmd')];
  const { fleet } = fleetOf({ provider: vllm, providers: [llmd], endpointPicker: { port: 9010 }, namespace: 'home' }, site);
  const manifest = (name: string, provider?: string) => FleetModel.fromManifest({
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name, labels: { 'cdk8s-inference-gateway/team': 'red' } },
    spec: { model: { id: 'a/b' }, engine: { type: 'vllm' }, ...(provider ? { provider: { name: provider } } : {}) },
  });
  fleet.addModel(FleetModel.of('a', model('a', { endpointPicker: { port: 9011 } })));
  fleet.addModel(manifest('b'));
  fleet.addModel(manifest('c', 'llmd'));
  fleet.write();
  const files = filesOf(fleet.outdir);
  expect(files['home.a.k8s.yaml']).toContain('9011');
  expect(files['home.b.k8s.yaml']).toContain('9010');
  expect(files['home.c.k8s.yaml']).toContain('llm-d');
});
