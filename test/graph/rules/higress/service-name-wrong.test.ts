import { rule } from '../../../../src/graph/rules/higress/service-name-wrong';
import { bridgeOfTwo, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';

const quota = (service_name: unknown) => wasmPlugin('ai-quota', { defaultConfig: { redis: { service_name } } });

test.each(['llama.dns', 'redis.models.svc.cluster.local', 'redis.example.com', 7])('service %j', (service) => {
  expect(linesOf([bridgeOfTwo(), quota(service)], rule)).toEqual([]);
});

test('the registries are not in the set', () => {
  expect(linesOf([quota('redis.dns')], rule)).toEqual([]);
});

test('fails for an address', () => {
  expect(linesOf([quota('10.1.0.11')], rule)).toEqual([expect.stringMatching(
    /^error WasmPlugin higress-system\/ai-quota: IGW1709 spec.defaultConfig.redis.service_name is "10.1.0.11": is an address.*allowed: <registry>.static; add a static registry/,
  )]);
});

test('fails for a registry that does not exist, in a rule as well', () => {
  expect(linesOf([bridgeOfTwo(), quota('redis.dns')], rule)[0]).toContain('is no registry of the McpBridge: the calls of the plugin fail; allowed: llama.dns, qwen.static');
  const matchRules = [{ ingress: ['a'], config: { endpoint: { serviceFQDN: 'redis.static' } } }];
  expect(linesOf([bridgeOfTwo(), wasmPlugin('own', { matchRules })], rule)[0]).toContain('spec.matchRules[0].config.endpoint.serviceFQDN');
});
