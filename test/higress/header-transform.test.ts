import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { warningsOf } from '../../src/core';
import {
  DedupeStrategy, HeaderTransform, HigressPlugin, TransformEntry, TransformOperation, TransformPart, transformRule, TransformValueType, WasmPlugin,
} from '../../src/higress';
import { withGoldens } from '../goldens';
import { chartsOf, objectOf } from '../synth';

function render(requests: HeaderTransform[], answers?: HeaderTransform[]): { config: any; warnings: string[] } {
  const [chart] = chartsOf('higress-system');
  new WasmPlugin(chart, 't', { plugin: HigressPlugin.transformer({ requests, answers }) });
  return { config: objectOf(chart, 'WasmPlugin').spec.defaultConfig, warnings: warningsOf(chart) };
}

test('the smallest transformation', () => {
  expect(render([HeaderTransform.remove(['x-a'])])).toEqual({ config: { reqRules: [{ operate: 'remove', headers: [{ key: 'x-a' }] }] }, warnings: [] });
});

test('no steps is a list without any', () => {
  expect(render([]).config).toEqual({ reqRules: [] });
});

test('every operation, in order', () => {
  expect(render([
    HeaderTransform.rename([{ oldKey: 'a', newKey: ':path' }]),
    HeaderTransform.replace([{ key: 'a', newValue: 'v' }]),
    HeaderTransform.add([{ key: 'a', value: 'host-$1', hostPattern: '^(.*)\\.com$' }]),
    HeaderTransform.append([{ key: 'a', appendValue: '$1', pathPattern: '^/(v[0-9])/' }]),
    HeaderTransform.map([{ fromKey: 'messages.0.role', toKey: 'x-role' }], { source: TransformPart.BODY }),
    HeaderTransform.dedupe([{ key: 'a' }, { key: 'b', strategy: DedupeStrategy.RETAIN_UNIQUE }]),
    HeaderTransform.add([{ key: 'n', value: '1', valueType: TransformValueType.NUMBER }], { part: TransformPart.BODY }),
    HeaderTransform.remove(['q'], { part: TransformPart.QUERY }),
  ], [HeaderTransform.remove(['server'])])).toEqual({
    warnings: [],
    config: {
      reqRules: [
        { operate: 'rename', headers: [{ newKey: ':path', oldKey: 'a' }] },
        { operate: 'replace', headers: [{ key: 'a', newValue: 'v' }] },
        { operate: 'add', headers: [{ key: 'a', value: 'host-$1', host_pattern: '^(.*)\\.com$' }] },
        { operate: 'append', headers: [{ key: 'a', appendValue: '$1', path_pattern: '^/(v[0-9])/' }] },
        { operate: 'map', mapSource: 'body', headers: [{ fromKey: 'messages.0.role', toKey: 'x-role' }] },
        { operate: 'dedupe', headers: [{ key: 'a', strategy: 'RETAIN_FIRST' }, { key: 'b', strategy: 'RETAIN_UNIQUE' }] },
        { operate: 'add', body: [{ key: 'n', value: '1', value_type: 'number' }] },
        { operate: 'remove', querys: [{ key: 'q' }] },
      ],
      respRules: [{ operate: 'remove', headers: [{ key: 'server' }] }],
    },
  });
});

const raw = (operation: string, entry: TransformEntry, options = {}) => HeaderTransform.of(operation as TransformOperation, [entry], options);

test.each<[string, HeaderTransform, RegExp]>([
  ['an unknown operation', raw('frobnicate', { key: 'k' }), /IGW705 plugin\.reqRules\[0\]\.operate is "frobnicate": is not an operation; allowed: remove, rename/],
  ['a field of another operation', raw('rename', { oldKey: 'a', newKey: 'b', value: 'v' }), /headers\[0\]\.value is "v": is not read by rename; remove it; rename takes oldKey and newKey/],
  ['a missing field', raw('rename', { oldKey: 'a' }), /headers\[0\]\.newKey: is missing, and rename needs it/],
  ['an empty key', HeaderTransform.remove(['']), /headers\[0\]\.key is "": is empty/],
  ['a header with a space', HeaderTransform.remove(['x a']), /headers\[0\]\.key is "x a": is not the name of a header/],
  ['a lookahead', HeaderTransform.add([{ key: 'a', value: '$1', hostPattern: '(?=a)(b)' }]), /hostPattern is "\(\?=a\)\(b\)": does not compile as RE2/],
  ['a backreference', HeaderTransform.add([{ key: 'a', value: '$1', pathPattern: '(a)\\1' }]), /pathPattern .*does not compile as RE2/],
  ['a bad strategy', raw('dedupe', { key: 'a', strategy: 'LAST' }), /strategy is "LAST": is not a strategy.*RETAIN_FIRST, RETAIN_LAST, RETAIN_UNIQUE/],
  ['a type that upstream drops', raw('add', { key: 'a', value: 'true', valueType: 'bool' }, { part: TransformPart.BODY }), /valueType is "bool": is not a type.*write boolean/],
  ['a value that is not of its type', HeaderTransform.add([{ key: 'a', value: 'x', valueType: TransformValueType.NUMBER }], { part: TransformPart.BODY }), /value is "x": is no number/],
  ['an object that is none', HeaderTransform.add([{ key: 'a', value: '{', valueType: TransformValueType.OBJECT }], { part: TransformPart.BODY }), /is no object/],
  ['no entries', HeaderTransform.remove([]), /reqRules\[0\]\.headers: is empty/],
  ['a source without map', raw('remove', { key: 'a' }, { source: TransformPart.BODY }), /mapSource is "body": is not read by remove/],
  ['a line break', HeaderTransform.add([{ key: 'a', value: 'a\r\nb: c' }]), /has a line break/],
])('fails for %s', (_, step, message) => {
  expect(() => render([step])).toThrow(message);
});

