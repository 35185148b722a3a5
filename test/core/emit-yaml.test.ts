import { App, ApiObject, Chart, Lazy, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { CORE_SCHEMA, DEFAULT_SCHEMA, load } from 'js-yaml';
import { parse } from 'yaml';
import { emitManifest, emitYaml } from '../../src/core';

/** Texts that some reader of YAML takes for something else, or that need quotes, escapes or a block. */
const HARD_TEXTS = [
  '', ' ', '  ', '\n', '\n\n', '\t', ' a', 'a ', 'a\t', '\ta', 'a\n', 'a\n\n', '\na', 'a\nb', 'a\nb\n', 'a\nb\n\n', ' a\nb', 'a\n b', 'a \nb', 'a\n ',
  'a\n\t', 'a\r\nb', 'a\rb', '# a', 'a #b', 'a#b', 'a: b', 'a:b', 'a:', ':a', ':', '- a', '-', '-a', '--', '---', '--- a', '...', '...a', '---\na', 'a\n---',
  'a\n...', '%a', 'a\n%b', '? a', '?', '?a', '!a', '&a', '*a', '@a', '`a', '|', '>', '[', ']', '{', '}', '[]', '{}', ',', '"', "'", '"a', "'a", 'a"b', "a'b",
  '\\', 'a\\nb', '<<', '=', '~', 'null', 'Null', 'NULL', 'nULL', 'y', 'Y', 'n', 'N', 'yes', 'Yes', 'YES', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF',
  'true', 'True', 'TRUE', 'tRUE', 'false', 'False', 'FALSE', '0', '-0', '+1', '1', '01', '0777', '0o7', '0x1F', '0b1', '1_000', '1e3', '1E3', '1.', '.1', '.5e3',
  '1.0', '-1.5', '.inf', '-.inf', '.Inf', '.nan', '.NaN', 'Infinity', 'NaN', '1:30', '190:20:30', '190:20:30.15', '2001-12-14', '2001-12-14t21:59:43.10-05:00',
  '2001-12-14 21:59:43', '12e03', '0.', '1e', 'e3', '0x', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'ä', '日本', '😀', '\u{1F600}a', '\uD800',
  '\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', 'a\u0085b', 'http://a/b', 'a.b.c/d', 'nvidia.com/gpu', '100Gi',
  '500m', '1.5Gi', '--flag=value', '-c', 'sh', 'a@b', 'x'.repeat(2000), 'word '.repeat(300), `${'line of text\n'.repeat(100)}`, 'k'.repeat(1022), 'k'.repeat(1023),
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HARD_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'ab19-.:/_ #\n\t\'"%|>!&*?@`{}[],=+~\\eExo') }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...HARD_TEXTS), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('\n')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e21, -1e21, 1e-7, 2 ** 53, 0.1, 1.0, NaN, Infinity, -Infinity));
const finite = number.filter(Number.isFinite);

/** JSON-like values; keys are any text, `__proto__` included. */
function valuesOf(scalar: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const { map } = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('map')),
    map: fc.array(fc.tuple(text, tie('value')), { maxLength: 5 }).map(recordOf),
  }));
  return map;
}

function recordOf(pairs: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [key, value] of pairs) Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  return record;
}

const anything = valuesOf(fc.oneof({ weight: 3, arbitrary: text }, number, fc.boolean(), fc.constant(null), fc.constant(undefined)));
const json = valuesOf(fc.oneof({ weight: 3, arbitrary: text }, finite, fc.boolean(), fc.constant(null)));

/** Where readers differ cdk8s' own bytes are of no use. */
const DIFFERENT = ['0o7', '<<', '\ufeff', '\u007f', '\u0085', '\u2028', '\u2029', 'a\u0085b', '\ta\n'];
const NUMBERS_TO_KUBECTL = /"[-+]?_*0_*[xob][_\da-f]+"|"[-+._\d]*_[-+._\d]*(e[-+._\d]+)?"|"[-+._\d]+e[-+._\d]*_[-+._\d]*"/i;
const isForBoth = (value: unknown) => ![NUMBERS_TO_KUBECTL, /"<<":|[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|"( |\\n)*(\\t|( |\\n)*")/]
  .some((pattern) => pattern.test(JSON.stringify(value)));

test('the smallest document', () => {
  expect(emitYaml({ a: 1 })).toBe('a: 1\n');
});

test.each([{}, [], null, 'a', 1, [1, [2, [3]]], { a: {}, b: [] }, { a: [{}, [], [[]], { b: [{ c: 1, d: 2 }] }] }])('writes what cdk8s writes of %j', (value) => {
  expect(emitYaml(value)).toBe(Yaml.stringify(value));
});

test.each(HARD_TEXTS.filter((value) => !DIFFERENT.includes(value)))('writes what cdk8s writes of %j, wherever it stands', (value) => {
  const record = recordOf([[value, value], ['map', recordOf([[value, value]])], ['list', [value, [value], { [value]: [value] }]], ['last', value]]);
  expect(emitYaml(record)).toBe(Yaml.stringify(record));
});

test('writes what cdk8s writes of any data, number by number and byte by byte', () => {
  fc.assert(fc.property(anything.filter(isForBoth), (value) => emitYaml(value) === Yaml.stringify(value)), { numRuns: 2000 });
});

