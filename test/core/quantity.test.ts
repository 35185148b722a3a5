import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { parseQuantity, sizeToQuantity } from '../../src/core';

test('the smallest quantity is a digit', () => {
  expect(parseQuantity('1')).toBe(1);
});

describe('parseQuantity', () => {
  test.each([
    ['0', 0],
    ['007', 7],
    ['+2', 2],
    ['-2', -2],
    ['1.', 1],
    ['.5', 0.5],
    ['1.5', 1.5],
    ['500m', 0.5],
    ['2k', 2000],
    ['3M', 3e6],
    ['1E', 1e18],
    ['1Ki', 1024],
    ['32Gi', 34_359_738_368],
    ['1Ei', 2 ** 60],
    ['1e3', 1000],
    ['1E3', 1000],
    ['12e+2', 1200],
    ['5e-1', 0.5],
  ])('%s is %d', (text, amount) => {
    expect(parseQuantity(text)).toBeCloseTo(amount, 12);
  });

  test.each([
    '', ' ', 'a', '1 ', ' 1', '1K', '1ki', '1gi', '1GB', '1KiB', '1.2.3', '--1', '.', '1e', '1e1.5', '1,5', '0x10', '1mi', 'Infinity', 'NaN', '1\n',
  ])('fails on %j', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  const suffixes: [string, number][] = [
    ['', 1], ['k', 1e3], ['M', 1e6], ['G', 1e9], ['T', 1e12], ['P', 1e15], ['Ki', 2 ** 10], ['Mi', 2 ** 20], ['Gi', 2 ** 30], ['Ti', 2 ** 40],
  ];

  test('a whole number with a suffix is their product', () => {
    fc.assert(fc.property(fc.nat(4096), fc.constantFrom(...suffixes), (amount, [suffix, factor]) => {
      expect(parseQuantity(`${amount}${suffix}`)).toBe(amount * factor);
    }));
  });

  test('any text gives a finite number or nothing, never an exception', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9.]{1,6}[a-zA-Z]{0,2}$/)), (text) => {
      const amount = parseQuantity(text);
      expect(amount === undefined || Number.isFinite(amount)).toBe(true);
    }));
  });
});

describe('sizeToQuantity', () => {
  test.each([
    [Size.gibibytes(32), '32Gi'],
    [Size.gibibytes(1.5), '1536Mi'],
    [Size.mebibytes(128), '128Mi'],
    [Size.mebibytes(1024), '1Gi'],
    [Size.kibibytes(1), '1Ki'],
    [Size.kibibytes(1000), '1000Ki'],
    [Size.tebibytes(4), '4Ti'],
    [Size.pebibyte(2048), '2048Pi'],
    [Size.kibibytes(0), '0Ki'],
  ])('%j is %s', (size, quantity) => {
    expect(sizeToQuantity(size)).toBe(quantity);
  });

  test('is exact, and its number is never divisible by 1024 where a larger unit exists', () => {
    fc.assert(fc.property(fc.nat(), fc.constantFrom(1, 2 ** 10, 2 ** 20), (amount, factor) => {
      const quantity = sizeToQuantity(Size.kibibytes(amount * factor));
      expect(parseQuantity(quantity)).toBe(amount * factor * 1024);
      expect(amount === 0 || quantity.endsWith('Pi') || parseInt(quantity) % 1024 !== 0).toBe(true);
    }));
  });
});
