import { rule } from '../../../../src/graph/rules/higress/registry-invalid';
import { bridge, bridgeOfTwo, ingress, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';

const ofRegistry = (registry: object) => linesOf([bridge([registry])], rule);

test('a dns and a static registry', () => {
  expect(linesOf([bridgeOfTwo()], rule)).toEqual([]);
});

test('one name for two types', () => {
  expect(linesOf([bridgeOfTwo({ name: 'llama', type: 'static', domain: '10.1.0.12:8000', port: 80 })], rule)).toEqual([]);
});

test('fails for a McpBridge that Higress does not read', () => {
  expect(linesOf([bridge([], 'higress-system/models')], rule)).toEqual([expect.stringMatching(
    /^error McpBridge higress-system\/models: IGW1707 metadata.name is "models": is not the McpBridge that Higress reads.*allowed: default; move its registries/,
  )]);
});

test.each([
  [{ name: 'a', type: 'dns', domain: '10.1.0.11', port: 80 }, 'domain is "10.1.0.11": is an IP address, where domain names belong; write type: static and address:port'],
  [{ name: 'a', type: 'dns', domain: 'localhost', port: 80 }, 'domain is "localhost": is no domain name that Higress takes'],
  [{ name: 'a', type: 'dns', domain: 'a.b.svc:80', port: 80 }, 'give the port as `port`'],
  [{ name: 'a', type: 'static', domain: '10.1.0.11', port: 80 }, 'is not an IP address with a port'],
  [{ name: 'a', type: 'static', domain: 'a.b.svc:80', port: 80 }, 'write type: dns, and the port in port'],
  [{ name: 'a', type: 'dns', domain: 'a.b.svc', port: 0 }, 'port is 0: is not a port'],
  [{ name: 'a', type: 'dns', domain: 'a.b.svc' }, 'port: is missing'],
  [{ name: 'a', type: 'sd', domain: 'a.b.svc', port: 80 }, 'type is "sd": is no type of registry; allowed: static, dns, nacos'],
  [{ name: 'a', type: 'nacos2', domain: 'a.b', port: 8848 }, 'nacosGroups is []: is empty, so no service is found'],
  [{ name: 'A_b', type: 'dns', domain: 'a.b.svc', port: 80 }, 'name is "A_b"'],
])('fails for %j', (registry, message) => {
  expect(ofRegistry(registry)).toEqual([expect.stringMatching(/^error McpBridge higress-system\/default: IGW1707 spec.registries\[0\]/)]);
  expect(ofRegistry(registry)[0]).toContain(message);
});

test('fails for a name that is there twice', () => {
  expect(linesOf([bridgeOfTwo({ name: 'llama', type: 'dns', domain: 'other.models.svc', port: 80 })], rule)[0]).toContain('registries[2].name is "llama": is the name of another dns registry: one of the two is lost');
});

test('is a warning for the registry that GPUStack makes of its own address', () => {
  expect(ofRegistry({ name: 'gpustack', type: 'static', domain: 'gpustack.example.com:30080', port: 80 })[0]).toMatch(/^warning .*set the advertise address of GPUStack to an IP address/);
});

test('is a note when nothing of a closed set uses a registry', () => {
  const objects = [bridgeOfTwo({ name: 'auth', type: 'dns', domain: 'auth.models.svc', port: 80 }), ingress('models/llama', 'llama.dns:8000')];
  const auth = wasmPlugin('ext-auth', { defaultConfig: { http_service: { endpoint: { service_name: 'auth.dns' } } } });
  expect(linesOf([...objects, auth], rule, { closed: true })).toEqual([expect.stringMatching(/^info .*registries\[1\] is "qwen.static": is used by no Ingress and no plugin/)]);
  expect(linesOf([...objects, auth], rule)).toEqual([]);
});
