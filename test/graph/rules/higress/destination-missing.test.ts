import { rule } from '../../../../src/graph/rules/higress/destination-missing';
import { bridge, bridgeOfTwo, GPUSTACK, ingress, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';
import { object } from '../../objects';

const withDestination = (destination: string | undefined, ...more: object[]) => linesOf([bridgeOfTwo(), ingress('models/llama', destination), ...more], rule);

test.each(['llama.dns:8000', 'llama.dns', '60% llama.dns:8000\n40% qwen.static:80', 'web.models.svc.cluster.local:80'])('destination %j', (destination) => {
  expect(withDestination(destination)).toEqual([]);
});

test('the registries are not in the set, or are found at run time', () => {
  expect(linesOf([ingress('models/llama', 'mistral.dns:8000')], rule)).toEqual([]);
  expect(linesOf([bridgeOfTwo({ name: 'nacos', type: 'nacos2' }), ingress('models/llama', 'mistral.DEFAULT-GROUP.public.nacos:8000')], rule)).toEqual([]);
});

test('GPUStack adds registries at run time', () => {
  expect(withDestination('model-1-1.static:80', wasmPlugin('ai-proxy', {}, GPUSTACK))).toEqual([]);
  expect(linesOf([bridge([{ name: 'gpustack', type: 'dns', domain: 'server.gpustack.svc', port: 80 }]), ingress('models/llama', 'model-1-1.static:80')], rule)).toEqual([]);
});

test('an Ingress with Services is none of Higress alone', () => {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  expect(linesOf([object('networking.k8s.io/v1', 'Ingress', 'shop/shop', { spec: { defaultBackend: backend } })], rule)).toEqual([]);
});

test('fails for a registry that does not exist', () => {
  expect(withDestination('lama.dns:8000')).toEqual([expect.stringMatching(
    /^error Ingress models\/llama: IGW1706 metadata.annotations\["higress.io\/destination"\] is "lama.dns:8000": names lama.dns, and the McpBridge has no such registry: requests answer 503; allowed: llama.dns, qwen.static; name llama.dns, or add/,
  )]);
});

test('fails for a name that is nearly one of GPUStack', () => {
  const registry = { name: 'gpustack', type: 'dns', domain: 'server.gpustack.svc', port: 80 };
  expect(linesOf([bridge([registry]), ingress('models/llama', 'gpustak.dns:80')], rule)[0]).toContain('name gpustack.dns');
});

test('fails without a McpBridge when the set is closed', () => {
  expect(linesOf([ingress('models/llama', 'llama.dns:80')], rule, { closed: true })[0]).toContain('add the registry to McpBridge default');
});

test('fails for another port', () => {
  expect(withDestination('llama.dns:80')[0]).toContain('names port 80, and registry llama of the McpBridge has port 8000: requests answer 503; allowed: llama.dns:8000; write llama.dns:8000');
});

test('fails with a warning when shares are not 100 together', () => {
  expect(withDestination('60% llama.dns:8000\n60% qwen.static:80')[0]).toMatch(/^warning .*has weights of 120 % together/);
  expect(withDestination('x% llama.dns:8000\n60% qwen.static:80')[0]).toMatch(/^warning .*has weights of which one is no number/);
});

test('fails without the annotation', () => {
  expect(withDestination(undefined)[0]).toMatch(/^error .*annotations\["higress.io\/destination"\]: is missing, and a backend is the McpBridge/);
});

test.each([
  [{ apiGroup: '' }, 'apiGroup: is not the group of McpBridge'],
  [{ kind: 'Bridge' }, 'kind is "Bridge": is no kind that Higress takes'],
  [{ name: 'other' }, 'name is "other": is not the McpBridge that Higress reads'],
])('fails for the backend %j', (resource, message) => {
  expect(linesOf([bridgeOfTwo(), ingress('models/llama', 'llama.dns:8000', resource)], rule)).toEqual([expect.stringContaining(message)]);
});
