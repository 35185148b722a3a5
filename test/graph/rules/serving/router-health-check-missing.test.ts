import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/serving/router-health-check-missing';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const POLICY = 'HealthCheckPolicy gateway/body-based-router';
const gke = (...changes: Change[]) => workingSet({ implementation: GatewayImplementation.gke() }, ...changes);

test('a policy for the router, and gateways that need none', () => {
  expect(linesOf(gke(), rule)).toEqual([]);
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without the policy', () => {
  expect(linesOf(gke().filter(({ kind, metadata }) => kind !== 'HealthCheckPolicy' || metadata.namespace !== 'gateway'), rule)).toEqual([
    'warning Service gateway/body-based-router: IGW1218 metadata.name is "body-based-router": has no HealthCheckPolicy: GKE takes the body-based router for unhealthy; add a '
    + 'HealthCheckPolicy that targets it, of type GRPC and port 9005',
  ]);
});

test('fails for another type or port', () => {
  expect(linesOf(gke([POLICY, ({ spec }) => { spec.default.config.type = 'HTTP'; }]), rule)).toEqual([expect.stringContaining('is "HTTP": is not what the body-based router answers; allowed: GRPC')]);
  expect(linesOf(gke([POLICY, ({ spec }) => { spec.default.config.grpcHealthCheck.port = 9004; }]), rule)).toEqual([expect.stringContaining('is 9004: is not the health port of the body-based router; allowed: 9005')]);
});
