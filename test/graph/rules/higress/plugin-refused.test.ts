import { rule } from '../../../../src/graph/rules/higress/plugin-refused';
import { wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';

const rules = (...matchRules: object[]) => linesOf([wasmPlugin('key-auth', { matchRules })], rule);

test.each([
  'oci://registry.example.com/plugins/key-auth:2.0.0', 'registry.example.com/plugins/key-auth:2.0.0', 'http://10.0.0.1:8080/plugin.wasm', 'https://example.com/42',
  'file:///opt/plugins/key-auth.wasm',
])('url %s', (url) => {
  expect(linesOf([wasmPlugin('key-auth', { url })], rule)).toEqual([]);
});

test('rules with one kind of condition, and an Ingress with a service', () => {
  expect(rules({ ingress: ['a'] }, { domain: ['example.com'] }, { service: ['llama.dns'] }, { ingress: ['a'], service: ['llama.dns'] }, { configDisable: true })).toEqual([]);
});

test('fails without a URL', () => {
  expect(linesOf([wasmPlugin('key-auth', { url: '' })], rule)[0]).toMatch(/^error WasmPlugin higress-system\/key-auth: IGW1703 spec.url is "": is empty: there is no module to load; write where/);
  expect(linesOf([wasmPlugin('key-auth', { url: undefined })], rule)[0]).toContain('IGW1703 spec.url: is empty');
});

test.each([
  ['s3://bucket/plugin.wasm', /has the scheme s3, which nothing downloads; allowed: oci, http, https, file/],
  ['http:///plugin.wasm', /is no URL: it has no host/],
  ['http://example.com/a plugin.wasm', /is no URL/],
])('fails for the URL %s', (url, message) => {
  expect(linesOf([wasmPlugin('key-auth', { url })], rule)).toEqual([expect.stringMatching(message)]);
});

test('fails for a checksum that no module has', () => {
  expect(linesOf([wasmPlugin('key-auth', { sha256: 'ABC' })], rule)[0]).toMatch(/spec.sha256 is "ABC": is no SHA-256.*allowed: 64 lower-case/);
});

test('fails for a rule without a condition', () => {
  expect(rules({ ingress: [], config: {} })[0]).toMatch(/^error .*spec.matchRules\[0\]: has no condition: Higress refuses the whole plugin; set ingress, domain or service/);
});

test('fails with a warning for a domain beside an Ingress', () => {
  expect(rules({ ingress: ['a'], domain: ['example.com'] })[0]).toMatch(/^warning .*spec.matchRules\[0\].domain: is given beside ingress/);
});

test('fails for pluginConfig beside what it replaces', () => {
  expect(linesOf([wasmPlugin('key-auth', { pluginConfig: {}, defaultConfig: {}, matchRules: [] })], rule)[0])
    .toMatch(/spec.pluginConfig: makes Higress ignore defaultConfig and matchRules of key-auth; move it to defaultConfig/);
});
