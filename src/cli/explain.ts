import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Rule, RULES } from '../core';
import { allRules } from '../graph';
import { CommandError, USAGE } from './command-error';

/** The page of a rule, or what its code stands for when it is one of the constructs' own. */
export function explain(code: string): string {
  const wanted = code.toUpperCase();
  const page = join(rootOf(__dirname), 'docs', 'rules', `${wanted}.md`);
  if (/^IGW\d{4}$/.test(wanted) && existsSync(page)) return readFileSync(page, 'utf8');
  const rule: Rule | undefined = Object.hasOwn(RULES, wanted) ? RULES[wanted as keyof typeof RULES] : undefined;
  if (rule) return `# ${wanted}: ${rule.title}\n\n**What breaks.** ${rule.breaks}\n\n**Source.** ${rule.source}\n`;
  const known = [...Object.keys(RULES), ...allRules().map((one) => one.code)];
  throw new CommandError(`explain ${code}: is no rule; the rules are ${known.join(', ')}`, USAGE);
}

/** The folder of the package: this file is at another depth in it when it runs from source. */
function rootOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootOf(dirname(folder));
}
