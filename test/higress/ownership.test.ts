import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayProps } from '../../scripts/parity-higress/gateway-props';
import { ArgoCdIgnoreDifference, GpuStackRelease, GpuStackUpstream, HigressPlugins, Ownership } from '../../src';
import { withGoldens } from '../goldens';
import { chartsOf, objectsOf } from '../synth';

const PLUGIN = 'WasmPlugin';

function render(release: GpuStackRelease, ownership?: Ownership): { plugins: HigressPlugins; objects: any[] } {
  const [chart] = chartsOf('higress-system');
  const plugins = new HigressPlugins(chart, 'gpustack', { release, ownership, upstream: GpuStackUpstream.helmChart() });
  return { plugins, objects: objectsOf(chart) };
}

test('the smallest gateway shares with GPUStack', () => {
  const { plugins } = render(GpuStackRelease.REFERENCE);
  expect([plugins.ownership, plugins.mcpBridge, plugins.ignoreDifferences]).toEqual([Ownership.SHARED, undefined, []]);
  expect(plugins.syncOptions).toEqual(['ServerSideApply=true']);
});

/** What a running server of each release writes into objects that its initialiser makes. */
const WRITTEN: Record<GpuStackRelease, Record<string, string[]>> = {
  [GpuStackRelease.REFERENCE]: {
    'gpustack-ai-proxy': ['matchRules'], 'gpustack-model-mapper': ['matchRules'], 'gpustack-generic-route-transformer': ['defaultConfig.reqRules'],
  },
  [GpuStackRelease.V2_2_3]: {
    'gpustack-ai-proxy': ['matchRules'], 'gpustack-model-mapper': ['matchRules'], 'gpustack-model-router': ['defaultConfig.aliasNameMapping'],
  },
  [GpuStackRelease.HEAD_2026_08]: {
    'gpustack-ai-proxy': ['matchRules'],
    'gpustack-model-mapper': ['matchRules'],
    'gpustack-model-router': ['defaultConfig.aliasNameMapping'],
    'gpustack-llm-ext-auth': ['defaultConfig.local_auth.keys', 'defaultConfig.local_auth.refs', 'matchRules'],
  },
};

