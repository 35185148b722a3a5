import * as fc from 'fast-check';
import { percentagesOf, WeightedPart } from '../../src/higress/model-route/weights';

test('the smallest case is one service, which gets everything', () => {
  expect(percentagesOf([{ weight: 1, services: 1 }])).toEqual([[100]]);
});

test.each<[WeightedPart[], number[][]]>([
  [[{ weight: 70, services: 2 }, { weight: 30, services: 1 }], [[35, 35], [30]]],
  [[{ weight: 1, services: 3 }], [[34, 33, 33]]],
  [[{ weight: 0, services: 2 }, { weight: 5, services: 1 }], [[0, 0], [100]]],
  [[{ weight: 0, services: 2 }], [[]]],
  [[], []],
])('%j gives %j', (parts, expected) => {
  expect(percentagesOf(parts)).toEqual(expected);
});

test('with a least weight, services without one share alike', () => {
  expect(percentagesOf([{ weight: 0, services: 2 }, { weight: 0, services: 1 }], 1)).toEqual([[34, 33], [33]]);
});

const parts = fc.array(fc.record({ weight: fc.nat(1000), services: fc.nat(12) }), { minLength: 1, maxLength: 6 });

test('the percentages are whole, sum up to 100, and are never further than one from the exact share', () => {
  fc.assert(fc.property(parts, (given) => {
    const total = given.reduce((sum, { weight, services }) => sum + (services > 0 ? weight : 0), 0);
    const shares = percentagesOf(given);
    fc.pre(total > 0);
    expect(shares.flat().reduce((sum, share) => sum + share, 0)).toBe(100);
    given.forEach(({ weight, services }, index) => shares[index].forEach((share) => {
      expect(Number.isInteger(share)).toBe(true);
      expect(Math.abs(share - weight * 100 / total / services)).toBeLessThan(1.000001);
    }));
  }));
});
