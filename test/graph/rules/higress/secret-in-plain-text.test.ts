import { ApiObject, App, Chart } from 'cdk8s';
import { SecretText, WasmPlugin, WasmPluginUrl } from '../../../../src';
import { warningsOf } from '../../../../src/core';
import { rule } from '../../../../src/graph/rules/higress/secret-in-plain-text';
import { bridge, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';

const proxy = (apiToken: unknown) => wasmPlugin('ai-proxy', { defaultConfig: { providers: [{ id: 'a', type: 'openai', apiTokens: [apiToken] }] } });
const registry = { name: 'nacos', type: 'nacos2', domain: 'nacos.example.com', port: 8848, nacosGroups: ['DEFAULT_GROUP'] };

test.each(['${secret.openai.token}', '<path:secrets/openai#token>', '$(OPENAI_TOKEN)', '{{ .Values.token }}', 'none', 7])('the token %j is none', (token) => {
  expect(linesOf([proxy(token)], rule)).toEqual([]);
});

test('what only sounds like a secret', () => {
  const defaultConfig = { tokenHeader: 'x-api-key-of-callers', max_tokens: '100000000000', completion_token: 'completion_tokens', keys: ['x-api-key', 'authorization'] };
  expect(linesOf([wasmPlugin('ai-statistics', { defaultConfig })], rule)).toEqual([]);
});

test('fails with a warning for a token of a provider, which is not shown', () => {
  const [line, ...others] = linesOf([proxy('sk-0123456789abcdef')], rule);
  expect(line).toMatch(/^warning WasmPlugin higress-system\/ai-proxy: IGW1705 spec.defaultConfig.providers\[0\].apiTokens\[0\] is "\(hidden\)": looks like a secret in plain text; write \$\{secret/);
  expect(line).not.toContain('0123456789');
  expect(others).toEqual([]);
});

test('fails once for all secrets of an object', () => {
  const matchRules = [{ ingress: ['a'], config: { redis: { password: 'a-long-password' } } }];
  expect(linesOf([wasmPlugin('ai-quota', { defaultConfig: { redis: { password: 'another-password' } }, matchRules })], rule)).toEqual([
    expect.stringContaining('in plain text; 1 more is in this object'),
  ]);
});

test('fails for a variable of the plugin', () => {
  expect(linesOf([wasmPlugin('own', { vmConfig: { env: [{ name: 'API_KEY', value: '0123456789abcdef' }] } })], rule)[0]).toContain('spec.vmConfig.env[0].value');
});

test('fails for the password of a registry', () => {
  expect(linesOf([bridge([{ ...registry, nacosSecretKey: '0123456789abcdef' }])], rule)[0]).toMatch(/McpBridge .*spec.registries\[0\].nacosSecretKey.*authSecretName/);
  expect(linesOf([bridge([{ ...registry, authSecretName: 'nacos-login-secret' }])], rule)).toEqual([]);
});

test('an app is told once, by the construct that was given the secret', () => {
  const app = new App();
  const chart = new Chart(app, 'platform', { namespace: 'higress-system' });
  const token = '0123456789abcdef';
  new WasmPlugin(chart, 'ours', { url: WasmPluginUrl.oci('registry.example.com/plugins/own'), defaultConfig: { apiToken: SecretText.unsafePlainText(token) } });
  const { metadata: { namespace }, ...plugin } = wasmPlugin('theirs', { defaultConfig: { apiToken: token } });
  new ApiObject(chart, 'theirs', { ...plugin, metadata: { name: 'theirs', namespace } });
  app.synthYaml();
  const warnings = warningsOf(app).filter((line) => /IGW(701|1705)/.test(line));
  expect(warnings).toEqual([expect.stringMatching(/^warning platform\/ours: IGW701/), expect.stringMatching(/^warning WasmPlugin higress-system\/theirs .*IGW1705/)]);
});
