import { Chart } from 'cdk8s';
import { warningsOf } from '../../src/core';
import {
  ExternalProvider, GpuStackRelease, GpuStackRole, GpuStackUpstream, HigressModel, HigressModelProvider, HigressModelRoute, HigressModelRouteProps,
  HigressPlugins, HigressPluginsProps, HigressTls, Ownership, SecretText, ServiceRegistry,
} from '../../src/higress';
import { chartsOf, objectOf, objectsOf } from '../synth';

function gatewayOf(chart: Chart, id: string, props: Partial<HigressPluginsProps> = {}): HigressPlugins {
  return new HigressPlugins(chart, id, {
    release: GpuStackRelease.HEAD_2026_08,
    ownership: Ownership.GITOPS,
    upstream: GpuStackUpstream.embedded(),
    token: SecretText.placeholder('<token>'),
    authCacheKey: SecretText.placeholder('<key>'),
    ...props,
  });
}

function setUp(props?: Partial<HigressPluginsProps>) {
  const [chart] = chartsOf('higress-system');
  const higress = gatewayOf(chart, 'gpustack', props);
  const model = (id: string, servers = 1) => new HigressModel(chart, `m-${id}`, {
    higress, modelId: id, modelName: id, instances: Array.from({ length: servers }, (_, index) => ({ address: `10.0.0.${index + 1}`, port: 8000 })),
  });
  const openai = new HigressModelProvider(chart, 'openai', { higress, provider: ExternalProvider.openai(), tokens: [SecretText.placeholder('<t>')] });
  return { chart, higress, model, openai };
}

const routesOf = (chart: Chart) => objectsOf(chart).filter(({ metadata }) => metadata.name.startsWith('ai-route-'));
const pluginOf = (chart: Chart, name: string) => objectsOf(chart).find(({ kind, metadata }) => kind === 'WasmPlugin' && metadata.name === name).spec;
const destinationOf = (object: any): string => object.metadata.annotations['higress.io/destination'];

