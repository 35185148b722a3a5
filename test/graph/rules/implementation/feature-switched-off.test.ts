import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/implementation/feature-switched-off';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const istiod = (env: object[]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'istiod', namespace: 'istio-system' },
  spec: { template: { metadata: { labels: { app: 'istiod' } }, spec: { containers: [{ name: 'discovery', image: 'istio/pilot:1.30.3', env }] } } },
});
const on = { name: 'ENABLE_GATEWAY_API_INFERENCE_EXTENSION', value: 'true' };

test('an implementation without a switch, and one that is switched on', () => {
  expect(linesOf(workingSet({ implementation: GatewayImplementation.gke() }), rule)).toEqual([]);
  expect(linesOf([...workingSet(), istiod([on])], rule)).toEqual([]);
});

test('an installation by Flux that names the switch', () => {
  const release = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'istiod', namespace: 'istio-system' },
    spec: { values: { pilot: { env: { ENABLE_GATEWAY_API_INFERENCE_EXTENSION: 'true' } } } },
  };
  expect(linesOf([...workingSet(), release], rule)).toEqual([]);
});

test('an installation that is not shown is told of once', () => {
  const lines = linesOf(workingSet(), rule);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^info .*istiod runs with ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true/);
});

test('fails for an istiod without the switch, or with it off', () => {
  expect(linesOf([...workingSet(), istiod([])], rule)[0]).toMatch(/^error Deployment istio-system\/istiod: IGW1506 .*has no ENABLE_GATEWAY/);
  expect(linesOf([...workingSet(), istiod([{ ...on, value: 'false' }])], rule)[0]).toContain('env[0].value is "false"');
});
