import { RULES } from '../../src/core';

const rules = Object.entries(RULES);

test('the smallest rule says what it is, what breaks and where that is known from', () => {
  expect(RULES.IGW103).toEqual({
    title: 'two constructs render the same object', breaks: 'the last one applied wins, silently', source: 'cdk8s-team/cdk8s#2496',
  });
});

test.each(rules)('%s has a title and a consequence in a line each, and a source', (code, rule) => {
  expect(code).toMatch(/^IGW[1-9]\d\d$/);
  expect(rule.title).toMatch(/^[A-Za-z].*[^.]$/);
  expect(rule.breaks).toMatch(/^[A-Za-z/].*[^.]$/);
  expect(rule.source).not.toBe('');
});

test('no two rules share a title', () => {
  expect(new Set(rules.map(([, { title }]) => title)).size).toBe(rules.length);
});
