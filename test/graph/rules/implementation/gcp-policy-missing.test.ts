import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/implementation/gcp-policy-missing';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const set = workingSet({ implementation: GatewayImplementation.gke(), models: ['llama'] });

test('a pool with its policies, and pools elsewhere', () => {
  expect(linesOf(set, rule)).toEqual([]);
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without a HealthCheckPolicy: a warning, an error in a closed set', () => {
  const without = edit(set, ['HealthCheckPolicy models/llama', null]);
  expect(linesOf(without, rule)[0]).toMatch(/^warning InferencePool models\/llama: IGW1504 .*has no HealthCheckPolicy/);
  expect(linesOf(without, rule, { closed: true })[0]).toMatch(/^error/);
});

test('fails for a health check of another port', () => {
  const [line] = linesOf(edit(set, ['HealthCheckPolicy models/llama', ({ spec }) => { spec.default.config.httpHealthCheck.port = 9000; }]), rule);
  expect(line).toContain('spec.default.config.httpHealthCheck.port is 9000: is no target port of InferencePool models/llama');
});

test('fails without a timeout', () => {
  expect(linesOf(edit(set, ['GCPBackendPolicy models/llama', null]), rule)[0]).toContain('has no GCPBackendPolicy: answers are cut after 30 seconds');
  const empty = edit(set, ['GCPBackendPolicy models/llama', ({ spec }) => { delete spec.default.timeoutSec; }]);
  expect(linesOf(empty, rule)[0]).toContain('GCPBackendPolicy models/llama: IGW1504 spec.default.timeoutSec');
});
