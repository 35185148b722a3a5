import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { assertNoMistakes, formatMistake, InvalidInputError, Mistake, throwTogether } from '../../src/core';

const missing: Mistake = { code: 'IGW202', field: 'spec.model.id', problem: 'is missing', fix: 'set `model`' };
const wrong: Mistake = {
  code: 'IGW204', field: 'spec.resources.gpu.count', value: 65, problem: 'is over the ceiling', allowed: '0 to 64', fix: 'ask for fewer GPUs',
};

test('the smallest message is code, field, problem and fix', () => {
  expect(formatMistake(missing)).toBe('IGW202 spec.model.id: is missing; set `model`');
});

describe('formatMistake', () => {
  test('names the offending value and the allowed ones', () => {
    expect(formatMistake(wrong)).toBe('IGW204 spec.resources.gpu.count is 65: is over the ceiling; allowed: 0 to 64; ask for fewer GPUs');
  });

  test.each<[unknown, string]>([
    ['a "b"', '"a \\"b\\""'],
    ['', '""'],
    [undefined, 'undefined'],
    [null, 'null'],
    [false, 'false'],
    [{ issuer: 'a' }, '{"issuer":"a"}'],
    [[80, 443], '[80,443]'],
    [Symbol('x'), 'Symbol(x)'],
    ['two\nlines', '"two\\nlines"'],
  ])('writes the value %j as %s', (value, text) => {
    expect(formatMistake({ ...missing, value })).toBe(`IGW202 spec.model.id is ${text}: is missing; set \`model\``);
  });

  test('cuts a long value and says how long it was', () => {
    expect(formatMistake({ ...missing, value: 'x'.repeat(500) })).toContain(` is "${'x'.repeat(119)}… (502 characters): is missing`);
  });

  test('is one line, whatever the value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = formatMistake({ ...missing, value });
      expect(text.split('\n')).toHaveLength(1);
      expect(text.length).toBeLessThan(220);
    }));
  });
});

describe('assertNoMistakes', () => {
  test('lets input without mistakes pass', () => {
    expect(() => assertNoMistakes('chart/model', [])).not.toThrow();
  });

  test('fails with the path of the construct', () => {
    const chart = new Chart(new App(), 'team-a');
    expect(() => assertNoMistakes(chart, [missing])).toThrow(new Error('team-a: 1 mistake\n  IGW202 spec.model.id: is missing; set `model`'));
  });

  test('fails with all mistakes together', () => {
    expect(() => assertNoMistakes('team-a/qwen3', [missing, wrong])).toThrow(new Error([
      'team-a/qwen3: 2 mistakes',
      '  IGW202 spec.model.id: is missing; set `model`',
      '  IGW204 spec.resources.gpu.count is 65: is over the ceiling; allowed: 0 to 64; ask for fewer GPUs',
    ].join('\n')));
  });

  test('fails at the root of the tree with a path to read', () => {
    expect(() => assertNoMistakes(new App(), [missing])).toThrow(/^\(root\): 1 mistake\n/);
  });

  test('fails with an error that keeps the mistakes as data', () => {
    const error = new InvalidInputError('a/b', [missing, wrong]);
    expect(error).toMatchObject({ name: 'InvalidInputError', path: 'a/b', mistakes: [missing, wrong] });
    expect(error).toBeInstanceOf(Error);
  });
});

describe('throwTogether', () => {
  test('lets no errors pass', () => {
    expect(() => throwTogether([])).not.toThrow();
  });

  test('fails with the messages of all constructs', () => {
    const errors = [new InvalidInputError('a', [missing]), new InvalidInputError('b', [wrong])];
    expect(() => throwTogether(errors)).toThrow(new Error(`${errors[0].message}\n${errors[1].message}`));
    expect(() => throwTogether(errors)).toThrow(expect.objectContaining({ mistakes: [missing, wrong] }));
  });
});