test('the smallest route is one model', () => {
  const { chart, higress, model } = setUp();
  const route = new HigressModelRoute(chart, 'qwen3', { higress, destinations: [model('qwen3').destination()] });
  expect(route).toMatchObject({ routeId: 'qwen3', modelName: 'qwen3', namespace: 'higress-system', fallbackIngress: undefined });
  expect(routesOf(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Ingress ai-route-route-qwen3.internal']);
  expect(objectsOf(chart).at(-1).metadata.annotations).toEqual({
    'higress.io/rewrite-target': '/$1$3',
    'higress.io/destination': '100% model-qwen3-1.static:80',
    'higress.io/ignore-path-case': 'true',
    'higress.io/proxy-next-upstream-tries': '2',
    'higress.io/proxy-next-upstream': 'error,timeout,http_503,http_502,non_idempotent',
    'higress.io/exact-match-header-x-higress-llm-model': 'qwen3',
  });
  // The model has the name that clients ask for, so nothing is renamed.
  expect(pluginOf(chart, 'gpustack-model-mapper').matchRules).toEqual([]);
});

test('the order of constructs does not matter: the gateway is complete at synth', () => {
  const { chart, higress, model } = setUp();
  const destination = model('b').destination();
  new HigressModelRoute(chart, 'z', { higress, destinations: [destination] });
  new HigressModelRoute(chart, 'a', { higress, destinations: [destination] });
  model('a');
  expect(objectOf(chart, 'McpBridge').spec.registries.map(({ name }: any) => name)).toEqual(['gpustack', 'model-a-1', 'model-b-1', 'provider-openai']);
  expect(pluginOf(chart, 'gpustack-ai-proxy').matchRules.map(({ ingress }: any) => ingress[0])).toEqual([
    'ai-route-route-a.internal', 'ai-route-route-z.internal', undefined,
  ]);
});

test('a route that is removed leaves nothing behind', () => {
  const { chart, higress, model } = setUp();
  new HigressModelRoute(chart, 'a', { higress, destinations: [model('b').destination()], genericProxy: false });
  chart.node.tryRemoveChild('a');
  expect(routesOf(chart)).toEqual([]);
  expect(pluginOf(chart, 'gpustack-model-mapper').matchRules).toEqual([]);
  expect(pluginOf(chart, 'gpustack-ai-proxy').defaultConfig.providers.map(({ id }: any) => id)).toEqual(['provider-openai']);
});

test('BOOTSTRAP keeps what the server makes of the route, and no annotation of others', () => {
  const { chart, higress, model, openai } = setUp({ ownership: Ownership.BOOTSTRAP });
  const before = higress.ignoreDifferences.length;
  new HigressModelRoute(chart, 'chat', { higress, routeId: '4', destinations: [model('a').destination()], fallback: [openai.destination({ modelName: 'gpt-4o' })] });
  const kept = higress.ignoreDifferences.slice(before);
  expect(kept.map(({ group, kind, name, namespace }) => `${group} ${kind} ${namespace}/${name}`)).toEqual([
    'networking.k8s.io Ingress higress-system/ai-route-route-4.internal',
    'networking.k8s.io Ingress higress-system/ai-route-route-4.fallback.internal',
    'networking.istio.io EnvoyFilter higress-system/ai-route-route-4.internal',
  ]);
  expect(kept[0].jsonPointers).toEqual([
    'rewrite-target', 'destination', 'ignore-path-case', 'proxy-next-upstream-tries', 'proxy-next-upstream', 'exact-match-header-x-higress-llm-model',
  ].map((name) => `/metadata/annotations/higress.io~1${name}`).concat('/spec'));
  expect(kept[2].jsonPointers).toEqual(['/spec']);
  const git = setUp();
  new HigressModelRoute(git.chart, 'chat', { higress: git.higress, destinations: [git.model('a').destination()] });
  expect(git.higress.ignoreDifferences).toEqual([]);
});

describe('weights', () => {
  test('are shares of the servers in whole percent, which sum up to 100', () => {
    const { chart, higress, model, openai } = setUp();
    new HigressModelRoute(chart, 'chat', {
      higress, destinations: [model('a', 3).destination({ weight: 2 }), openai.destination({ modelName: 'gpt-4o' })],
    });
    expect(destinationOf(routesOf(chart)[0])).toBe([
      '22% model-a-1.static:80', '22% model-a-2.static:80', '22% model-a-3.static:80', '34% provider-openai.dns:443',
    ].join('\n'));
  });

  test('of 0 send nothing', () => {
    const { chart, higress, model } = setUp();
    new HigressModelRoute(chart, 'chat', { higress, destinations: [model('a').destination({ weight: 0 }), model('b').destination()] });
    expect(destinationOf(routesOf(chart)[0])).toBe('100% model-b-1.static:80');
    expect(warningsOf(chart)).toEqual([]);
  });

  test('warn of a server that gets less than a percent', () => {
    const { chart, higress, model } = setUp();
    new HigressModelRoute(chart, 'chat', { higress, destinations: [model('a').destination({ weight: 1000 }), model('b').destination()] });
    expect(warningsOf(chart)).toEqual([
      'warning higress-system/chat: IGW770 destinations is "model-b-1.static": gets no requests: its share comes to less than the one percent ' +
      'that Higress can say; raise its weight, or list fewer servers',
    ]);
  });
});

describe('a fallback', () => {
  test('takes over what was answered 4xx or 5xx, by a second Ingress', () => {
    const { chart, higress, model, openai } = setUp();
    const route = new HigressModelRoute(chart, 'chat', {
      higress, routeId: '4', destinations: [model('a').destination()], fallback: [openai.destination({ modelName: 'gpt-4o' })],
    });
    expect(routesOf(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Ingress ai-route-route-4.internal', 'Ingress ai-route-route-4.fallback.internal', 'EnvoyFilter ai-route-route-4.internal',
    ]);
    expect(route.fallbackIngress!.toJson().metadata.annotations).toMatchObject({
      'higress.io/destination': '100% provider-openai.dns:443',
      'higress.io/exact-match-header-x-higress-fallback-from': 'ai-route-route-4.internal',
    });
    expect(route.fallbackFilter!.kind).toBe('EnvoyFilter');
  });

  test('alone is the destination of both', () => {
    const { chart, higress, openai } = setUp();
    new HigressModelRoute(chart, 'chat', { higress, fallback: [openai.destination({ modelName: 'gpt-4o', weight: 0 })] });
    expect(routesOf(chart).filter(({ kind }) => kind === 'Ingress').map(destinationOf)).toEqual(Array(2).fill('100% provider-openai.dns:443'));
  });

  test('is mapped even where the name stays', () => {
    const { chart, higress, model, openai } = setUp();
    new HigressModelRoute(chart, 'gpt-4o', { higress, destinations: [model('a').destination()], fallback: [openai.destination({ modelName: 'gpt-4o' })] });
    expect(pluginOf(chart, 'gpustack-model-mapper').matchRules.map(({ config, ingress }: any) => [config.modelMapping, ingress.length])).toEqual([
      [{ 'gpt-4o': 'a' }, 1], [{ 'gpt-4o': 'gpt-4o' }, 2],
    ]);
  });

  test('warns where it never comes: the routes are in another namespace than Higress', () => {
    const { chart, higress, model, openai } = setUp({ upstream: GpuStackUpstream.inCluster() });
    const route = new HigressModelRoute(chart, 'chat', {
      higress, destinations: [model('a').destination()], fallback: [openai.destination({ modelName: 'gpt-4o' })],
    });
    expect(route.namespace).toBe('gpustack-system');
    expect(warningsOf(chart).filter((line) => line.includes('IGW769'))).toEqual([
      expect.stringMatching(/IGW769 fallback: never comes: its EnvoyFilter is in gpustack-system, .*`gatewayNamespace` gpustack-system$/),
    ]);
  });
});

describe('a fallback to where the requests come from', () => {
  test('is told of with one server, which would be tried twice', () => {
    const { chart, higress, openai } = setUp();
    const destination = openai.destination({ modelName: 'gpt-4o' });
    new HigressModelRoute(chart, 'chat', { higress, destinations: [destination], fallback: [destination] });
    expect(warningsOf(chart)).toEqual([expect.stringContaining('IGW764 fallback is "provider-openai.dns": is where the requests come from')]);
    expect(routesOf(chart)).toHaveLength(3);
  });

  test('is fine with several servers, where the next try may reach another one', () => {
    const { chart, higress, model } = setUp();
    const destination = model('a', 2).destination();
    new HigressModelRoute(chart, 'chat', { higress, destinations: [destination], fallback: [destination] });
    expect(warningsOf(chart)).toEqual([]);
  });
});

test('a model without a server that is ready gets no entry in ai-proxy', () => {
  const { chart, higress, model } = setUp();
  const down = new HigressModel(chart, 'down', { higress, instances: [{ address: '10.0.0.9', port: 8000, ready: false }] });
  new HigressModelRoute(chart, 'chat', { higress, destinations: [model('a').destination(), down.destination()] });
  const { defaultConfig, matchRules } = pluginOf(chart, 'gpustack-ai-proxy');
  expect(defaultConfig.providers.map(({ id }: any) => id)).toEqual(['gpustack-model-a', 'provider-openai']);
  expect(matchRules.map(({ config }: any) => config.activeProviderId)).toEqual(['gpustack-model-a', 'provider-openai']);
  expect(objectOf(chart, 'McpBridge').spec.registries.map(({ name }: any) => name)).toContain('model-down-1');
});

test('registries of one\'s own are sorted in with those of models', () => {
  const [chart] = chartsOf('higress-system');
  const higress = gatewayOf(chart, 'gpustack', { registries: [ServiceRegistry.dns('search', ['search.example.com']), ServiceRegistry.dns('nacos', ['nacos.example.com'])] });
  expect(objectOf(chart, 'McpBridge').spec.registries.map(({ name }: any) => name)).toEqual(['search', 'nacos', 'gpustack']);
  new HigressModel(chart, 'a', { higress, instances: [{ address: '10.0.0.1', port: 8000 }] });
  expect(objectOf(chart, 'McpBridge').spec.registries.map(({ name }: any) => name)).toEqual(['gpustack', 'model-a-1', 'nacos', 'search']);
});

describe('options', () => {
  test('an organization stands before the name', () => {
    const { chart, higress, model } = setUp();
    const route = new HigressModelRoute(chart, 'qwen', { higress, organization: 'org1', destinations: [model('qwen').destination()] });
    expect(route.modelName).toBe('org1/qwen');
    expect(pluginOf(chart, 'gpustack-model-mapper').matchRules[0].config.modelMapping).toEqual({ 'org1/qwen': 'qwen' });
  });

  test('public routes are let through, in the order of their numbers', () => {
    const { chart, higress, model } = setUp();
    const destinations = [model('a').destination()];
    for (const routeId of ['10', '9']) new HigressModelRoute(chart, `r${routeId}`, { higress, routeId, destinations, publicAccess: true });
    expect(pluginOf(chart, 'gpustack-llm-ext-auth').matchRules.map(({ ingress, config }: any) => [ingress[0], config])).toEqual([
      ['ai-route-route-9.internal', { access_policy: 'public' }], ['ai-route-route-10.internal', { access_policy: 'public' }],
    ]);
  });

  test('the generic proxy is an alias, and two more paths', () => {
    const { chart, higress, model } = setUp();
    new HigressModelRoute(chart, 'llama', { higress, routeId: '3', destinations: [model('a').destination()], genericProxy: true });
    expect(pluginOf(chart, 'gpustack-model-router').defaultConfig.aliasNameMapping).toEqual({ 3: 'llama' });
    expect(objectsOf(chart).at(-1).spec.rules[0].http.paths.map(({ path }: any) => path)).toEqual(expect.arrayContaining([
      '/()model/proxy/\\d+(/|$)(.*)', '/()model/proxy(/|$)(.*)',
    ]));
  });

  test('host and certificate are those of the gateway, or of the route', () => {
    const { chart, higress, model } = setUp({ externalUrl: 'https://llm.example.com', tls: HigressTls.secret('edge') });
    const destinations = [model('a').destination()];
    new HigressModelRoute(chart, 'a', { higress, destinations });
    new HigressModelRoute(chart, 'b', { higress, destinations, hostname: 'b.example.com', tlsSecretName: 'b' });
    expect(routesOf(chart).map(({ spec }) => [spec.tls, spec.rules.map(({ host }: any) => host)])).toEqual([
      [[{ hosts: ['llm.example.com'], secretName: 'edge' }], [undefined, 'llm.example.com']],
      [[{ hosts: ['b.example.com'], secretName: 'b' }], [undefined, 'b.example.com']],
    ]);
  });

  test('without a host name the certificate is for every host', () => {
    const { chart, higress, model } = setUp();
    new HigressModelRoute(chart, 'a', { higress, destinations: [model('a').destination()], tlsSecretName: 'edge' });
    expect(routesOf(chart)[0].spec).toMatchObject({ tls: [{ secretName: 'edge' }], rules: [{ http: {} }] });
  });
});

describe('mistakes', () => {
  const fails = (props: (given: ReturnType<typeof setUp>) => Partial<HigressModelRouteProps>) => () => {
    const given = setUp();
    new HigressModelRoute(given.chart, 'chat', { higress: given.higress, ...props(given) });
  };

  test.each<[string, (given: ReturnType<typeof setUp>) => Partial<HigressModelRouteProps>, string]>([
    ['without a destination', () => ({}), 'IGW762 destinations is []: is empty, so no request gets an answer'],
    ['when all weights are 0', ({ model }) => ({ destinations: [model('a').destination({ weight: 0 })] }), 'IGW762 destinations: have no server that takes requests'],
    ['with a weight that is no whole number', ({ model }) => ({ destinations: [model('a').destination({ weight: 0.5 })] }),
      'IGW761 destinations[0].weight is 0.5: is not a weight; allowed: whole numbers from 0 to 1000000'],
    ['with a weight below 0', ({ model }) => ({ destinations: [model('a').destination()], fallback: [model('b').destination({ weight: -1 })] }), 'IGW761 fallback[0].weight is -1'],
    ['with a name that has a slash', ({ model }) => ({ modelName: 'org/qwen', destinations: [model('a').destination()] }),
      'IGW760 modelName is "org/qwen": is no name of a model; allowed: letters, digits, -, _, . and :, starting with a letter and ending with a letter or digit; ' +
      'give what stands before the / as `organization`'],
    ['with an organization of no name', ({ model }) => ({ organization: 'Org', destinations: [model('a').destination()] }), 'IGW760 organization is "Org"'],
    ['with a route id of no name', ({ model }) => ({ routeId: 'a.b', destinations: [model('a').destination()] }), 'IGW760 routeId is "a.b": cannot be part of a name'],
    ['with the generic proxy and an id that is no number', ({ model }) => ({ genericProxy: true, destinations: [model('a').destination()] }),
      'IGW760 routeId is "chat": is no number, and /model/proxy/<id> takes no other'],
    ['with a host name that is none', ({ model }) => ({ hostname: 'https://x', destinations: [model('a').destination()] }), 'IGW760 hostname is "https://x"'],
    ['with a Secret of no name', ({ model }) => ({ tlsSecretName: 'A_B', destinations: [model('a').destination()] }), 'IGW101 tlsSecretName is "A_B"'],
    ['with one provider as two models', ({ openai }) => ({ destinations: [openai.destination({ modelName: 'a' }), openai.destination({ modelName: 'b' })] }),
      'IGW763 destinations[1] is "higress-system/openai": goes to the same servers as destinations[0], and the gateway tells models apart by their servers'],
    ['with a model of no name', ({ openai }) => ({ destinations: [openai.destination({ modelName: '' })] }), 'IGW760 destinations[0].modelName is "": is empty'],
    ['with a destination of another gateway', ({ chart }) => {
      const higress = gatewayOf(chart, 'other', { gatewayNamespace: 'other' });
      const model = new HigressModel(chart, 'far', { higress, instances: [{ address: '10.0.0.1', port: 1 }] });
      return { destinations: [model.destination()] };
    }, 'IGW765 destinations[0] is "higress-system/far": is of another gateway, so higress-system/gpustack has no registry for it'],
  ])('fails %s', (_, props, message) => {
    expect(fails(props)).toThrow(message);
  });

  test('fails with all mistakes together', () => {
    expect(fails(() => ({ routeId: 'A', organization: 'B' }))).toThrow(/^higress-system\/chat: 3 mistakes\n {2}IGW760.*\n {2}IGW760.*\n {2}IGW762/);
  });

  test('fails for a name and an id that another route has', () => {
    const { chart, higress, model } = setUp();
    const destinations = [model('a').destination()];
    new HigressModelRoute(chart, 'a', { higress, routeId: '1', modelName: 'chat', destinations });
    expect(() => new HigressModelRoute(chart, 'b', { higress, modelName: 'chat', destinations })).toThrow(
      'IGW763 modelName is "chat": is also that of higress-system/a',
    );
    expect(() => new HigressModelRoute(chart, 'c', { higress, routeId: '1', destinations })).toThrow('IGW763 routeId is "1": is also that of higress-system/a');
    new HigressModelRoute(chart, 'd', { higress, modelName: 'chat', organization: 'org1', destinations });
  });

  test.each<[string, Partial<HigressPluginsProps>, string]>([
    ['of which GPUStack owns the routes', { ownership: Ownership.SHARED }, 'IGW766 higress.ownership is "shared": leaves models, providers and routes to a running GPUStack server'],
    ['that is disabled', { upstream: GpuStackUpstream.disabled() }, 'IGW766 higress.upstream is "disabled": means that there is no gateway'],
    ['of a worker', { role: GpuStackRole.WORKER, upstream: GpuStackUpstream.inCluster() }, 'IGW766 higress.role is "worker": has no model routes'],
    ['of an older release', { release: GpuStackRelease.V2_2_3 }, 'IGW766 higress.release is "2.2.3": gets the tokens of its models from the server with every request'],
  ])('fails for a gateway %s', (_, props, message) => {
    const [chart] = chartsOf('higress-system');
    const { authCacheKey, ...rest } = { authCacheKey: undefined, ...props };
    const higress = gatewayOf(chart, 'gpustack', { ...rest, ...(props.release ? { authCacheKey } : {}) });
    expect(() => new HigressModel(chart, 'a', { higress, instances: [{ address: '10.0.0.1', port: 1 }] })).toThrow(message);
  });
});
