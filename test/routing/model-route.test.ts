import { ApiObject, App, Duration } from 'cdk8s';
import { warningsOf } from '../../src/core';
import { AllowedRoutes, GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { ModelPool } from '../../src/pool';
import { ModelRoute, RequestMirror } from '../../src/routing';
import { chartsOf, idsOf, objectOf, objectsOf } from '../synth';
import { pool, routeOf, setUp } from './route-of';

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
