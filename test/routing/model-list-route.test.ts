import { App } from 'cdk8s';
import { warningsOf } from '../../src/core';
import { GatewayImplementation } from '../../src/gateway';
import { ModelListRoute, ModelListRouteProps } from '../../src/routing';
import { idsOf, objectOf, objectsOf, stderrOf } from '../synth';
import { pool, setUp } from './route-of';

function routeOf(props: Partial<ModelListRouteProps> = {}, implementation?: GatewayImplementation): any {
  const { team, gateway } = setUp(implementation);
  new ModelListRoute(team, 'models', { gateway, pool: props.service ? undefined : pool, ...props });
  return objectOf(team, 'HTTPRoute');
}

test('the smallest route sends the list of models to a pool, whatever the headers', () => {
  const { platform, team, gateway } = setUp();
  const route = new ModelListRoute(team, 'models', { gateway, pool });
  expect(objectsOf(team)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'models', namespace: 'team-a' },
    spec: {
      parentRefs: [{ name: 'gw', namespace: 'gateway-system' }],
      rules: [{
        matches: [{ path: { type: 'Exact', value: '/v1/models' } }],
        backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen3', namespace: 'team-a' }],
      }],
    },
  }]);
  expect(route).toMatchObject({ name: 'models', namespace: 'team-a', referenceGrant: undefined });
  expect(JSON.stringify(objectOf(platform, 'Gateway').spec.listeners)).toContain('["gateway-system","team-a"]');
});

test('health checks, host names and a listener can be added', () => {
  const { metadata, spec } = routeOf({ healthPath: '/health', hostnames: ['ai.example.com'], sectionName: 'http', name: 'list', namespace: 'team-a' });
  expect(metadata.name).toBe('list');
  expect(spec.hostnames).toEqual(['ai.example.com']);
  expect(spec.parentRefs[0].sectionName).toBe('http');
  expect(spec.rules[0].matches.map(({ path }: any) => path)).toEqual(['/v1/models', '/health'].map((value) => ({ type: 'Exact', value })));
});

test('a Service may answer, of the same namespace or granted in another', () => {
  expect(routeOf({ service: { name: 'catalogue', port: 80 } }).spec.rules[0].backendRefs).toEqual([
    { group: '', kind: 'Service', name: 'catalogue', namespace: 'team-a', port: 80 },
  ]);
  const { team, gateway } = setUp(GatewayImplementation.agentgateway());
  const route = new ModelListRoute(team, 'models', { gateway, service: { name: 'catalogue', port: 80, namespace: 'platform' } });
  expect(idsOf(team)).toEqual(['ReferenceGrant platform/catalogue-service-referencegrant', 'HTTPRoute team-a/models']);
  expect(objectOf(team, 'ReferenceGrant').spec.to).toEqual([{ group: '', kind: 'Service', name: 'catalogue' }]);
  expect(route.referenceGrant?.kind).toBe('ReferenceGrant');
});

test('is no model: a Gateway with one model and a list needs no body-based router', () => {
  const { team, gateway } = setUp();
  ['a', 'b'].forEach((id) => new ModelListRoute(team, id, { gateway, pool, hostnames: [`${id}.example.com`] }));
  expect(stderrOf(App.of(team) as App)).toEqual([]);
});

test('warns when two routes of a Gateway answer to one path', () => {
  const { team, models, gateway } = setUp();
  new ModelListRoute(team, 'models', { gateway, pool });
  new ModelListRoute(models, 'models', { gateway, pool: { name: 'llama', namespace: 'models' } });
  expect(warningsOf(team)).toEqual([
    'warning models/models: IGW410 path is "/v1/models": is also a path team-a/models answers to on Gateway gateway-system/gw, ' +
    'which picks one of the two silently; keep one of the two, or give them different `hostnames`',
  ]);
});

describe('mistakes', () => {
  test('fails with both or neither of pool and Service', () => {
    expect(() => routeOf({ pool, service: { name: 's', port: 80 } })).toThrow('IGW502 pool: is given beside `service`; allowed: one of the two; remove one');
    expect(() => routeOf({ pool: undefined })).toThrow('IGW502 pool: is missing, and so is `service`; allowed: one of the two; name what answers');
  });

  test('fails on a pool the implementation refuses', () => {
    expect(() => routeOf({}, GatewayImplementation.of('nginx', { inferencePools: false }))).toThrow('IGW402 gatewayClassName is "nginx"');
    expect(() => routeOf({ pool: { name: 'a', namespace: 'models' } }, GatewayImplementation.agentgateway())).toThrow('IGW402 pool.namespace is "models"');
    expect(routeOf({ service: { name: 's', port: 80 } }, GatewayImplementation.of('nginx', { inferencePools: false })).kind).toBe('HTTPRoute');
  });

  test('fails with all mistakes together, and renders nothing', () => {
    const { team, gateway } = setUp();
    expect(() => new ModelListRoute(team, 'models', {
      gateway, name: 'A', service: { name: 's', port: 70_000 }, healthPath: 'health', hostnames: ['a:80'], sectionName: 'A',
    })).toThrow(new RegExp([
      '^team-a/models: 5 mistakes',
      '  IGW101 name is "A": .*',
      '  IGW101 sectionName is "A": .*',
      '  IGW502 hostnames\\[0\\] is "a:80": .*',
      '  IGW502 healthPath is "health": is not a path the Gateway API matches; .*',
      '  IGW502 service\\.port is 70000: is not a port; .*$',
    ].join('\n')));
    expect(objectsOf(team)).toEqual([]);
  });

  test('fails when the health check is the list', () => {
    expect(() => routeOf({ healthPath: '/v1/models' })).toThrow('IGW502 healthPath is "/v1/models": is routed already; remove `healthPath`');
  });
});
