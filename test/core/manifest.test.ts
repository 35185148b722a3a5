import * as fc from 'fast-check';
import { compact, copyOf, Plain } from '../../src/core';

enum Color {
  RED = 'red',
  BLUE = 'blue',
}

class NumberOrString {
  public static fromNumber(value: number): NumberOrString {
    return new NumberOrString(value);
  }

  private constructor(public readonly value: number | string) {}
}

interface Generated {
  readonly color?: Color;
  readonly port: NumberOrString;
  readonly env: { readonly name: string; readonly value: string }[];
  readonly since: Date;
  readonly labels: { [key: string]: string };
}

test('the smallest object stays empty', () => {
  expect(compact({})).toEqual({});
});

describe('compact', () => {
  test('drops undefined, and keeps everything else that is falsy', () => {
    const value = { a: undefined, b: null, c: 0, d: '', e: false, f: [], g: {} };
    expect(Object.keys(compact(value))).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
  });

  test('does not look into values, and leaves its argument alone', () => {
    const inner = { x: undefined };
    const value = { inner, gone: undefined };
    expect(compact(value).inner).toBe(inner);
    expect(Object.keys(value)).toEqual(['inner', 'gone']);
  });

  test('keeps exactly the keys that have a value, in their order, and is idempotent', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined }), { noNullPrototype: true }), (value) => {
      const once = compact(value);
      expect(Object.entries(once)).toEqual(Object.entries(value).filter(([, item]) => item !== undefined));
      expect(compact(once)).toEqual(once);
    }));
  });
});

describe('copyOf', () => {
  test('is deep, and leaves out what has no value', () => {
    const value = { list: [{ name: 'a', value: 'b' }], gone: undefined };
    const copy = copyOf(value);
    value.list[0].value = 'changed';
    expect(copy).toEqual({ list: [{ name: 'a', value: 'b' }] });
    expect(copy.list[0].constructor).toBe(Object);
  });

  test('equals any plain data', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(copyOf(value))).toBe(JSON.stringify(value));
    }));
  });
});

test('Plain takes the words of an enum, numbers and text for int-or-string, and plain nested objects', () => {
  const plain: Plain<Generated> = { color: 'blue', port: 80, env: [{ name: 'a', value: 'b' }], since: '2024-01-01', labels: { a: 'b' } };
  const named: Plain<Generated>['port'] = 'http';
  // @ts-expect-error a word the enum does not have
  const color: Plain<Generated>['color'] = 'green';
  // @ts-expect-error an object with a value of one type is no int-or-string
  const env: Plain<Generated>['env'] = ['b'];
  expect([plain.port, named, color, env]).toEqual([80, 'http', 'green', ['b']]);
  expect(NumberOrString.fromNumber(plain.port as number).value).toBe(80);
});
