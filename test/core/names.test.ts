import * as fc from 'fast-check';
import { checkLabelName, checkObjectName, checkServiceName, formatMistake, isHostname, Mistake } from '../../src/core';

const messages = (mistakes: Mistake[]) => mistakes.map(formatMistake);
const words = '[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?';

test('the smallest name is one letter', () => {
  expect([checkLabelName('name', 'a'), checkServiceName('name', 'a'), checkObjectName('name', 'a')]).toEqual([[], [], []]);
});

describe('a label', () => {
  test('may start with a digit and has at most 63 characters', () => {
    expect(checkLabelName('metadata.namespace', '0'.repeat(63))).toEqual([]);
  });

  test.each(['', 'A', 'a_b', 'a.b', '-a', 'a-', 'ä', 'a b', 'a\n'])('fails on %j with the value and the fix', (value) => {
    expect(messages(checkLabelName('metadata.namespace', value))).toEqual([
      `IGW101 metadata.namespace is ${JSON.stringify(value)}: is not a valid name here; ` +
      'allowed: lower-case letters, digits and -, starting and ending with a letter or digit; set `namespace` to a valid name',
    ]);
  });

  test('fails when it is too long, with its length', () => {
    expect(messages(checkLabelName('metadata.name', 'a'.repeat(64)))).toEqual([
      `IGW102 metadata.name is "${'a'.repeat(64)}": has 64 characters; allowed: at most 63 characters; choose a shorter name`,
    ]);
  });
});

describe('the name of a Service', () => {
  test('fails on a leading digit', () => {
    expect(messages(checkServiceName('metadata.name', '7b'))).toEqual([
      expect.stringMatching(/^IGW101 metadata\.name is "7b": .*starting with a letter, ending with a letter or digit; set `name` to a valid name$/),
    ]);
  });

  test('fails on dots and on 64 characters', () => {
    expect(checkServiceName('name', 'a.b')).toMatchObject([{ code: 'IGW101', value: 'a.b' }]);
    expect(checkServiceName('name', 'a'.repeat(64))).toMatchObject([{ code: 'IGW102', allowed: 'at most 63 characters' }]);
  });
});

describe('the name of an object', () => {
  test('may have dots and 253 characters', () => {
    expect(checkObjectName('name', 'qwen2.5-7b')).toEqual([]);
    expect(checkObjectName('name', 'a'.repeat(253))).toEqual([]);
  });

  test('fails on an empty part and on 254 characters', () => {
    expect(checkObjectName('name', 'a..b')).toMatchObject([{ code: 'IGW101', value: 'a..b' }]);
    expect(checkObjectName('name', 'a.-b')).toMatchObject([{ code: 'IGW101', value: 'a.-b' }]);
    expect(checkObjectName('name', 'a'.repeat(254))).toMatchObject([{ code: 'IGW102', problem: 'has 254 characters' }]);
  });
});

describe('a hostname', () => {
  test.each(['a', 'example.com', '*.example.com', 'a-b.c1', '1.example.com', '10.0.0.com'])('may be %s', (value) => {
    expect(isHostname(value)).toBe(true);
  });

  test.each([
    '', '*', '*example.com', 'a.*.com', '*.*.com', 'Example.com', 'https://example.com', 'example.com:80', 'example.com/', 'example.com.', '10.0.0.1',
    `${'a'.repeat(250)}.com`,
  ])('fails to be %j', (value) => {
    expect(isHostname(value)).toBe(false);
  });
});

test('every label is an object name, every Service name is a label', () => {
  fc.assert(fc.property(fc.stringMatching(new RegExp(`^${words}$`)), (name) => {
    expect(checkLabelName('name', name)).toEqual([]);
    expect(checkObjectName('name', name)).toEqual([]);
    expect(checkServiceName('name', name)).toHaveLength(/^[a-z]/.test(name) ? 0 : 1);
    expect(isHostname(name)).toBe(true);
  }));
});

test('labels joined by dots are an object name and a hostname', () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(new RegExp(`^[a-z]${words}$`)), { minLength: 1, maxLength: 5 }), (labels) => {
    expect(checkObjectName('name', labels.join('.'))).toEqual([]);
    expect(isHostname(labels.join('.'))).toBe(true);
  }));
});

test('any text gives one mistake at most, which names field and value', () => {
  fc.assert(fc.property(fc.string(), fc.constantFrom(checkLabelName, checkServiceName, checkObjectName), (value, check) => {
    const mistakes = check('spec.name', value);
    expect(mistakes.length).toBeLessThanOrEqual(1);
    mistakes.forEach((mistake) => expect(mistake).toMatchObject({ field: 'spec.name', value, code: expect.stringMatching(/^IGW10[12]$/) }));
  }));
});