test('fails for the query of answers', () => {
  expect(() => render([], [HeaderTransform.remove(['a'], { part: TransformPart.QUERY })])).toThrow(/respRules\[0\]\.querys is "querys": changes nothing/);
});

test('fails without requests and answers', () => {
  const [chart] = chartsOf('a');
  expect(() => new WasmPlugin(chart, 't', { plugin: HigressPlugin.transformer({}) })).toThrow(/IGW706 plugin\.reqRules: and respRules are missing/);
});

test.each<[string, HeaderTransform, RegExp]>([
  ['a pattern of an operation that sets nothing', raw('remove', { key: 'a', hostPattern: '^a' }), /IGW708 plugin\.reqRules\[0\]\.headers\[0\]\.hostPattern: has no effect: remove changes every request/],
  ['two patterns', raw('add', { key: 'a', value: '$1', hostPattern: '(a)', pathPattern: '(b)' }), /pathPattern: has no effect: `hostPattern` is given too/],
  ['a pattern without groups', raw('add', { key: 'a', value: 'v', pathPattern: '^/a' }), /pathPattern: captures nothing, and does not choose requests/],
  ['a type of a header', raw('add', { key: 'a', value: '1', valueType: 'number' }), /valueType: has no effect/],
])('warns of %s', (_, step, message) => {
  expect(render([step]).warnings).toEqual([expect.stringMatching(message)]);
});

test('any header that HTTP allows is taken', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-zA-Z0-9-]{1,40}$/), (key) => HeaderTransform.remove([key])._mistakes('x', false).length === 0));
});

withGoldens("rules equal those of GPUStack's transform_header", (folder) => {
  const read = () => JSON.parse(readFileSync(join(folder, 'gpustack', 'seed-transform-header.json'), 'utf8')).expected;
  const entryOf = ({ value_type: valueType, host_pattern: hostPattern, path_pattern: pathPattern, ...same }: any): TransformEntry => (
    { ...same, valueType, hostPattern, pathPattern }
  );

  test('the samples', () => {
    const { samples } = read();
    expect(samples.length).toBeGreaterThan(6);
    samples.forEach(({ input, output }: any) => {
      expect(transformRule(input.operate, input.rules.map(entryOf))).toEqual(output);
      expect(JSON.stringify(transformRule(input.operate, input.rules.map(entryOf)))).toBe(JSON.stringify(output));
      expect(HeaderTransform.of(input.operate, input.rules.map(entryOf))._rule()).toEqual(output);
    });
  });

  test('the edge cases', () => {
    const { edge_cases: cases } = read();
    const of = (name: string) => cases.find((one: any) => one.case === name).output;
    expect(transformRule('remove', [])).toEqual(of('no rules'));
    expect(transformRule('remove', [{}])).toEqual(of('empty rule'));
    expect(transformRule('add', [{ key: '', value: '' }])).toEqual(of('empty string kept'));
    expect(transformRule('add', [{ key: 'k', value: undefined }])).toEqual(of('explicit None dropped'));
    expect(transformRule('add', [{ pathPattern: 'p', value: 'v', key: 'k' }]).headers!.map((header) => Object.keys(header))).toEqual(of('field order'));
  });

  test('the fields', () => {
    const fields = Object.keys(read().model_fields);
    const all = Object.fromEntries(['key', 'newKey', 'oldKey', 'fromKey', 'toKey', 'value', 'newValue', 'appendValue', 'valueType', 'strategy', 'hostPattern', 'pathPattern'].map((name) => [name, 'x']));
    expect(Object.keys(transformRule('add', [all]).headers![0])).toEqual(fields);
  });
});
