import { ApiObject, App, Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { warningsOf } from '../../src/core';
import { AllowedRoutes, GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { ModelPool } from '../../src/pool';
import { ModelRoute, ModelRouteProps, RequestMirror } from '../../src/routing';
import { checkPath } from '../../src/routing/validation/check-paths';
import { chartsOf, idsOf, objectOf, objectsOf, stderrOf } from '../synth';

const pool = { name: 'qwen3', namespace: 'team-a' };

function setUp(implementation = GatewayImplementation.istio()) {
  const [platform, team, models] = chartsOf('gateway-system', 'team-a', 'models');
  return { platform, team, models, gateway: new InferenceGateway(platform, 'gw', { implementation }) };
}

function routeOf(props: Partial<ModelRouteProps> = {}, implementation?: GatewayImplementation): any {
  const { team, gateway } = setUp(implementation);
  new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', ...props });
  return objectOf(team, 'HTTPRoute');
}

test('the smallest route matches the model header and goes to the pool of its namespace', () => {
  const { platform, team, gateway } = setUp();
  const route = new ModelRoute(team, 'route', { gateway, pool, modelName: 'Qwen/Qwen3-0.6B' });
  expect(objectsOf(team)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'qwen3', namespace: 'team-a' },
    spec: {
      parentRefs: [{ name: 'gw', namespace: 'gateway-system' }],
      rules: [{
        matches: [{
          path: { type: 'PathPrefix', value: '/' },
          headers: [{ type: 'Exact', name: 'X-Gateway-Model-Name', value: 'Qwen/Qwen3-0.6B' }],
        }],
        backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen3', namespace: 'team-a' }],
        timeouts: { request: '300s' },
      }],
    },
  }]);
  expect(route).toMatchObject({ name: 'qwen3', namespace: 'team-a', modelName: 'Qwen/Qwen3-0.6B', referenceGrant: undefined });
  expect(ApiObject.of(route)).toBe(route.httpRoute);
  expect(objectOf(platform, 'Gateway').spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions[0].values).toEqual([
    'gateway-system', 'team-a',
  ]);
});

test('name and namespace can be set', () => {
  expect(routeOf({ name: 'alias', namespace: 'team-b' }).metadata).toEqual({ name: 'alias', namespace: 'team-b' });
});

describe('the timeout', () => {
  const requestTimeout = (timeout?: Duration, implementation?: GatewayImplementation) => routeOf({ timeout }, implementation).spec.rules[0].timeouts;

  test.each([
    [Duration.minutes(10), '600s'],
    [Duration.millis(1500), '1500ms'],
    [Duration.seconds(0), '0s'],
    [Duration.hours(1), '3600s'],
  ])('of %j is written as %s', (timeout, text) => {
    expect(requestTimeout(timeout)).toEqual({ request: text });
  });

  test('is off where the implementation takes none', () => {
    expect(requestTimeout(undefined, GatewayImplementation.gke())).toBeUndefined();
    expect(requestTimeout(Duration.minutes(1), GatewayImplementation.gke())).toBeUndefined();
    expect(requestTimeout(undefined, GatewayImplementation.of('x', { routeTimeouts: false }))).toBeUndefined();
  });

  test.each([
    GatewayImplementation.envoyGateway(), GatewayImplementation.kgateway(), GatewayImplementation.agentgateway(), GatewayImplementation.of('x'),
  ])('is on for $gatewayClassName', (implementation) => {
    expect(requestTimeout(undefined, implementation)).toEqual({ request: '300s' });
  });

  test.each([
    [Duration.millis(0.5), '0.5ms'],
    [Duration.seconds(0.0001), '0.1ms'],
    [Duration.hours(100_000), '360000000000ms'],
  ])('fails as %j', (timeout, value) => {
    expect(() => routeOf({ timeout })).toThrow(
      `IGW502 timeout is "${value}": cannot be written as a Gateway API duration; ` +
      'allowed: whole milliseconds, up to 99999 hours; set another duration; 0 is no limit',
    );
  });
});

