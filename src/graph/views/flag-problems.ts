import { allowedInstead } from '../../pool';
import type { FlagFact } from '../../versions';
import type { Path } from '../json';
import { CommandLine, Flag, goBoolean, Word } from './command-line';

/** The flags a program takes. */
export interface FlagSet {
  /** What messages call it. */
  readonly name: string;
  readonly flags: Readonly<Record<string, FlagFact>>;
  /** Flags it exits on, with what to do instead. */
  readonly forbidden?: Readonly<Record<string, string>>;
  /** Flags it no longer has, with what to do instead. */
  readonly removed?: Readonly<Record<string, string>>;
}

/** A flag that the program refuses; it exits at start. */
export interface FlagProblem {
  readonly path: Path;
  readonly value: string;
  readonly problem: string;
  readonly allowed?: string;
  readonly fix: string;
}

/** Flags whose text is one of a few words (controller-runtime, pkg/log/zap/flags.go). */
const WORDS: Readonly<Record<string, RegExp>> = {
  'zap-encoder': /^(json|console)$/i,
  'zap-log-level': /^(debug|info|error|panic|[1-9][0-9]*)$/i,
  'zap-stacktrace-level': /^(debug|info|error|panic)$/i,
};
const WORDS_TEXT: Readonly<Record<string, string>> = {
  'zap-encoder': 'json, console',
  'zap-log-level': 'debug, info, error, panic, or a number above 0',
  'zap-stacktrace-level': 'info, error, panic',
};

/** Every flag of a command line that a program of Go's pflag refuses. */
export function refusedFlags({ flags }: CommandLine, set: FlagSet): FlagProblem[] {
  return flags.flatMap((flag) => refused(flag, set));
}

function refused(flag: Flag, { name: program, flags, forbidden = {}, removed = {} }: FlagSet): FlagProblem[] {
  const { name, dashes, path, value, valuePath, style, dynamic } = flag;
  const at = (problem: string, fix: string, allowed?: string): FlagProblem[] => [{ path, value: `${'-'.repeat(dashes)}${name}`, problem, fix, allowed }];
  if (name === 'help' || name === 'h') return at(`makes ${program} print its flags and exit`, 'remove it');
  // `-v3` and `-v 3`: the one flag that has a letter.
  if (dashes === 1 && /^v[0-9]*$/.test(name)) return [];
  if (dashes === 1) return at(`starts with one dash: ${program} exits at start`, `write --${name}`);
  const instead = own(forbidden, name);
  if (instead !== undefined) return at(`makes ${program} exit at start`, `remove it; ${inManifests(instead)}`);
  const gone = own(removed, name);
  if (gone !== undefined) return at(`was removed before ${program}, which exits at start`, `remove it; ${inManifests(gone)}`);
  const fact = own(flags, name);
  if (!fact) {
    const similar = similarFlag(name, Object.keys(flags).filter((known) => own(forbidden, known) === undefined));
    return at(`is no flag of ${program}, which exits at start`, similar ? `write --${similar}` : 'remove it', similar && `--${similar}`);
  }
  if (style === 'alone') return fact.type === 'bool' ? [] : at('has no value', `write --${name}=<value>`);
  if (dynamic || value === undefined) return [];
  const words = own(WORDS, name);
  if (words && !words.test(value)) return [{ path: valuePath, value, problem: `is no value of --${name}: ${program} exits at start`, allowed: own(WORDS_TEXT, name), fix: 'write one of them' }];
  const allowed = fact.type === 'bool' ? (goBoolean(value) === undefined ? 'true, false' : undefined) : allowedInstead(fact.type, value);
  return allowed === undefined ? [] : [{ path: valuePath, value, problem: `is no value of --${name}: ${program} exits at start`, allowed, fix: 'write such a value' }];
}

/** A boolean flag whose value stands in a word of its own, which is then ignored. */
export interface IgnoredValue {
  readonly flag: Flag;
  readonly word: Word;
}

/** Values of boolean flags that are ignored and mean the opposite of what the flag does. */
export function ignoredValues({ flags, words, positionals }: CommandLine): IgnoredValue[] {
  return flags.flatMap((flag) => {
    if (flag.style !== 'alone') return [];
    const index = words.findIndex(({ path, text }) => path === flag.path && text.replace(/^--?/, '') === flag.name);
    const word = words[index + 1];
    return index >= 0 && word && positionals.includes(word) && goBoolean(word.text) === false ? [{ flag, word }] : [];
  });
}

/** A flag of nearly this name: written in another case or with other dashes, or with a letter or two changed. */
export function similarFlag(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, '');
  const wanted = plain(name);
  return known.find((flag) => plain(flag) === wanted) ?? known.find((flag) => flag.length > 4 && isTypo(plain(flag), wanted));
}

/** Whether one letter was left out, added, changed, or swapped with the next. */
function isTypo(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [left, right] = [a.slice(start), b.slice(start)];
  return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1)
    || (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
}

/** What to do in a manifest: properties of constructs are of no use there. */
function inManifests(fix: string): string {
  return fix.replace(/^set `[^`]+`, or /, 'set ').replace(/^remove it: /, '');
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
