import type { Mistake } from '../../core';
import { DedupeStrategy, TransformEntry, TransformOperation, TransformPart, TransformValueType } from '../header-transform-options';
import { groupsOf, re2Error } from './re2';

/** A step of the transformer, as it is checked. */
export interface CheckedTransform {
  readonly operation: string;
  readonly entries: readonly TransformEntry[];
  readonly part: string;
  readonly source?: string;
  /** Whether it changes answers. */
  readonly ofAnswers?: boolean;
}

type Field = keyof TransformEntry;

/** The fields that each operation needs. */
const NEEDED: Record<string, readonly Field[]> = {
  remove: ['key'],
  rename: ['oldKey', 'newKey'],
  replace: ['key', 'newValue'],
  add: ['key', 'value'],
  append: ['key', 'appendValue'],
  map: ['fromKey', 'toKey'],
  dedupe: ['key'],
};

const KEYS: readonly Field[] = ['key', 'oldKey', 'newKey', 'fromKey', 'toKey'];
const PATTERNS: readonly Field[] = ['hostPattern', 'pathPattern'];
/** Fields that every entry may have; where they have no effect they warn. */
const ANYWHERE: readonly Field[] = [...PATTERNS, 'valueType'];
const SETTING = ['replace', 'add', 'append'];
const TOKEN = /^:?[-!#$%&'*+.^_`|~\w]+$/;

/** What is wrong with a step of the transformer. */
export function checkTransform(field: string, { operation, entries, part, source, ofAnswers }: CheckedTransform): Mistake[] {
  const needed = NEEDED[operation];
  if (!needed) return [wrong(`${field}.operate`, operation, 'is not an operation', 'set one of them', words(TransformOperation))];
  const mistakes: Mistake[] = [];
  const headers = part === TransformPart.HEADERS;
  if (ofAnswers && part === TransformPart.QUERY) mistakes.push(wrong(`${field}.${part}`, part, 'changes nothing: answers have no query', 'change headers or body'));
  if (source !== undefined && operation !== 'map') mistakes.push(wrong(`${field}.mapSource`, source, `is not read by ${operation}`, 'remove `source`'));
  if (source === TransformPart.QUERY && ofAnswers) mistakes.push(wrong(`${field}.mapSource`, source, 'is not known in answers', 'take values from headers or body'));
  if (entries.length === 0) mistakes.push(absent(`${field}.${part}`, 'is empty, so the step does nothing', 'add an entry, or remove the step'));
  entries.forEach((entry, index) => {
    const at = `${field}.${part}[${index}]`;
    const allowed = [...needed, ...ANYWHERE, ...(operation === 'dedupe' ? ['strategy'] : [])];
    const given = (Object.keys(entry) as Field[]).filter((name) => entry[name] !== undefined);
    given.filter((name) => !allowed.includes(name)).forEach((name) => {
      mistakes.push(wrong(`${at}.${name}`, entry[name], `is not read by ${operation}`, `remove it; ${operation} takes ${needed.join(' and ')}`));
    });
    needed.filter((name) => entry[name] === undefined).forEach((name) => mistakes.push(absent(`${at}.${name}`, `is missing, and ${operation} needs it`, `set \`${name}\``)));
    KEYS.filter((name) => needed.includes(name) && entry[name] !== undefined).forEach((name) => {
      const key = entry[name]!;
      // What is mapped from another part is no header's name.
      const ofHeader = name === 'fromKey' && source !== undefined ? source === TransformPart.HEADERS : headers;
      if (key === '') mistakes.push(wrong(`${at}.${name}`, key, 'is empty', `set \`${name}\``));
      else if (ofHeader && !TOKEN.test(key)) mistakes.push(wrong(`${at}.${name}`, key, 'is not the name of a header', 'use letters, digits and -'));
    });
    PATTERNS.forEach((name) => {
      const error = entry[name] === undefined ? undefined : re2Error(entry[name]);
      if (error !== undefined) mistakes.push(wrong(`${at}.${name}`, entry[name], `does not compile as RE2: ${error}`, 'write it without lookaround and backreferences'));
    });
    mistakes.push(...checkValues(at, entry), ...(headers ? checkHeaderValue(at, entry) : []));
  });
  return mistakes;
}

/** What of a step has no effect. */
export function noticesOfTransform(field: string, { operation, entries, part }: CheckedTransform): Mistake[] {
  return entries.flatMap((entry, index) => {
    const notices: Mistake[] = [];
    const at = `${field}.${part}[${index}]`;
    const notice = (name: string, problem: string, fix: string) => notices.push({ code: 'IGW708', field: `${at}.${name}`, problem, fix });
    const given = PATTERNS.filter((name) => entry[name] !== undefined);
    if (!SETTING.includes(operation)) given.forEach((name) => notice(name, `has no effect: ${operation} changes every request`, 'remove it, and use match rules to choose requests'));
    else if (given.length === 2) notice('pathPattern', 'has no effect: `hostPattern` is given too', 'remove one of the two');
    else if (given.length === 1 && groupsOf(entry[given[0]]!) === 0) {
      notice(given[0], 'captures nothing, and does not choose requests: the value is set where it does not match, too', 'remove it, and use match rules to choose requests');
    }
    const typed = part === TransformPart.BODY && SETTING.includes(operation);
    if (entry.valueType !== undefined && !typed) notice('valueType', 'has no effect: only values that are set in a body have a type', 'remove it');
    return notices;
  });
}

function checkValues(at: string, { valueType, strategy, value, newValue, appendValue }: TransformEntry): Mistake[] {
  const mistakes: Mistake[] = [];
  if (valueType !== undefined && !Object.values<string>(TransformValueType).includes(valueType)) {
    const fix = valueType === 'bool' ? 'write boolean: the plugin leaves out this rule and all after it' : 'set one of them';
    mistakes.push(wrong(`${at}.valueType`, valueType, 'is not a type', fix, words(TransformValueType)));
  }
  if (strategy !== undefined && !Object.values<string>(DedupeStrategy).includes(strategy)) {
    mistakes.push(wrong(`${at}.strategy`, strategy, 'is not a strategy, and taken as RETAIN_FIRST', 'set one of them', words(DedupeStrategy)));
  }
  const text = value ?? newValue ?? appendValue;
  if (text === undefined) return mistakes;
  const fits: Record<string, () => boolean> = {
    number: () => text.trim() !== '' && Number.isFinite(Number(text)),
    boolean: () => /^(true|false)$/.test(text),
    object: () => isJson(text),
  };
  if (valueType !== undefined && fits[valueType] && !fits[valueType]()) mistakes.push(wrong(`${at}.value`, text, `is no ${valueType}`, 'write a value of the type, or change the type'));
  return mistakes;
}

function checkHeaderValue(at: string, { value, newValue, appendValue }: TransformEntry): Mistake[] {
  return Object.entries({ value, newValue, appendValue }).filter(([, text]) => text !== undefined && /[\r\n\0]/.test(text))
    .map(([name, text]) => wrong(`${at}.${name}`, text, 'has a line break, which headers cannot have', 'write it in one line'));
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function words(of: object): string {
  return Object.values(of).join(', ');
}

function wrong(field: string, value: unknown, problem: string, fix: string, allowed?: string): Mistake {
  return { code: 'IGW705', field, value, problem, fix, allowed };
}

function absent(field: string, problem: string, fix: string): Mistake {
  return { code: 'IGW705', field, problem, fix };
}