describe('a pool of another namespace', () => {
  const far = { name: 'shared', namespace: 'models' };

  test('is granted where it is', () => {
    const { team, gateway } = setUp();
    const route = new ModelRoute(team, 'route', { gateway, pool: far, modelName: 'a' });
    expect(objectOf(team, 'HTTPRoute').spec.rules[0].backendRefs).toEqual([
      { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'shared', namespace: 'models' },
    ]);
    expect(objectOf(team, 'ReferenceGrant')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'shared-referencegrant', namespace: 'models' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team-a' }],
        to: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'shared' }],
      },
    });
    expect(route.referenceGrant?.kind).toBe('ReferenceGrant');
  });

  test('lets the route\'s namespace attach, not the pool\'s', () => {
    const { platform, team, gateway } = setUp();
    new ModelRoute(team, 'route', { gateway, pool: far, modelName: 'a' });
    expect(JSON.stringify(objectOf(platform, 'Gateway').spec.listeners)).toContain('["gateway-system","team-a"]');
  });

  test('is granted once for routes of several namespaces, which all may use it', () => {
    const { platform, team, gateway } = setUp();
    const routes = [
      new ModelRoute(team, 'a', { gateway, pool: far, modelName: 'a', name: 'a' }),
      new ModelRoute(team, 'b', { gateway, pool: far, modelName: 'b', name: 'b' }),
      new ModelRoute(platform, 'c', { gateway, pool: far, modelName: 'c' }),
    ];
    expect(objectOf(team, 'ReferenceGrant').spec.from.map(({ namespace }: any) => namespace)).toEqual(['gateway-system', 'team-a']);
    expect(idsOf(platform).filter((id) => id.startsWith('ReferenceGrant'))).toEqual([]);
    expect(new Set(routes.map(({ referenceGrant }) => referenceGrant)).size).toBe(1);
  });

  test('is granted again when the route with the grant was removed', () => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'a', { gateway, pool: far, modelName: 'a' });
    team.node.tryRemoveChild('a');
    new ModelRoute(team, 'b', { gateway, pool: far, modelName: 'a' });
    expect(idsOf(team)).toEqual(['ReferenceGrant models/shared-referencegrant', 'HTTPRoute team-a/shared']);
  });

  test('fails on agentgateway, which refuses it even with a grant', () => {
    const { team, gateway } = setUp(GatewayImplementation.agentgateway());
    expect(() => new ModelRoute(team, 'route', { gateway, pool: far, modelName: 'a' })).toThrow(new Error(
      'team-a/route: 1 mistake\n' +
      '  IGW402 pool.namespace is "models": is not the route\'s namespace team-a, ' +
      'and agentgateway refuses the reference even with a ReferenceGrant; allowed: team-a; ' +
      'put pool and route into one namespace, or choose another implementation',
    ));
    expect(() => new ModelRoute(team, 'near', { gateway, pool, modelName: 'a' })).not.toThrow();
  });
});

describe('the model name', () => {
  test('fails when it is empty', () => {
    expect(() => routeOf({ modelName: '' })).toThrow(
      'IGW207 modelName: is empty, and a route matches on it; set `modelName` to the name clients ask for, as /v1/models of the server answers it',
    );
  });

  test('fails when it is too long for a header', () => {
    expect(routeOf({ modelName: 'a'.repeat(4096) }).spec.rules[0].matches[0].headers[0].value).toHaveLength(4096);
    expect(() => routeOf({ modelName: 'a'.repeat(4097) })).toThrow(
      /IGW502 modelName is "a{119}… \(4099 characters\): is too long for a header; allowed: at most 4096 characters; choose a shorter name/,
    );
  });

  test('warns of spaces around it', () => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'route', { gateway, pool, modelName: ' qwen3' });
    expect(warningsOf(team)).toEqual([
      'warning team-a/route: IGW502 modelName is " qwen3": starts or ends with a space, which no header value does; remove the space',
    ]);
  });

  test('warns when another route of the Gateway answers to it', () => {
    const { team, models, gateway } = setUp();
    new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3' });
    new ModelRoute(models, 'route', { gateway, pool: { name: 'qwen3', namespace: 'models' }, modelName: 'qwen3' });
    expect(warningsOf(team)).toEqual([
      expect.stringMatching(/^warning models\/route: IGW403 modelName is "qwen3": is also the name team-a\/route answers to on Gateway/),
    ]);
  });
});