test('reads back equal as YAML 1.1 and as YAML 1.2, by two parsers', () => {
  fc.assert(fc.property(json.filter(isReadable), (value) => {
    const written = emitYaml(value);
    expect(parse(written, { version: '1.1', maxAliasCount: -1 })).toEqual(value);
    expect(parse(written, { version: '1.2', maxAliasCount: -1 })).toEqual(value);
    // This one reads -0 as 0. Its default has the dates and merges of YAML 1.1.
    const plain = JSON.parse(JSON.stringify(value));
    expect(load(written, { schema: CORE_SCHEMA })).toEqual(plain);
    expect(load(written, { schema: DEFAULT_SCHEMA })).toEqual(plain);
  }), { numRuns: 1000 });
});

test('escapes what may not stand in a file', () => {
  const value = { 'a\uffff': '\ufeff', 'b': ['\ufffe \u0085\n'] };
  expect(emitYaml(value)).toBe('"a\\uffff": "\\ufeff"\nb:\n  - "\\ufffe \\u0085\\n"\n');
  expect(load(emitYaml(value), { schema: CORE_SCHEMA })).toEqual(value);
});

test('quotes what YAML 1.2 takes for an octal number, and the key of a merge', () => {
  const value = { 'a': '0o7', '0o7': ['-0o17', '0o8'], '<<': { b: '<<' } };
  expect(emitYaml(value)).toBe('a: "0o7"\n"0o7":\n  - "-0o17"\n  - 0o8\n"<<":\n  b: <<\n');
  expect(load(emitYaml(value), { schema: CORE_SCHEMA })).toEqual(value);
});

test.each(['0X1F', '0B1', '-0O7', '6e_3', '+2e+_7', '\u007f', 'a\u2028b', '\u0085', '\ta\n', '\n\ta', ' \n'])('quotes %j, which kubectl takes for something else', (text) => {
  expect(emitYaml({ a: text })).toMatch(/^a: "[ -~]*"\n$/);
  expect(load(emitYaml({ a: text, b: [{ c: text }] }), { schema: CORE_SCHEMA })).toEqual({ a: text, b: [{ c: text }] });
});

test('writes anchors where cdk8s does', () => {
  const shared = { a: [1] };
  for (const value of [{ x: shared, y: shared }, { x: shared.a, y: [shared.a] }]) expect(emitYaml(value)).toBe(Yaml.stringify(value));
});

test('writes what is deeper than anybody nests', () => {
  let value: Record<string, unknown> = { a: ' b', c: ['d\ne'] };
  for (let depth = 0; depth < 150; depth++) value = { a: value };
  expect(emitYaml(value)).toBe(Yaml.stringify(value));
});

test('leaves nothing behind of a class it does not know', () => {
  const value = { date: new Date(0), map: new Map([['a', 1]]), set: new Set([1]), json: { toJSON: () => 'x' } };
  expect(emitYaml(value)).toBe(Yaml.stringify(value));
});

describe('a manifest', () => {
  const base = { kind: 'A', apiVersion: 'b/v1', metadata: { name: 'n' } };

  test('is written in the order of cdk8s, without what it leaves out', () => {
    const manifest = { spec: { b: null, a: { c: undefined }, list: [] }, ...base, metadata: { namespace: 'x', name: 'n', labels: {}, annotations: { b: '1', a: 'no' } } };
    expect(emitManifest(manifest)).toBe([
      'apiVersion: b/v1', 'kind: A', 'metadata:', '  annotations:', '    a: "no"', '    b: "1"', '  name: "n"', '  namespace: x', 'spec:', '  a: {}', '  list: []', '',
    ].join('\n'));
    expect(emitManifest(manifest)).toBe(byCdk8s(manifest));
  });

  test('is what cdk8s writes, or left to it', () => {
    let written = 0;
    fc.assert(fc.property(anything, anything, (spec, annotations) => {
      if (!isForBoth([spec, annotations])) return;
      const manifest = { ...base, spec, data: { spec }, metadata: { name: 'n', annotations, finalizers: ['a'] } };
      const emitted = emitManifest(manifest as any);
      if (emitted === undefined) return;
      written++;
      expect(emitted).toBe(byCdk8s(manifest));
    }), { numRuns: 1000 });
    expect(written).toBeGreaterThan(100);
  });

  test('with a token, a null in a list or a name that cdk8s loses is left to cdk8s', () => {
    const { constructor, __proto__: proto } = JSON.parse('{ "constructor": 1, "__proto__": { "a": 1 } }');
    for (const spec of [{ a: Lazy.any({ produce: () => 1 }) }, { a: [null] }, { a: { constructor } }, JSON.parse('{ "__proto__": 1 }'), { a: () => 1 }]) {
      expect(emitManifest({ ...base, spec })).toBeUndefined();
    }
    expect(proto).toEqual({ a: 1 });
  });

  test('keeps the order of keys where cdk8s is told to', () => {
    process.env.CDK8S_DISABLE_SORT = '1';
    try {
      const manifest = { ...base, spec: { b: 1, a: 2 }, data: { d: '1', c: '2' } };
      expect(emitManifest(manifest)).toBe(byCdk8s(manifest));
      expect(emitManifest(manifest)).toContain('b: 1\n  a: 2');
    } finally {
      delete process.env.CDK8S_DISABLE_SORT;
    }
  });
});

function byCdk8s(manifest: object): string {
  const object = new ApiObject(new Chart(new App(), 'chart'), 'object', manifest as any);
  return Yaml.stringify(object.toJson());
}

/**
 * The parsers read lone surrogates and `__proto__` in ways of their own, and what is left to cdk8s has its octal numbers; what is written
 * of them is compared above.
 */
function isReadable(value: unknown): boolean {
  const written = JSON.stringify(value);
  return !written.includes('"__proto__":') && !/\\ud[89a-f]/i.test(written) && (isForBoth(value) || !/"(\\.|[^"\\]){500,}":|"(---|\.\.\.)(\\.|[^"\\])*":/.test(written));
}
