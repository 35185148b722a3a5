import { App, Chart, Duration } from 'cdk8s';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { ModelPool } from '../../src/pool';
import { ModelRoute } from '../../src/routing';
import { backendPolicySeconds } from '../../src/routing/pool-timeouts';
import { objectOf, stderrOf } from '../synth';
import { pool, routeOf, setUp } from './route-of';

test('the smallest route has no timeout', () => {
  expect(routeOf({}, GatewayImplementation.gke()).spec.rules[0]).not.toHaveProperty('timeouts');
});

test('no policy has a timeout longer than the longest', () => {
  expect(backendPolicySeconds(Duration.days(30_000))).toBe(2_147_483_647);
});

describe('a timeout on GKE, where routes take none', () => {
  const warningsWith = (build: (team: Chart, gateway: InferenceGateway) => void) => {
    const { team, gateway } = setUp(GatewayImplementation.gke());
    build(team, gateway);
    return stderrOf(App.of(team) as App).filter((line) => line.includes('IGW411'));
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
  ])('of %j is %d seconds in the pool\'s policy: 0 is the longest, since it cannot be off', (given, seconds) => {
    const { team, gateway } = setUp(GatewayImplementation.gke());
    poolIn(team).routeFrom(gateway, { modelName: 'q', timeout: given });
    expect(objectOf(team, 'GCPBackendPolicy').spec.default.timeoutSec).toBe(seconds);
  });
});