test('a Gateway that exists is referred to by name', () => {
  const [team] = chartsOf('team-a');
  const reference = { name: 'shared', namespace: 'edge', implementation: GatewayImplementation.istio() };
  new ModelRoute(team, 'route', { gateway: InferenceGateway.fromGatewayName(team, 'gw', reference), pool, modelName: 'a' });
  expect(objectOf(team, 'HTTPRoute').spec.parentRefs).toEqual([{ name: 'shared', namespace: 'edge' }]);
});

test('fails where InferencePools are not supported', () => {
  expect(() => routeOf({}, GatewayImplementation.of('nginx', { inferencePools: false }))).toThrow(
    'IGW402 gatewayClassName is "nginx": does not support InferencePools; choose an implementation that does',
  );
});

test('fails on a Gateway that accepts its own namespace only', () => {
  const [platform, team] = chartsOf('gateway-system', 'team-a');
  const gateway = new InferenceGateway(platform, 'gw', { implementation: GatewayImplementation.istio(), allowedRoutes: AllowedRoutes.same() });
  expect(() => new ModelRoute(team, 'route', { gateway, pool, modelName: 'a' })).toThrow(
    'team-a/route: 1 mistake\n  IGW402 allowedRoutes is "Same": keeps the route of namespace team-a from attaching to Gateway gateway-system/gw;',
  );
});

test('fails with all mistakes together, and renders nothing', () => {
  const { team, gateway } = setUp(GatewayImplementation.agentgateway());
  const props = { gateway, pool, name: 'A', namespace: 'x.y', modelName: '', timeout: Duration.millis(0.1) };
  expect(() => new ModelRoute(team, 'route', props)).toThrow(new RegExp([
    '^team-a/route: 5 mistakes',
    '  IGW101 name is "A": .*',
    '  IGW101 namespace is "x\\.y": .*',
    '  IGW207 modelName: .*',
    '  IGW502 timeout is "0\\.1ms": .*',
    '  IGW402 pool\\.namespace is "team-a": .*$',
  ].join('\n')));
  expect(objectsOf(team)).toEqual([]);
});

test('fails at synth for two routes of one name', () => {
  const { team, gateway } = setUp();
  ['a', 'b'].forEach((modelName) => new ModelRoute(team, modelName, { gateway, pool, modelName }));
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(() => (App.of(team) as App).synth()).toThrow(
    /IGW103 HTTPRoute\.\S+ team-a\/qwen3 is rendered by both team-a\/a\/Resource and team-a\/b\/Resource/,
  );
  jest.restoreAllMocks();
});

describe('several names', () => {
  const matchesOf = (props: Partial<ModelRouteProps>) => routeOf(props).spec.rules[0].matches.map(({ headers }: any) => headers[0]);
  const header = (value: string, name = 'X-Gateway-Model-Name') => ({ type: 'Exact', name, value });

  test('are one match each', () => {
    expect(matchesOf({ additionalModelNames: ['qwen', 'latest'], loraAdapters: ['sql'] })).toEqual(['qwen3', 'qwen', 'latest', 'sql'].map((n) => header(n)));
  });

  test('are known to the construct', () => {
    const { team, gateway } = setUp();
    const route = new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', additionalModelNames: ['qwen'], loraAdapters: ['sql'] });
    expect(route).toMatchObject({ modelName: 'qwen3', modelNames: ['qwen3', 'qwen', 'sql'] });
  });

  test('match the base model too, which the body-based router sets for LoRA adapters of its ConfigMaps', () => {
    expect(matchesOf({ matchBaseModel: true })).toEqual([header('qwen3'), header('qwen3', 'X-Gateway-Base-Model-Name')]);
  });

  test('warn of the base model on agentgateway, which reads no adapters', () => {
    const { team, gateway } = setUp(GatewayImplementation.agentgateway());
    new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', matchBaseModel: true });
    expect(warningsOf(team)).toEqual([
      'warning team-a/route: IGW402 matchBaseModel is true: matches the header X-Gateway-Base-Model-Name, which agentgateway does not set: ' +
      'there is no body-based router that reads the adapters; list the adapters in `loraAdapters`',
    ]);
  });

  test('warn when another route answers to one of them', () => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'a', { gateway, pool, modelName: 'qwen3', loraAdapters: ['sql'], name: 'a' });
    new ModelRoute(team, 'b', { gateway, pool, modelName: 'llama', loraAdapters: ['sql'], name: 'b' });
    expect(warningsOf(team)).toEqual([expect.stringMatching(/^warning team-a\/b: IGW403 modelName is "sql": is also the name team-a\/a answers to/)]);
  });

  test('fails when one is empty, too long or given twice', () => {
    expect(() => routeOf({ additionalModelNames: ['', 'a'.repeat(4097), 'qwen3'], loraAdapters: [''] })).toThrow(new RegExp([
      ': 4 mistakes',
      '  IGW207 additionalModelNames\\[0\\]: is empty, and a route matches on it; set `additionalModelNames` to .*',
      '  IGW502 additionalModelNames\\[1\\] is "a.*: is too long for a header; allowed: at most 4096 characters; choose a shorter name',
      '  IGW502 additionalModelNames\\[2\\] is "qwen3": is a name the route answers to already; remove it',
      '  IGW207 loraAdapters\\[0\\]: is empty, and a route matches on it; .*$',
    ].join('\n')));
  });

  test('fails for more than a rule has room for', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `adapter-${index}`);
    expect(matchesOf({ loraAdapters: names(63) })).toHaveLength(64);
    expect(matchesOf({ loraAdapters: names(62), matchBaseModel: true })).toHaveLength(64);
    expect(() => routeOf({ loraAdapters: names(63), matchBaseModel: true })).toThrow(
      'IGW502 additionalModelNames: makes 65 matches with all other names; allowed: at most 64 in a rule; ' +
      'use a second route, or `matchBaseModel` for LoRA adapters',
    );
  });
});