describe.each(Object.values(GpuStackRelease))('release %s', (release) => {
  test('SHARED leaves out the McpBridge and what is written at run time, and nothing else', () => {
    const shared = render(release, Ownership.SHARED).objects;
    const all = render(release, Ownership.GITOPS).objects;
    expect(all.filter(({ kind }) => kind !== PLUGIN).map(({ kind }) => kind)).toEqual(['McpBridge']);
    const expected = all.filter(({ kind }) => kind === PLUGIN);
    for (const object of expected) WRITTEN[release][object.metadata.name]?.forEach((path) => remove(object.spec, path.split('.')));
    expect(shared).toEqual(expected);
  });

  test('BOOTSTRAP renders the same as GITOPS, but for the mark that keeps the McpBridge', () => {
    const bootstrap = render(release, Ownership.BOOTSTRAP).objects;
    const all = render(release, Ownership.GITOPS).objects;
    const bridge = bootstrap.find(({ kind }) => kind === 'McpBridge');
    expect(bridge.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false' });
    delete bridge.metadata.annotations;
    expect(bootstrap).toEqual(all);
  });

  test('BOOTSTRAP names every field that SHARED leaves out, where the objects have it', () => {
    const { plugins, objects } = render(release, Ownership.BOOTSTRAP);
    expect(plugins.syncOptions).toEqual(['ServerSideApply=true', 'RespectIgnoreDifferences=true', 'ApplyOutOfSyncOnly=true']);
    const named = Object.fromEntries(plugins.ignoreDifferences.map(({ name, jsonPointers }) => [name, jsonPointers]));
    const written = Object.entries(WRITTEN[release]).map(([name, paths]) => [name, paths.map((path) => `/spec/${path.replaceAll('.', '/')}`)]);
    expect(named).toEqual({
      'default': ['/spec/proxies', '/spec/registries'],
      ...Object.fromEntries(written),
      'gpustack-ai-proxy': ['/spec/defaultConfig/providers', '/spec/matchRules'],
    });
    for (const entry of plugins.ignoreDifferences) expect(objects.filter((object) => fits(entry, object))).toHaveLength(1);
  });
});

withGoldens('a running GPUStack keeps what it has', (folder) => {
  const goldenOf = (name: string) => JSON.parse(readFileSync(join(folder, 'gpustack', `${name}.json`), 'utf8'));
  const renderGolden = (name: string, ownership: Ownership) => {
    const [chart] = chartsOf('higress-system');
    new HigressPlugins(chart, 'gpustack', { ...gatewayProps(goldenOf(name)), ownership, higressConfig: undefined });
    return objectsOf(chart);
  };
  const initial = ['seed-server-incluster', 'v2.2.3-server-incluster', 'server-incluster', 'seed-server-embedded', 'server-external', 'worker-incluster'];

  test.each(initial)('applying SHARED over the initial state changes nothing: %s', (name) => {
    const live = goldenOf(name).expected;
    for (const object of renderGolden(name, Ownership.SHARED)) {
      const there = find(live, object);
      expect(applied(there, object)).toEqual(there);
    }
  });

  // The gateway ran in the cluster, with models, providers, public and generic routes.
  test('applying SHARED over a live gateway changes nothing', () => {
    const live: any[] = goldenOf('route-full-incluster').expected;
    const both = renderGolden('server-incluster', Ownership.SHARED).filter((object) => find(live, object));
    expect(both.map(({ metadata }) => metadata.name)).toEqual(['gpustack-model-router', 'gpustack-ai-proxy', 'gpustack-model-mapper']);
    for (const object of both) {
      const there = find(live, object);
      expect(applied(there, object).spec).toEqual(there.spec);
    }
    const [publicRoutes] = goldenOf('route-public-incluster').expected.filter(({ metadata }: any) => metadata.name === 'gpustack-llm-ext-auth');
    if (publicRoutes) expect(applied(publicRoutes, find(renderGolden('server-incluster', Ownership.SHARED), publicRoutes)).spec).toEqual(publicRoutes.spec);
  });

  test('applying GITOPS over a live gateway wipes it', () => {
    const live: any[] = goldenOf('route-full-incluster').expected;
    const proxy = live.find(({ metadata }) => metadata.name === 'gpustack-ai-proxy');
    expect(proxy.spec.matchRules.length).toBeGreaterThan(1);
    expect(applied(proxy, find(renderGolden('server-incluster', Ownership.GITOPS), proxy)).spec.matchRules).toEqual([]);
  });

  test.each(['seed-j-createonly-stale-url', 'j-createonly-stale-url', 'j-ext-auth', 'j-router', 'seed-j-generic-route-transformer'])(
    'what was written at run time survives SHARED: %s', (name) => {
      const golden = goldenOf(name);
      const base = golden.version === 'seed' ? 'seed-server-embedded' : 'server-embedded';
      const release = golden.version === 'seed' ? GpuStackRelease.REFERENCE : GpuStackRelease.HEAD_2026_08;
      for (const object of renderGolden(base, Ownership.SHARED).filter(({ kind }) => kind === PLUGIN)) {
        const there = find(golden.expected, object);
        for (const path of WRITTEN[release][object.metadata.name] ?? []) expect(at(applied(there, object).spec, path)).toEqual(at(there.spec, path));
      }
    },
  );

  // Each experiment changed one thing of the dumped objects and started GPUStack: a write is a difference that matters to it.
  test.each([['seed-gitops-experiments', 'seed-server-embedded-tls-host'], ['gitops-experiments', 'server-embedded-tls-host']])(
    'whatever makes GPUStack write again is rendered as it wants it: %s', (experiments, base) => {
      const writes = Object.fromEntries(goldenOf(experiments).expected.map((one: any) => [one.case, one.objects_changed.map((id: string) => id.split('/')[1])]));
      const objects = renderGolden(base, Ownership.GITOPS);
      const specs = (change: string) => objects.filter(({ metadata }) => writes[change].includes(metadata.name)).map(({ spec }) => spec);
      expect(writes.exact).toEqual([]);
      expect(specs('omit-imagePullPolicy').map(({ imagePullPolicy }) => imagePullPolicy)).toEqual(Array(5).fill('UNSPECIFIED_POLICY'));
      expect(specs('add-imagePullPolicy').map(({ imagePullPolicy }) => imagePullPolicy)).toEqual([undefined]);
      expect(specs('omit-matchRules').map(({ matchRules }) => matchRules)).toEqual(writes['omit-matchRules'].map(() => []));
      expect(specs('omit-defaultConfigDisable').map(({ defaultConfigDisable }) => defaultConfigDisable)).toEqual(Array(6).fill(false));
      expect(specs('omit-phase-unspecified').map(({ phase }) => phase)).toEqual(['UNSPECIFIED_PHASE', 'UNSPECIFIED_PHASE']);
      expect(specs('ingress-rules-reversed').map(({ rules }) => rules.map(({ host }: any) => host))).toEqual([[undefined, 'gpustack.example.com']]);
    },
  );
});

function find(objects: readonly any[], { kind, metadata }: any): any {
  return objects.find((object) => object.kind === kind && object.metadata.name === metadata.name);
}

function fits({ group, kind, name, namespace }: ArgoCdIgnoreDifference, { apiVersion, kind: of, metadata }: any): boolean {
  return apiVersion.startsWith(`${group}/`) && of === kind && metadata.name === name && metadata.namespace === namespace;
}

/** What server-side apply makes of custom resources without list keys: maps are merged, all else is replaced. */
function applied(live: any, given: any): any {
  if (!isMap(live) || !isMap(given)) return given;
  const merged = Object.keys(given).map((key) => [key, applied(live[key], given[key])]);
  return { ...live, ...Object.fromEntries(merged) };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: any, path: string): unknown {
  return path.split('.').reduce((inner, key) => inner?.[key], value);
}

function remove(value: any, [key, ...below]: readonly string[]): void {
  if (below.length > 0) remove(value[key], below);
  else delete value[key];
}
