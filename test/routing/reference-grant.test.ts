import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { GrantSource, GrantTarget, ReferenceGrant, ReferenceGrantProps } from '../../src/routing';
import { chartsOf, objectOf, objectsOf } from '../synth';

function grantsOf(props: Partial<ReferenceGrantProps>): any[] {
  const [chart] = chartsOf('models');
  new ReferenceGrant(chart, 'grant', { from: [GrantSource.httpRoutes('team-a')], to: [GrantTarget.inferencePool('qwen3')], ...props });
  return objectsOf(chart);
}

test('the smallest grant lets routes of a namespace refer to a pool', () => {
  const [chart] = chartsOf('models');
  const grant = new ReferenceGrant(chart, 'grant', { from: [GrantSource.httpRoutes('team-a')], to: [GrantTarget.inferencePool('qwen3')] });
  expect(objectOf(chart, 'ReferenceGrant')).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'grant', namespace: 'models' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team-a' }],
      to: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen3' }],
    },
  });
  expect(grant).toMatchObject({ name: 'grant', namespace: 'models' });
  expect(grant.grants).toEqual([ApiObject.of(grant)]);
});

test('sources and targets can be of any kind', () => {
  const [{ metadata, spec }] = grantsOf({
    name: 'edge',
    namespace: 'certificates',
    from: [GrantSource.gateways('edge'), GrantSource.of('gateway.envoyproxy.io', 'EnvoyExtensionPolicy', 'edge')],
    to: [GrantTarget.secret('tls'), GrantTarget.service('bbr'), GrantTarget.of('', 'ConfigMap')],
  });
  expect(metadata).toEqual({ name: 'edge', namespace: 'certificates' });
  expect(spec).toEqual({
    from: [
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' },
      { group: 'gateway.envoyproxy.io', kind: 'EnvoyExtensionPolicy', namespace: 'edge' },
    ],
    to: [{ group: '', kind: 'Secret', name: 'tls' }, { group: '', kind: 'Service', name: 'bbr' }, { group: '', kind: 'ConfigMap' }],
  });
});

test('one that is given twice counts once', () => {
  const [{ spec }] = grantsOf({ from: ['a', 'b', 'a'].map(GrantSource.httpRoutes), to: ['p', 'p'].map(GrantTarget.inferencePool) });
  expect(spec.from).toHaveLength(2);
  expect(spec.to).toHaveLength(1);
});

test('grants of any size allow every source every target, with 16 of each at most in one', () => {
  const count = fc.integer({ min: 1, max: 40 });
  fc.assert(fc.property(count, count, (sources, targets) => {
    const grants = grantsOf({
      from: Array.from({ length: sources }, (_, n) => GrantSource.httpRoutes(`team-${n}`)),
      to: Array.from({ length: targets }, (_, n) => GrantTarget.inferencePool(`pool-${n}`)),
    });
    expect(grants.map(({ metadata }) => metadata.name)).toEqual(grants.map((_, n) => (n === 0 ? 'grant' : `grant-${n + 1}`)));
    const pairs = grants.flatMap(({ spec: { from, to } }) => {
      expect(Math.max(from.length, to.length)).toBeLessThanOrEqual(16);
      return from.flatMap((source: any) => to.map((target: any) => `${source.namespace} ${target.name}`));
    });
    expect(pairs).toHaveLength(sources * targets);
    expect(new Set(pairs).size).toBe(sources * targets);
  }), { numRuns: 25 });
});

describe('mistakes', () => {
  test('fails when a list is empty', () => {
    expect(() => grantsOf({ from: [], to: [] })).toThrow(new Error(
      'models/grant: 2 mistakes\n' +
      '  IGW510 from: is empty, and such a grant allows nothing; say who may refer, for example `GrantSource.httpRoutes(…)`\n' +
      '  IGW510 to: is empty, and such a grant allows nothing; say what may be referred to, for example `GrantTarget.inferencePool(…)`',
    ));
  });

  test('fails on what is no kind', () => {
    expect(() => grantsOf({ to: [GrantTarget.of('', 'secrets/v1')] })).toThrow(
      'IGW510 to[0].kind is "secrets/v1": is not a kind; allowed: up to 63 letters, digits and -, starting with a letter; ' +
      'write the kind as manifests do, HTTPRoute for example',
    );
  });

  test('fails on names, all together', () => {
    expect(() => grantsOf({
      name: 'A', namespace: 'B', from: [GrantSource.of('C', 'HTTPRoute', 'D')], to: [GrantTarget.secret('E'), GrantTarget.of('F', 'Secret')],
    })).toThrow(/: 6 mistakes\n {2}IGW101 name is "A".*\n.*namespace is "B".*\n.*from\[0\]\.group is "C".*\n.*from\[0\]\.namespace is "D".*\n.*to\[0\]\.name is "E".*\n.*to\[1\]\.group is "F"/);
  });
});