describe('what else requests must match', () => {
  test('is in every match, and on the route', () => {
    const { spec } = routeOf({
      loraAdapters: ['sql'], headers: { 'X-Tier': 'gold' }, pathPrefix: '/v1', hostnames: ['ai.example.com', '*.example.org'], sectionName: 'https',
    });
    expect(spec.parentRefs).toEqual([{ name: 'gw', namespace: 'gateway-system', sectionName: 'https' }]);
    expect(spec.hostnames).toEqual(['ai.example.com', '*.example.org']);
    expect(spec.rules[0].matches).toEqual(['qwen3', 'sql'].map((value) => ({
      path: { type: 'PathPrefix', value: '/v1' },
      headers: [{ type: 'Exact', name: 'X-Gateway-Model-Name', value }, { type: 'Exact', name: 'X-Tier', value: 'gold' }],
    })));
  });

  test.each<Partial<ModelRouteProps>>([
    { hostnames: ['b.example.com'] }, { sectionName: 'https' }, { headers: { 'x-tier': 'gold' } }, { pathPrefix: '/b' },
  ])('lets two routes answer to one name when it differs: %j', (props) => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'a', { gateway, pool, modelName: 'qwen3', name: 'a' });
    new ModelRoute(team, 'b', { gateway, pool, modelName: 'qwen3', name: 'b', ...props });
    expect(warningsOf(team)).toEqual([]);
    new ModelRoute(team, 'c', { gateway, pool, modelName: 'qwen3', name: 'c', ...props });
    expect(warningsOf(team)).toEqual([expect.stringMatching(/^warning team-a\/c: IGW403 .* the name team-a\/b answers to/)]);
  });

  test('is the same in another order and in another case', () => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'a', { gateway, pool, modelName: 'q', name: 'a', headers: { 'A': '1', 'X-B': '2' }, hostnames: ['a.b', 'c.d'] });
    new ModelRoute(team, 'b', { gateway, pool, modelName: 'q', name: 'b', headers: { 'x-b': '2', 'a': '1' }, hostnames: ['c.d', 'a.b'] });
    expect(warningsOf(team)).toHaveLength(1);
  });

  test('gets its host names a catch-all on Envoy Gateway', () => {
    const { platform, team, gateway } = setUp(GatewayImplementation.envoyGateway());
    gateway.addBodyBasedRouter();
    new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', hostnames: ['ai.example.com'] });
    expect(idsOf(platform)).toContain('HTTPRoute gateway-system/body-based-router-ai.example.com');
  });

  test.each<[Partial<ModelRouteProps>, string]>([
    [{ hostnames: ['https://a'] }, 'hostnames[0] is "https://a": is not a host name; allowed: a lower-case DNS name, with or without a leading *.; remove scheme, port and path'],
    [{ hostnames: ['10.0.0.1'] }, 'hostnames[0] is "10.0.0.1": is not a host name'],
    [{ hostnames: ['a.b', 'a.b'] }, 'hostnames[1] is "a.b": is given twice; remove one of the two'],
    [{ hostnames: Array.from({ length: 17 }, (_, n) => `h${n}`) }, 'hostnames: has 17 names; allowed: at most 16; use a wildcard such as *.example.com, or a second route'],
    [{ headers: { 'x y': 'a' } }, 'headers is "x y": is not a header name'],
    [{ headers: { 'X-A': '1', 'x-a': '2' } }, 'headers is "x-a": is given twice, header names being the same in upper and lower case; remove one'],
    [{ headers: { a: '' } }, 'headers.a is "": is not a header value the Gateway API takes; allowed: 1 to 4096 characters; set a value, or remove the header'],
    [{ headers: { a: 'a'.repeat(4097) } }, 'is not a header value the Gateway API takes; allowed: 1 to 4096 characters; set a shorter value'],
    [{ headers: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`h${n}`, 'v'])) }, 'headers: has 16 headers; allowed: at most 15; remove some, or use a second route'],
    [{ headers: { 'x-gateway-model-name': 'a' } }, 'headers is "x-gateway-model-name": is the header that carries the model name; use `modelName`'],
    [{ headers: { 'X-Gateway-Base-Model-Name': 'a' } }, 'headers is "X-Gateway-Base-Model-Name": is the header that carries the model name'],
    [{ pathPrefix: 'v1' }, 'pathPrefix is "v1": is not a path the Gateway API matches; allowed: up to 1024 characters, starting with /, without //, /./, /../, %2F, ? and #; write the path alone'],
  ])('fails on %j', (props, message) => {
    expect(() => routeOf(props)).toThrow(`IGW502 ${message}`.slice(message.startsWith('is ') ? 7 : 0));
  });

  test('fails on a listener that cannot be one', () => {
    expect(() => routeOf({ sectionName: 'HTTP' })).toThrow('IGW101 sectionName is "HTTP": is not a valid name here');
  });

  test('a path is accepted exactly when the CRD accepts it', () => {
    // The CRD's rules, as its CEL expressions say them.
    const accepts = (path: string) => path.startsWith('/') && path.length <= 1024
      && !['//', '/./', '/../', '%2f', '%2F', '#'].some((part) => path.includes(part)) && !/\/\.{1,2}$/.test(path)
      && /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$/.test(path);
    const parts = fc.constantFrom('/', '.', '..', 'v1', '%2F', '%20', '%', '#', '?', 'é', ' ', '@', 'a'.repeat(600));
    fc.assert(fc.property(fc.array(parts, { maxLength: 6 }).map((path) => `/${path.join('')}`), (path) => {
      expect(checkPath('path', path).length === 0).toBe(accepts(path));
    }));
  });
});

