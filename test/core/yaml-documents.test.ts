import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { isObjectOfKind, parseDocuments, readYaml } from '../../src/core';

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

describe('hostile texts', () => {
  const errorOf = (text: string) => readYaml(text)[0].error;

  test('fails for an alias that stands for what it is in', () => {
    expect(errorOf('a: &a [*a]')).toBe('An alias refers to itself, or: nested more than 500 levels deep at line 1');
    expect(errorOf('a: &a {b: *a}')).toContain('An alias refers to itself');
  });

  test('fails for aliases that multiply, before they do', () => {
    const levels = Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`);
    expect(errorOf(['a0: &a0 [x]', ...levels].join('\n'))).toMatch(/Excessive alias count/);
  });

  test('fails for what is nested too deeply', () => {
    expect(errorOf(`a: ${'['.repeat(600)}${']'.repeat(600)}`)).toMatch(/nested more than 500 levels deep at line 1/i);
    expect(errorOf('['.repeat(50_000))).toMatch(/nested more than 500 levels deep at line 1/i);
  });

  test('fails for a key that is there twice, with its place; merge keys may be', () => {
    expect(readYaml('a: 1\n---\nb:\n  c: 1\n  "c": 2\n')[1]).toMatchObject({ error: 'Map keys must be unique at line 5, column 3', line: 5, column: 3 });
    expect(errorOf('1: a\n"1": b')).toContain('Map keys must be unique');
    expect(readYaml('x: &x {a: 1}\ny: &y {b: 1}\nz:\n  <<: *x\n  <<: *y\n')[0].value).toMatchObject({ z: { a: 1, b: 1 } });
  });
});

describe('documents of one text', () => {
  test('each counts its lines from the start of the text', () => {
    const documents = readYaml('# first\n---\na: 1\n--- # second\nb:\n- c: 1\n...\n---\n{d: [}\n');
    expect(documents.filter(({ value }) => value !== null && value !== undefined).map(({ value, line }) => [value, line])).toEqual([
      [{ a: 1 }, 3], [{ b: [{ c: 1 }] }, 5],
    ]);
    expect(documents[1].positionOf!(['b', 0, 'c'])).toEqual({ line: 6, column: 3 });
    expect(documents[0].positionOf!(['a'])).toEqual({ line: 3, column: 1 });
    expect(documents.at(-1)).toMatchObject({ error: expect.stringMatching(/ at line 9, column 6$/), line: 9, column: 6 });
  });

  test('a directive stays with its document, and a line of dashes in a text does not start one', () => {
    expect(readYaml('%YAML 1.1\n---\na: yes\n').map(({ value }) => value)).toEqual([{ a: true }]);
    expect(readYaml('a: |\n  ---\n  b\nc: "\n  --- d"\n').map(({ value }) => value)).toEqual([{ a: '---\nb\n', c: ' --- d' }]);
    expect(readYaml('---a: 1\n').map(({ value }) => value)).toEqual([{ '---a': 1 }]);
  });

  test('any documents read the same together as alone', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
      const texts = values.map((value) => Yaml.stringify(value));
      expect(readYaml(texts.join('---\n')).map(({ value }) => value)).toEqual(texts.map((text) => readYaml(text)[0].value));
    }));
  });
});
