import { list, Path, text } from '../json';

/** One word of a command line, and where it stands in the manifest. */
export interface Word {
  readonly text: string;
  readonly path: Path;
  /** Whether it holds a variable whose value is not known. */
  readonly dynamic: boolean;
}

/** One use of a flag. */
export interface Flag {
  /** Without dashes. */
  readonly name: string;
  /** How many dashes it is written with. */
  readonly dashes: number;
  /** Absent when it stands alone. */
  readonly value?: string;
  /** The word of the flag. */
  readonly path: Path;
  /** The word of the value: the next one, or the same. */
  readonly valuePath: Path;
  readonly style: 'equals' | 'separate' | 'alone';
  /** Whether the value holds a variable that is not known. */
  readonly dynamic: boolean;
}

export interface CommandLine {
  readonly words: readonly Word[];
  readonly flags: readonly Flag[];
  /** Words that belong to no flag. */
  readonly positionals: readonly Word[];
}

const SHELLS = /(^|\/)(ba|da|a|z)?sh$/;
const VARIABLE = /\$(?:\$|\(([^)]*)\))/g;

/**
 * The words a container is started with, after its program: of `command` and `args`, with `$(NAME)` replaced as Kubernetes does, and what a
 * shell would run taken apart at blanks.
 */
export function wordsOf(command: unknown, args: unknown, path: Path, variables: ReadonlyMap<string, string>): Word[] {
  const words = (['command', 'args'] as const).flatMap((field) => list(field === 'command' ? command : args).map((word, index): Word => {
    const found = expand(text(word) ?? String(word), variables);
    return { ...found, path: [...path, field, index] };
  }));
  const program = list(command).length > 0 ? words[0]?.text : undefined;
  if (program !== undefined && SHELLS.test(program)) {
    const script = words.findIndex(({ text: word }, index) => index > 0 && /^-[a-z]*c$/.test(word)) + 1;
    const source = script > 0 ? words[script] : undefined;
    if (source) return split(source.text).map((word) => ({ text: word, path: source.path, dynamic: source.dynamic || word.includes('$') }));
  }
  return program === undefined ? words : words.slice(1);
}

/**
 * Takes words apart the way Go's pflag does, which most of the programs here use: `--flag=value`, `--flag value`, and booleans that take
 * no further word. What is not known to be boolean takes the next word unless that looks like a flag itself.
 */
export function parseFlags(words: readonly Word[], isBoolean: (name: string) => boolean | undefined = () => undefined): CommandLine {
  const flags: Flag[] = [];
  const positionals: Word[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word.text === '--') {
      positionals.push(...words.slice(index + 1));
      break;
    }
    if (!looksLikeFlag(word.text)) {
      positionals.push(word);
      continue;
    }
    const dashes = word.text.startsWith('--') ? 2 : 1;
    const equals = word.text.indexOf('=');
    const name = word.text.slice(dashes, equals < 0 ? undefined : equals);
    const use = { name, dashes, path: word.path };
    const next = words[index + 1];
    const boolean = isBoolean(name);
    if (equals >= 0) {
      flags.push({ ...use, value: word.text.slice(equals + 1), valuePath: word.path, style: 'equals', dynamic: word.dynamic });
    } else if (boolean === true || next === undefined || (boolean === undefined && looksLikeFlag(next.text))) {
      flags.push({ ...use, valuePath: word.path, style: 'alone', dynamic: word.dynamic });
    } else {
      flags.push({ ...use, value: next.text, valuePath: next.path, style: 'separate', dynamic: next.dynamic });
      index++;
    }
  }
  return { words, flags, positionals };
}

/** The last use of a flag by any of its names: it is the one that counts. */
export function flagOf(line: CommandLine, ...names: string[]): Flag | undefined {
  return line.flags.filter(({ name }) => names.includes(name)).at(-1);
}

/** What Go takes for true and false. */
export function goBoolean(value: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value) ? false : undefined;
}

/** The value of a boolean flag, or its default; undefined when it cannot be told. */
export function isOn(line: CommandLine, name: string, otherwise: boolean): boolean | undefined {
  const flag = flagOf(line, name);
  if (!flag) return otherwise;
  if (flag.style !== 'equals') return true;
  return flag.dynamic ? undefined : goBoolean(flag.value ?? '');
}

/** The value of a flag for a whole number, or its default; undefined when it cannot be told. */
export function numberOf(line: CommandLine, name: string, otherwise: number): number | undefined {
  const flag = flagOf(line, name);
  if (!flag) return otherwise;
  return !flag.dynamic && /^[0-9]{1,9}$/.test(flag.value ?? '') ? Number(flag.value) : undefined;
}

function looksLikeFlag(word: string): boolean {
  return /^--?[A-Za-z]/.test(word);
}

function expand(word: string, variables: ReadonlyMap<string, string>): { text: string; dynamic: boolean } {
  let dynamic = false;
  // After the last bracket no variable ends: looking for its end from every one that begins there would take quadratic time.
  const end = word.lastIndexOf(')') + 1;
  const expanded = word.slice(0, end).replace(VARIABLE, (written, name?: string) => {
    // Two of them stand for one.
    if (name === undefined) return '$';
    const value = variables.get(name);
    if (value === undefined) dynamic = true;
    return value ?? written;
  });
  return { text: expanded + word.slice(end).replace(/\$\$/g, '$'), dynamic };
}

/** The words of a shell script, near enough: quotes hold words together, comments and operators are words like any other. */
function split(script: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < script.length; index++) {
    const character = script[index];
    if (quote === '' && /[\s;&|]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === quote) {
      quote = '';
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === '\\' && quote !== "'" && index + 1 < script.length) {
      index++;
      if (script[index] !== '\n') word = (word ?? '') + script[index];
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}
