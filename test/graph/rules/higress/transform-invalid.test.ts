import { rule } from '../../../../src/graph/rules/higress/transform-invalid';
import { wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';

const transformer = (reqRule: object, more: object = {}) => linesOf([wasmPlugin('transformer', { defaultConfig: { reqRules: [reqRule], ...more } })], rule);

test.each([
  [{ operate: 'remove', headers: [{ key: 'x-token' }] }], [{ operate: 'Add', headers: [{ key: 'x-tries', value: 3 }] }],
  [{ operate: 'rename', headers: [{ oldKey: 'a', newKey: 'b' }], querys: [{ oldKey: 'a', newKey: 'b' }] }],
  [{ operate: 'map', mapSource: 'headers', body: [{ fromKey: 'x-model', toKey: 'model', value_type: 'string' }] }],
  [{ operate: 'dedupe', headers: [{ key: ':path', strategy: 'RETAIN_LAST' }] }],
])('the rule %j', (reqRule) => {
  expect(transformer(reqRule).filter((line) => !line.startsWith('warning'))).toEqual([]);
});

test('other plugins have rules of their own', () => {
  expect(linesOf([wasmPlugin('other', { defaultConfig: { reqRules: [{}] } })], rule)).toEqual([]);
});

test.each([
  [{ headers: [{ key: 'a' }] }, 'spec.defaultConfig.reqRules[0].operate: is missing: the plugin leaves out this rule and all after it; allowed: remove, rename'],
  [{ operate: 'delete', headers: [{ key: 'a' }] }, 'spec.defaultConfig.reqRules[0].operate is "delete": is not an operation; allowed: remove, rename'],
  [{ operate: 'rename', headers: [{ oldKey: 'a' }] }, 'spec.defaultConfig.reqRules[0].headers[0].newKey: is missing, and rename needs it'],
  [{ operate: 'add', headers: [{ key: 'two words', value: 'x' }] }, 'headers[0].key is "two words": is not the name of a header'],
  [{ operate: 'replace', headers: [{ key: 'a', newValue: 'b', host_pattern: '(?=x)' }] }, 'headers[0].host_pattern is "(?=x)": does not compile as RE2'],
  [{ operate: 'add', body: [{ key: 'a', value: 'b', value_type: 'bool' }] }, 'body[0].value_type is "bool"'],
])('fails for the rule %j', (reqRule, message) => {
  expect(transformer(reqRule)).toEqual([expect.stringMatching(/^error WasmPlugin higress-system\/transformer: IGW1710 /)]);
  expect(transformer(reqRule)[0]).toContain(message);
});

test('fails for answers and match rules as well', () => {
  const matchRules = [{ ingress: ['a'], config: { respRules: [{ operate: 'add', headers: [{ key: 'a' }] }] } }];
  expect(linesOf([wasmPlugin('transformer', { matchRules })], rule)[0]).toContain('spec.matchRules[0].config.respRules[0].headers[0].value: is missing');
});

test('fails with a warning for what has no effect', () => {
  expect(transformer({ operate: 'remove', headers: [{ key: 'a', value: 'b' }] })).toEqual([expect.stringMatching(/^warning .*headers\[0\].value is "\(hidden\)": is not read by remove/)]);
  expect(transformer({ operate: 'remove', headers: [{ key: 'a', path_pattern: '^/a' }] })[0]).toMatch(/^warning .*headers\[0\].path_pattern: has no effect/);
});
