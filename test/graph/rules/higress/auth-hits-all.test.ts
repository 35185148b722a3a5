import { rule } from '../../../../src/graph/rules/higress/auth-hits-all';
import { GPUSTACK, ingress, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';
import { gateway, listener, route } from '../../objects';

const extAuth = (spec: object = {}) => wasmPlugin('ext-auth', { defaultConfig: { http_service: { endpoint: { service_name: 'gpustack.dns' } } }, ...spec }, GPUSTACK);
const own = ingress('higress-system/gpustack', 'gpustack.dns:80', {}, GPUSTACK);
const other = ingress('shop/shop', 'shop.dns:80');

test('routes of its own only', () => {
  expect(linesOf([extAuth(), own], rule)).toEqual([]);
});

test.each([
  ['its default configuration is off', { defaultConfigDisable: true }],
  ['a rule takes the other Ingress', { matchRules: [{ ingress: ['shop/shop'], config: {} }] }],
  ['it has conditions of its own', { defaultConfig: { http_service: {}, route_match_regexes: ['^models/'] } }],
  ['it has a list of requests', { defaultConfig: { http_service: {}, match_type: 'blacklist', match_list: [] } }],
  ['it has no configuration', { defaultConfig: {} }],
])('nothing when %s', (_, spec) => {
  expect(linesOf([extAuth(spec), own, other], rule)).toEqual([]);
});

test('fails with a warning when the plugin of GPUStack takes the Ingress of someone else', () => {
  expect(linesOf([extAuth({ matchRules: [{ ingress: ['shop/shop'], configDisable: true }] }), own, other], rule)).toEqual([
    expect.stringMatching(/^warning WasmPlugin higress-system\/ext-auth: IGW1704 spec.defaultConfig: authenticates every request of this Higress, those of Ingress shop\/shop too.*set defaultConfigDisable: true/),
  ]);
});

test('fails for an HTTPRoute of Higress as well', () => {
  const objects = [extAuth(), gateway('gateway/inference', [listener()], { gatewayClassName: 'higress' }), route('shop/shop', 'gateway/inference')];
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('those of HTTPRoute shop/shop too')]);
});

test('is a note for the plugin of anyone, who may mean all routes', () => {
  const keyAuth = (config: object, matchRules: object[] = []) => wasmPlugin('key-auth', { defaultConfig: { consumers: [], keys: ['x-api-key'], ...config }, matchRules });
  const routes = [ingress('models/llama', 'llama.dns:80'), other];
  expect(linesOf([keyAuth({}), ...routes], rule)).toEqual([expect.stringMatching(/^info .*IGW1704/)]);
  expect(linesOf([keyAuth({ global_auth: true }, [{ ingress: ['models/llama'] }]), ...routes], rule)).toHaveLength(1);
  expect(linesOf([keyAuth({ global_auth: false }), ...routes], rule)).toEqual([]);
  expect(linesOf([keyAuth({}, [{ ingress: ['models/llama'] }]), ...routes], rule)).toEqual([]);
});
