import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesIndex } from '../../scripts/docs/graph-rules';
import { allRules, GraphRule, RuleFamily } from '../../src/graph';

const ROOT = join(__dirname, '..', '..');

/** The third and fourth digit of the codes of a family. */
const DIGITS: Record<RuleFamily, string> = {
  [RuleFamily.NAMES]: '10',
  [RuleFamily.PERMISSION]: '11',
  [RuleFamily.SERVING]: '12',
  [RuleFamily.PICKER]: '13',
  [RuleFamily.MODELS]: '14',
  [RuleFamily.IMPLEMENTATION]: '15',
  [RuleFamily.COEXISTENCE]: '16',
  [RuleFamily.HIGRESS]: '17',
  [RuleFamily.GATEWAY_API]: '18',
  [RuleFamily.DOCUMENTS]: '19',
};

/** The file of each rule, from the index. */
const FILES = new Map([...readFileSync(join(ROOT, 'src/graph/rules/index.ts'), 'utf8').matchAll(/^import \{ rule as (igw\d+) \} from '\.\/(.*)';$/gm)]
  .map(([, name, file]) => [name.toUpperCase(), file]));

test('rules are sorted by their codes, and none has the code of another', () => {
  const codes = allRules().map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  expect([...FILES.keys()].sort()).toEqual(codes);
});

describe.each(allRules().map((rule): [string, GraphRule] => [rule.code, rule]))('%s', (code, rule) => {
  test('has a code of its family, and says what a user sees, why, and where that is known from', () => {
    expect(code).toMatch(new RegExp(`^IGW${DIGITS[rule.family]}\\d\\d$`));
    for (const text of [rule.title, rule.symptom, rule.breaks, rule.source]) expect(text.trim()).not.toBe('');
    expect(rule.title).not.toMatch(/\.$/);
  });

  test('has a page that starts with its code and title, and what a user sees', () => {
    const page = join(ROOT, 'docs/rules', `${code}.md`);
    expect(existsSync(page)).toBe(true);
    const [title, , ...rest] = readFileSync(page, 'utf8').split('\n');
    expect(title).toBe(`# ${code}: ${rule.title}`);
    expect(rest[0]).toMatch(/^\*\*What you see\.\*\* /);
  });

  test('has tests, of what fails as well', () => {
    const file = join(ROOT, 'test/graph/rules', `${FILES.get(code)}.test.ts`);
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/(test|it)(\.each\([^]*?\))?\(\s*['"`]fails/);
    expect(text.match(/\b(test|it)(\.each)?\(/g)!.length).toBeGreaterThan(1);
  });
});

describe('the index', () => {
  const file = (name: string, code: string) => ({ file: name, text: `export const rule: GraphRule = {\n  code: '${code}',\n` });

  test('holds every file with a rule, by its code', () => {
    const text = rulesIndex([file('b/two.ts', 'IGW1001'), file('a/one.ts', 'IGW1002'), { file: 'a/helper.ts', text: 'export const x = 1;' }]);
    expect(text.split('\n').slice(2)).toEqual([
      "import { rule as igw1002 } from './a/one';", "import { rule as igw1001 } from './b/two';", '', '/** Every rule, by its code. */',
      'export const RULES: readonly GraphRule[] = [', '  igw1001,', '  igw1002,', '];', '',
    ]);
  });

  test('fails for two rules of one code, and for a rule without', () => {
    expect(() => rulesIndex([file('a/one.ts', 'IGW1001'), file('a/two.ts', 'IGW1001')])).toThrow('IGW1001 is the code of both ./a/one and ./a/two');
    expect(() => rulesIndex([file('a/one.ts', 'IGW9')])).toThrow("src/graph/rules/a/one.ts: its rule has no line `  code: 'IGW1…',`");
  });
});
