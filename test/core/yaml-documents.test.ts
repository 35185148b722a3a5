import * as fc from 'fast-check';
import { isObjectOfKind, parseDocuments } from '../../src/core';

test('the smallest text has no document', () => {
  expect(parseDocuments('')).toEqual([]);
});

describe('parseDocuments', () => {
  test('reads every document, empty ones as null', () => {
    expect(parseDocuments('kind: A\n---\n---\nkind: B\n')).toEqual([{ kind: 'A' }, null, { kind: 'B' }]);
  });

  test('reads JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(parseDocuments(JSON.stringify(value)))).toBe(JSON.stringify([value]));
    }));
  });

  test.each([
    ['a: [1\n', /at line 2, column 1$/],
    ['a: 1\na: 2\n', /^Map keys must be unique at line 2, column 1$/],
    ['ok: 1\n---\n\tb: 1\n', /at line 3, column 1$/],
  ])('fails on %j with line and column, in one line', (text, message) => {
    expect(parseDocuments(text)).toMatch(message);
    expect(parseDocuments(text)).not.toContain('\n');
  });
});

test.each<[unknown, boolean]>([
  [{ kind: 'Gateway' }, true], [{ kind: 1 }, false], [{}, false], [null, false], [undefined, false], ['kind', false], [[], false],
])('%j is an object of some kind: %s', (document, answer) => {
  expect(isObjectOfKind(document)).toBe(answer);
});
