import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { warningsOf } from '../../src/core';
import { GatewayToken, HigressPlugin, SecretText, WasmPlugin, WasmPluginUrl } from '../../src/higress';
import { withGoldens } from '../goldens';
import { chartsOf, objectOf } from '../synth';

const url = WasmPluginUrl.http('http://plugins/key/plugin.wasm');

function configOf(config: unknown): { chart: Chart; config: any } {
  const [chart] = chartsOf('higress-system');
  new WasmPlugin(chart, 'p', { url, defaultConfig: config });
  return { chart, config: objectOf(chart, 'WasmPlugin').spec.defaultConfig };
}

test('a placeholder is rendered as it is', () => {
  expect(configOf({ token: SecretText.placeholder('<path:gpustack#token>') }).config).toEqual({ token: '<path:gpustack#token>' });
});

test.each([
  ['<token>'], ['Bearer <path:kv/data/x#y>'], ['${TOKEN}'], ['$(TOKEN)'], ['{{ .token }}'], ['((token))'], ['#{token}#'], ['ENC[AES256_GCM,data:x]'],
  ['ref+vault://kv/x#y'],
])('%s is a placeholder', (text) => {
  expect(configOf({ list: [{ token: SecretText.placeholder(text) }] }).config).toEqual({ list: [{ token: text }] });
});

test('a reference is in the words of Higress, with and without a namespace', () => {
  const config = { a: SecretText.fromSecret('tokens', 'openai'), b: SecretText.fromSecret('tokens', 'tls.key', 'models') };
  expect(configOf(config).config).toEqual({ a: '${secret.tokens.openai}', b: '${secret.models/tokens.tls.key}' });
});

test('text may stand before each kind', () => {
  const config = [SecretText.placeholder('<a>'), SecretText.fromSecret('s', 'k'), SecretText.unsafePlainText('x')].map((secret) => secret.withPrefix('Bearer '));
  expect(configOf({ config }).config).toEqual({ config: ['Bearer <a>', 'Bearer ${secret.s.k}', 'Bearer x'] });
  expect(() => configOf({ a: SecretText.placeholder('plain').withPrefix('Bearer ') })).toThrow(/IGW702/);
});

test('neither a placeholder nor a reference warns', () => {
  const { chart } = configOf({ a: SecretText.placeholder('<a>'), b: SecretText.fromSecret('s', 'k') });
  expect(warningsOf(chart)).toEqual([]);
});

test('plain text warns with the path of the construct and the field, and without the secret', () => {
  const { chart, config } = configOf({ providers: [{ apiTokens: [SecretText.unsafePlainText('sk-very-secret')] }] });
  expect(config.providers[0].apiTokens).toEqual(['sk-very-secret']);
  expect(warningsOf(chart)).toEqual([expect.stringMatching(/^warning higress-system\/p: IGW701 spec\.defaultConfig\.providers\[0\]\.apiTokens\[0\]: .*fromSecret/)]);
  expect(warningsOf(chart).join()).not.toContain('very-secret');
});

test('a plain secret does not appear when it is printed', () => {
  expect(String(SecretText.unsafePlainText('sk-very-secret'))).toBe('SecretText(plain text)');
  expect(JSON.stringify([SecretText.unsafePlainText('sk-very-secret')])).toBe('["SecretText(plain text)"]');
  const [chart] = chartsOf('higress-system');
  expect(() => new WasmPlugin(chart, 'p', { url, defaultConfig: [SecretText.unsafePlainText('sk-very-secret')] })).toThrow(/IGW703 defaultConfig is \["SecretText\(plain text\)"\]/);
});

test('fails for a placeholder that is the secret itself, and does not repeat it', () => {
  const fails = () => configOf({ token: SecretText.placeholder('sk-0123456789') });
  expect(fails).toThrow(/IGW702 defaultConfig\.token is "\(hidden\)": is given as a placeholder and has no mark of one.*allowed: <…>/);
  expect(fails).not.toThrow(/sk-0123/);
});

test.each([
  ['a dot in the name', SecretText.fromSecret('my.secret', 'k'), /IGW702 defaultConfig\.token\.name is "my\.secret": has a dot/],
  ['a bad name', SecretText.fromSecret('My_Secret', 'k'), /IGW101 defaultConfig\.token\.name is "My_Secret"/],
  ['a bad key', SecretText.fromSecret('s', 'a}b'), /IGW702 defaultConfig\.token\.key is "a}b": is not a key/],
  ['a bad namespace', SecretText.fromSecret('s', 'k', 'a/b'), /IGW101 defaultConfig\.token\.namespace is "a\/b"/],
  ['an empty text', SecretText.unsafePlainText(''), /IGW702 defaultConfig\.token is "": is empty/],
  ['an empty JWT secret', GatewayToken.derive(''), /IGW702 defaultConfig\.token is "": is empty/],
])('fails for %s', (_, token, message) => {
  expect(() => configOf({ token })).toThrow(message);
});

test('secrets of a plugin of the catalogue are looked at, too', () => {
  const [chart] = chartsOf('higress-system');
  const plugin = HigressPlugin.keyAuth({ consumers: [{ name: 'a', credential: SecretText.placeholder('plain') }] });
  expect(() => new WasmPlugin(chart, 'k', { plugin })).toThrow(/IGW702 plugin\.config\.consumers\[0\]\.credential/);
});

withGoldens('derived tokens equal those of GPUStack', (folder) => {
  const directory = join(folder, 'gpustack');
  const effective = readdirSync(directory).filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')).effective).filter((config) => config?.jwt_secret_key);

  test('derived tokens equal those of GPUStack', () => {
    expect(effective.length).toBeGreaterThan(5);
    expect(effective.some((config) => config.derived_auth_cache_key)).toBe(true);
    effective.forEach((config) => {
      expect(configOf({ t: GatewayToken.derive(config.jwt_secret_key) }).config.t).toBe(config.derived_gateway_token);
      if (!config.derived_auth_cache_key) return;
      expect(configOf({ t: GatewayToken.deriveAuthCacheKey(config.jwt_secret_key) }).config.t).toBe(config.derived_auth_cache_key);
    });
  });
});
