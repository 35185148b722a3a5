import * as fc from 'fast-check';
import { GatewayImplementation } from '../../src/gateway';
import { ModelPool } from '../../src/pool';
import { ModelRoute, ModelRouteProps, RequestMirror } from '../../src/routing';
import { idsOf, objectOf } from '../synth';
import { pool, routeOf, setUp } from './route-of';

test('the smallest route has one pool without a weight, and no mirror', () => {
  expect(routeOf().spec.rules[0]).toMatchObject({ backendRefs: [{ name: 'qwen3' }] });
  expect(routeOf().spec.rules[0].backendRefs[0]).not.toHaveProperty('weight');
  expect(routeOf().spec.rules[0]).not.toHaveProperty('filters');
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
    expect(() => split([{ pool: { name: 'A', namespace: 'team-a' }, weight: 1 }])).toThrow(/: 1 mistake\n {2}IGW101 backends\[0\]\.pool\.name is "A"/);
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