describe('headers of the request', () => {
  test('are set and removed', () => {
    const { filters } = routeOf({ setRequestHeaders: { 'x-tenant': 'a', 'x-b': '1' }, removeRequestHeaders: ['cookie'] }).spec.rules[0];
    expect(filters).toEqual([{
      type: 'RequestHeaderModifier',
      requestHeaderModifier: { set: [{ name: 'x-tenant', value: 'a' }, { name: 'x-b', value: '1' }], remove: ['cookie'] },
    }]);
    expect(routeOf({ removeRequestHeaders: ['cookie'] }).spec.rules[0].filters[0].requestHeaderModifier).toEqual({ remove: ['cookie'] });
  });

  test('fail when they are none', () => {
    expect(() => routeOf({ setRequestHeaders: { 'a:': 'b' }, removeRequestHeaders: Array.from({ length: 17 }, (_, n) => `h${n}`) })).toThrow(
      /: 2 mistakes\n {2}IGW502 setRequestHeaders is "a:": is not a header name; .*\n {2}IGW502 removeRequestHeaders: has 17 headers; allowed: at most 16/,
    );
  });
});

describe('several pools', () => {
  const stable = { name: 'stable', namespace: 'team-a' };
  const canary = { name: 'canary', namespace: 'team-a' };
  const backends = [{ pool: stable, weight: 90 }, { pool: canary, weight: 10 }];
  const split = (list: ModelRouteProps['backends'], implementation?: GatewayImplementation) => routeOf({ pool: undefined, backends: list }, implementation);

  test('share the requests by weight; the route is named after the first', () => {
    const { metadata, spec } = split(backends);
    expect(metadata.name).toBe('stable');
    expect(spec.rules[0].backendRefs).toEqual([
      { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'stable', namespace: 'team-a', weight: 90 },
      { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'canary', namespace: 'team-a', weight: 10 },
    ]);
  });

  test('may be one, and a weight of 0 is kept', () => {
    expect(split([{ pool: stable, weight: 1 }, { pool: canary, weight: 0 }]).spec.rules[0].backendRefs[1].weight).toBe(0);
    expect(split([{ pool: stable, weight: 1 }], GatewayImplementation.envoyGateway()).spec.rules[0].backendRefs).toHaveLength(1);
  });

  test('are granted where they are, each once', () => {
    const { team, gateway } = setUp();
    const far = ['a', 'b'].map((name) => ({ pool: { name, namespace: 'models' }, weight: 1 }));
    const route = new ModelRoute(team, 'route', { gateway, backends: far, modelName: 'q', mirror: RequestMirror.toService({ name: 's', port: 80, namespace: 'shadow' }) });
    expect(idsOf(team)).toEqual([
      'ReferenceGrant models/a-referencegrant', 'ReferenceGrant models/b-referencegrant', 'ReferenceGrant shadow/s-service-referencegrant', 'HTTPRoute team-a/a',
    ]);
    expect(route.referenceGrants).toHaveLength(3);
    expect(route.referenceGrant).toBe(route.referenceGrants[0]);
  });

  test('may be ModelPools', () => {
    const { team, gateway } = setUp();
    const modelPool = new ModelPool(team, 'qwen3', { matchLabels: { app: 'qwen3' }, port: 8000 });
    new ModelRoute(team, 'route', { gateway, backends: [{ pool: modelPool, weight: 1 }], modelName: 'q' });
    expect(objectOf(team, 'HTTPRoute').spec.rules[0].backendRefs[0]).toMatchObject({ name: 'qwen3', namespace: 'team-a', weight: 1 });
  });

  test('fails where the implementation takes one pool for each rule', () => {
    expect(() => split(backends, GatewayImplementation.envoyGateway())).toThrow(
      'IGW402 backends is ["team-a/stable","team-a/canary"]: are several pools, and eg takes one for each rule; allowed: one pool; ' +
      'split by `headers` in two routes, or choose another implementation',
    );
  });

  test.each([-1, 1_000_001, 0.5, NaN])('fails on weight %d', (weight) => {
    expect(() => split([{ pool: stable, weight }])).toThrow(
      `IGW502 backends[0].weight is ${JSON.stringify(weight)}: is not a weight; allowed: whole numbers from 0 to 1000000; set a share, such as 90 and 10`,
    );
  });

  test('fails when none has a weight', () => {
    expect(() => split(backends.map(({ pool: each }) => ({ pool: each, weight: 0 })))).toThrow(
      'IGW502 backends is [0,0]: have no weight, and every request answers 500; allowed: at least one weight over 0; give one of the pools a weight',
    );
  });

  test('fails when a pool is given twice, is no pool, or is one too many', () => {
    expect(() => split([...backends, backends[0]])).toThrow(
      'IGW502 backends[2].pool is "team-a/stable": is given twice; add the two weights up in one entry',
    );
    expect(() => split([])).toThrow('IGW502 backends: has 0 pools; allowed: 1 to 16; name a pool');
    expect(() => split(Array.from({ length: 17 }, (_, n) => ({ pool: { name: `p${n}`, namespace: 'team-a' }, weight: 1 })))).toThrow(
      'IGW502 backends: has 17 pools; allowed: 1 to 16; remove some',
    );
    expect(() => split([{ pool: { name: 'A', namespace: 'team-a' }, weight: 1 }])).toThrow('IGW101 backends[0].pool.name is "A"');
  });

  test('fails with both or neither of `pool` and `backends`', () => {
    expect(() => routeOf({ backends })).toThrow('IGW502 pool: is given beside `backends`; allowed: one of the two; remove one of the two');
    expect(() => routeOf({ pool: undefined })).toThrow('IGW502 pool: is missing, and so is `backends`; allowed: one of the two; name the pool requests go to');
  });

  test('fails for each pool of another namespace on agentgateway', () => {
    expect(() => split([{ pool: { name: 'far', namespace: 'models' }, weight: 1 }], GatewayImplementation.agentgateway())).toThrow(
      'IGW402 backends[0].pool.namespace is "models": is not the route\'s namespace team-a, and agentgateway refuses',
    );
  });

  test('weights are accepted exactly when the CRD accepts them and one is over 0', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -2, max: 1_000_003 }), { minLength: 1, maxLength: 4 }), (weights) => {
      const valid = weights.every((weight) => weight >= 0 && weight <= 1_000_000) && weights.some((weight) => weight > 0);
      const list = weights.map((weight, index) => ({ pool: { name: `p${index}`, namespace: 'team-a' }, weight }));
      const attempt = expect(() => split(list));
      if (valid) attempt.not.toThrow();
      else attempt.toThrow(/IGW502 backends/);
    }), { numRuns: 50 });
  });
});

