import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { formatDuration, httpRouteManifest, isGatewayDuration } from '../../src/routing/http-route-manifest';

const plan = {
  name: 'r',
  namespace: 'team-a',
  gateway: { name: 'gw', namespace: 'edge' },
  matches: [{ pathType: 'Exact' as const, path: '/v1/models' }],
  backends: [{ group: '', kind: 'Service', name: 's', namespace: 'team-b', port: 80 }],
};

test('the smallest duration is 0s', () => {
  expect(formatDuration(Duration.millis(0))).toBe('0s');
});

test('the smallest route has a match and a backend, and nothing that was not asked for', () => {
  expect(httpRouteManifest(plan).spec).toEqual({
    parentRefs: [{ name: 'gw', namespace: 'edge' }],
    rules: [{ matches: [{ path: { type: 'Exact', value: '/v1/models' } }], backendRefs: plan.backends }],
  });
});

test('empty lists leave no trace', () => {
  expect(httpRouteManifest({ ...plan, hostnames: [], setHeaders: {}, removeHeaders: [] })).toEqual(httpRouteManifest(plan));
});

test('synth may ask twice', () => {
  expect(httpRouteManifest({ ...plan, requestTimeout: '5s' })).toEqual(httpRouteManifest({ ...plan, requestTimeout: '5s' }));
});

describe('formatDuration', () => {
  test.each([
    [Duration.seconds(300), '300s'],
    [Duration.millis(999), '999ms'],
    [Duration.millis(99_999), '99999ms'],
    [Duration.millis(100_001), '100s1ms'],
    [Duration.seconds(99_999), '99999s'],
    [Duration.seconds(100_000), '27h46m40s'],
    [Duration.days(2), '48h'],
    [Duration.millis(100_000_001), '27h46m40s1ms'],
    [Duration.hours(99_999), '99999h'],
  ])('writes %j as %s', (duration, text) => {
    expect(formatDuration(duration)).toBe(text);
  });

  // GEP-2257: up to four units, each with up to five digits. It is also the CRD's pattern.
  const GATEWAY_API = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;
  const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

  test('is what the CRD accepts, and stands for the same time', () => {
    fc.assert(fc.property(fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 99_999 * 3_600_000 })), (milliseconds) => {
      const text = formatDuration(Duration.millis(milliseconds));
      expect(text).toMatch(GATEWAY_API);
      const parts = [...text.matchAll(/(\d+)(h|ms|m|s)/g)].map(([, amount, unit]) => Number(amount) * UNITS[unit]);
      expect(parts.reduce((sum, part) => sum + part)).toBe(milliseconds);
    }));
  });
});

test.each<[Duration, boolean]>([
  [Duration.millis(0), true],
  [Duration.millis(1), true],
  [Duration.millis(0.5), false],
  [Duration.seconds(1.5), true],
  [Duration.seconds(0.0001), false],
  [Duration.hours(99_999), true],
  [Duration.hours(100_000), false],
])('%j can be written: %s', (duration, possible) => {
  expect(isGatewayDuration(duration)).toBe(possible);
});