describe('a mirror', () => {
  const shadow = { name: 'shadow', port: 8000 };
  const mirrorOf = (mirror: RequestMirror, implementation?: GatewayImplementation) => routeOf({ mirror }, implementation).spec.rules[0].filters;

  test('to a Service gets copies of all requests', () => {
    expect(mirrorOf(RequestMirror.toService(shadow))).toEqual([{
      type: 'RequestMirror', requestMirror: { backendRef: { group: '', kind: 'Service', name: 'shadow', namespace: 'team-a', port: 8000 } },
    }]);
  });

  test.each([0, 5, 100])('gets %d percent', (percent) => {
    expect(mirrorOf(RequestMirror.toService(shadow, { percent }))[0].requestMirror.percent).toBe(percent);
  });

  test('fails for a pool, and says why', () => {
    expect(() => mirrorOf(RequestMirror.toPool(pool))).toThrow(
      'IGW402 mirror.pool is "team-a/qwen3": is an InferencePool, and nothing says that istio can mirror to one: ' +
      'no endpoint picker is asked for the copy of a request; allowed: a Service; ' +
      'mirror to a Service in front of the pods, or say that the implementation can with `mirroredPools`',
    );
  });

  test('may be a pool where the implementation says so', () => {
    expect(mirrorOf(RequestMirror.toPool(pool, { percent: 1 }), GatewayImplementation.of('x', { mirroredPools: true }))).toEqual([{
      type: 'RequestMirror',
      requestMirror: { backendRef: { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen3', namespace: 'team-a' }, percent: 1 },
    }]);
  });

  test.each([-1, 101, 0.5])('fails on %d percent', (percent) => {
    expect(() => mirrorOf(RequestMirror.toService(shadow, { percent }))).toThrow(
      `IGW502 mirror.percent is ${percent}: is not a percentage; allowed: whole numbers from 0 to 100; set one of them`,
    );
  });

  test('fails on a Service that cannot be one', () => {
    expect(() => mirrorOf(RequestMirror.toService({ name: '1', port: 0, namespace: 'A' }))).toThrow(
      /: 3 mistakes\n {2}IGW101 mirror\.service\.name is "1".*\n {2}IGW101 mirror\.service\.namespace is "A".*\n {2}IGW502 mirror\.service\.port is 0: is not a port; allowed: whole numbers from 1 to 65535; set the port of the Service/,
    );
  });
});

describe('a timeout on GKE, where routes take none', () => {
  const warningsWith = (build: (team: Chart, gateway: InferenceGateway) => void) => {
    const { team, gateway } = setUp(GatewayImplementation.gke());
    build(team, gateway);
    return stderrOf(App.of(team) as App);
  };
  const poolIn = (team: Chart) => new ModelPool(team, 'qwen3', { matchLabels: { app: 'qwen3' }, port: 8000 });
  const timeout = Duration.minutes(10);

  test('warns on a route that stands alone', () => {
    expect(warningsWith((team, gateway) => new ModelRoute(team, 'route', { gateway, pool, modelName: 'q', timeout }))).toEqual([
      'warning team-a/route: IGW411 timeout is "600s": is not in the route, where gke-l7-rilb takes none, and nothing renders a GCPBackendPolicy for ' +
      'pool team-a/qwen3; make the route with `routeFrom` of its ModelPool, call its `connectTo` with the timeout, or write a GCPBackendPolicy',
    ]);
  });

  test('does not warn of the default', () => {
    expect(warningsWith((team, gateway) => new ModelRoute(team, 'route', { gateway, pool, modelName: 'q' }))).toEqual([]);
  });

  test('is the pool\'s with routeFrom, and with connectTo before or after the route', () => {
    expect(warningsWith((team, gateway) => poolIn(team).routeFrom(gateway, { modelName: 'q', timeout }))).toEqual([]);
    expect(warningsWith((team, gateway) => {
      const modelPool = poolIn(team);
      new ModelRoute(team, 'route', { gateway, pool: modelPool, modelName: 'q', timeout });
      modelPool.connectTo(gateway, timeout);
    })).toEqual([]);
  });

  test('warns when the pool has another one', () => {
    expect(warningsWith((team, gateway) => {
      const modelPool = poolIn(team);
      modelPool.routeFrom(gateway, { modelName: 'q' });
      modelPool.routeFrom(gateway, { modelName: 'r', name: 'r', timeout });
    })).toEqual([
      'warning team-a/qwen3/Route-r: IGW411 timeout is "600s": is not in the route, where gke-l7-rilb takes none, and the GCPBackendPolicy of ' +
      'pool team-a/qwen3 has 300s; give `connectTo` and all routes of the pool one timeout',
    ]);
  });

  test.each([
    [Duration.millis(0), 2_147_483_647],
    [Duration.millis(1), 1],
    [Duration.millis(1500), 2],
    [Duration.days(30_000), 2_147_483_647],
  ])('of %j is %d seconds in the pool\'s policy: 0 is the longest, since it cannot be off', (given, seconds) => {
    const { team, gateway } = setUp(GatewayImplementation.gke());
    poolIn(team).routeFrom(gateway, { modelName: 'q', timeout: given });
    expect(objectOf(team, 'GCPBackendPolicy').spec.default.timeoutSec).toBe(seconds);
  });
});

test('routeFrom of a pool takes every option of a route', () => {
  const { team, gateway } = setUp();
  new ModelPool(team, 'qwen3', { matchLabels: { app: 'qwen3' }, port: 8000 }).routeFrom(gateway, {
    modelName: 'qwen3', loraAdapters: ['sql'], hostnames: ['a.example.com'], mirror: RequestMirror.toService({ name: 's', port: 80 }), timeout: Duration.millis(0),
  });
  expect(objectOf(team, 'HTTPRoute').spec).toMatchObject({
    hostnames: ['a.example.com'], rules: [{ matches: [{}, {}], filters: [{ type: 'RequestMirror' }], timeouts: { request: '0s' } }],
  });
});

test('a grant holds 16 namespaces; more of them get more grants', () => {
  const [models, ...teams] = chartsOf('models', ...Array.from({ length: 34 }, (_, n) => `team-${n}`));
  const gateway = new InferenceGateway(models, 'gw', { implementation: GatewayImplementation.istio() });
  const routes = teams.map((team) => new ModelRoute(team, 'route', { gateway, pool: { name: 'shared', namespace: 'models' }, modelName: team.node.id }));
  // One that is granted already needs none.
  new ModelRoute(teams[0], 'again', { gateway, pool: { name: 'shared', namespace: 'models' }, modelName: 'again', name: 'again' });
  const grants = teams.flatMap((team) => objectsOf(team)).filter(({ kind }) => kind === 'ReferenceGrant');
  expect(grants.map(({ metadata, spec }) => [metadata.name, spec.from.length])).toEqual([
    ['shared-referencegrant', 16], ['shared-referencegrant-2', 16], ['shared-referencegrant-3', 2],
  ]);
  expect(new Set(grants.flatMap(({ spec }) => spec.from.map(({ namespace }: any) => namespace))).size).toBe(34);
  expect(routes[33].referenceGrant?.name).toBe('shared-referencegrant-3');
});
