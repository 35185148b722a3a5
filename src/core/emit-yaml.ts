import { Yaml } from 'cdk8s';

/** JSON-like data whose keys may be anything. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * The YAML of one document, byte for byte what `Yaml.stringify` of cdk8s writes, about ten times as fast: keys, and the few texts that are
 * neither plain nor simple blocks, are written by cdk8s once and remembered.
 *
 * Some differences are on purpose, since readers do not get back what cdk8s writes: text like `0o7` or `0X1F` is quoted, which YAML 1.2 or
 * kubectl takes for a number, the key `<<`, which is a merge without, text with a character that YAML forbids or kubectl takes for the end
 * of a line, and lines that start with white space which kubectl stumbles over.
 */
export function emitYaml(document: unknown): string {
  if (!isFields(document)) return Yaml.stringify(document);
  try {
    return new Emitter(false, false).fields(document, Object.keys(document), 0) || '{}\n';
  } catch (error) {
    if (error instanceof LeftToCdk8s) return Yaml.stringify(document);
    throw error;
  }
}

/**
 * The YAML that cdk8s writes of an `ApiObject` with this manifest: `apiVersion`, `kind` and `metadata` first, other keys sorted, nothing
 * that is null. Undefined where something is not plain data, a token for example, which only cdk8s resolves.
 */
export function emitManifest(manifest: Fields): string | undefined {
  if (Object.keys(manifest).some((key) => INDEX.test(key))) return undefined;
  const isSorted = !process.env.CDK8S_DISABLE_SORT;
  const others = Object.keys(manifest).filter((key) => !FIRST.includes(key));
  const keys = [...FIRST, ...isSorted ? sortedKeys(others) : others];
  try {
    return new Emitter(true, isSorted).fields({ ...manifest, metadata: withoutEmpty(manifest.metadata) }, keys, 0);
  } catch (error) {
    if (error instanceof LeftToCdk8s) return undefined;
    throw error;
  }
}

/** What only cdk8s can write: an anchor, a key of several lines, a token. */
class LeftToCdk8s extends Error {}

const FIRST = ['apiVersion', 'kind', 'metadata'];

/** An array index, which objects put before all other keys. */
const INDEX = /^\d+$/;

const INDENTS = Array.from({ length: 100 }, (_, depth) => '  '.repeat(depth));

class Emitter {
  private readonly seen?: Set<object>;

  /**
   * @param cleans whether to leave out what cdk8s leaves out of an `ApiObject`
   * @param sorts whether to sort keys like it
   */
  public constructor(private readonly cleans: boolean, private readonly sorts: boolean) {
    if (!cleans) this.seen = new Set();
  }

  /** The lines of a map; empty when it has no fields. The first line is not indented where it follows a dash. */
  public fields(map: Fields, keys: readonly string[], depth: number, afterDash = false): string {
    const { cleans } = this;
    let text = '';
    for (const key of keys) {
      const value = map[key];
      if (cleans) {
        // cdk8s loses the one and stumbles over the other while it copies objects.
        if (key === '__proto__' || key === 'constructor') throw new LeftToCdk8s();
        if (value === undefined || value === null) continue;
      }
      const start = text === '' && afterDash ? '' : INDENTS[depth];
      text += `${start}${keyText(key, depth)}:${this.below(value, depth)}`;
    }
    return text;
  }

  /** What stands after the colon of a key. */
  private below(value: unknown, depth: number): string {
    if (typeof value === 'string') return ` ${textOf(value, depth)}\n`;
    if (typeof value !== 'object' || value === null) return ` ${scalarText(value, depth)}\n`;
    if (Array.isArray(value)) return value.length === 0 ? ' []\n' : `\n${this.items(value, depth + 1, false)}`;
    const fields = this.fields(value as Fields, this.keysOf(value), depth + 1);
    return fields === '' ? ' {}\n' : `\n${fields}`;
  }

  private items(list: readonly unknown[], depth: number, afterDash: boolean): string {
    this.note(list);
    let text = '';
    for (const item of list) {
      text += `${text === '' && afterDash ? '' : INDENTS[depth]}- ${this.item(item, depth)}`;
    }
    return text;
  }

  private item(value: unknown, depth: number): string {
    if (typeof value === 'string') return `${textOf(value, depth)}\n`;
    // cdk8s keeps the place of a null in a list.
    if (this.cleans && (value === null || value === undefined)) throw new LeftToCdk8s();
    if (typeof value !== 'object' || value === null) return `${scalarText(value, depth)}\n`;
    if (Array.isArray(value)) return value.length === 0 ? '[]\n' : this.items(value, depth + 1, true);
    return this.fields(value as Fields, this.keysOf(value), depth + 1, true) || '{}\n';
  }

  private keysOf(map: object): readonly string[] {
    if (!isFields(map)) throw new LeftToCdk8s();
    this.note(map);
    const keys = Object.keys(map);
    return this.sorts ? sortedKeys(keys) : keys;
  }

  /** What is there twice becomes an anchor and an alias, unless cdk8s copies it before it is written. */
  private note(value: object): void {
    if (!this.seen) return;
    if (this.seen.has(value)) throw new LeftToCdk8s();
    this.seen.add(value);
  }
}

function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Few keys, mostly in order already: faster than `sort`, with the same order. */
export function sortedKeys(keys: string[]): string[] {
  if (keys.length > 0 && keys[0] <= '9' && INDEX.test(keys[0])) return Object.keys(Object.fromEntries(keys.sort().map((key) => [key, true])));
  if (keys.length > 12) return keys.sort();
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index];
    let place = index;
    for (; place > 0 && keys[place - 1] > key; place--) keys[place] = keys[place - 1];
    keys[place] = key;
  }
  return keys;
}

/** Metadata as `ApiObjectMetadataDefinition` gives it: without empty maps and lists, at any depth. */
function withoutEmpty(metadata: unknown): unknown {
  if (Array.isArray(metadata)) {
    if (metadata.some((item) => item === null || item === undefined)) throw new LeftToCdk8s();
    return metadata.length === 0 ? undefined : metadata.map(withoutEmpty);
  }
  if (typeof metadata !== 'object' || metadata === null) return metadata;
  if (!isFields(metadata)) throw new LeftToCdk8s();
  const values = Object.values(metadata);
  if (values.length > 0 && values.every((value) => typeof value === 'string')) return metadata;
  if (['__proto__', 'constructor'].some((key) => Object.hasOwn(metadata, key))) throw new LeftToCdk8s();
  const kept = Object.entries(metadata).map(([key, value]) => [key, withoutEmpty(value)] as const)
    .filter(([, value]) => value !== undefined && value !== null);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Above it what is remembered is forgotten: names are many. */
const MOST_REMEMBERED = 20_000;
const keyTexts = new Map<string, string>();
const texts: Map<unknown, string>[] = [];

/**
 * Text that is a plain scalar wherever it stands: a letter, `/` or `_` at its start, so that it is no number and no date, no `: ` and no
 * ` #` in it, and none of the words that YAML 1.1 has for other things. To cdk8s `e3` is a number too.
 */
const PLAIN = /^(?!e[-+]?\d+$)[a-z/_](?:[-\w./=@+]|:(?=[-\w./=@+]))*$/i;
const LONGEST_WORD = 5;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** Printable ASCII in several lines, the first and the last of them with something visible at its outer end, and at most one newline after. */
const BLOCK = /^[!-~][\n -~]*\n(?:[\n -~]*[!-~]\n?)?$/;

/** A number to YAML 1.2, or to kubectl, which reads over underscores. cdk8s quotes most, but not those that YAML 1.1 has no word for. */
const NUMBER = /^[-+]?(?:0x[\da-f]+|0o[0-7]+|0b[01]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i;
/** Lines whose indentation kubectl cannot tell from white space of the text. */
const UNCLEAR_START = /^(?=[^]*\n)(?=\n*[ \t])[ \n]*(?:\t|$)/;
/** What may not stand in a file as it is, or ends a line. */
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Text that would be read as a number without quotes, and which few texts have in common. */
const DECIMAL = /^(?:0|[1-9][0-9]{0,14})$/;

/** Parts of words and numbers that mean something else alone. */
const PART_OF_WORD = /^(?:e[-+\d]*|.{1,2}|rue|als|alse|fals|ull|nul|inf|nan|yes|off|true|null|false)$/i;

/**
 * Whether text is written without quotes, and text with it in it is written in the same way whichever such text it is. Long text is left out:
 * keys of a thousand characters are written in another way.
 */
export function isPlainYaml(text: string): boolean {
  return text.length <= 120 && PLAIN.test(text) && !PART_OF_WORD.test(text);
}

function textOf(text: string, depth: number): string {
  if (PLAIN.test(text) && !(text.length <= LONGEST_WORD && WORD.test(text))) return text;
  if (DECIMAL.test(text)) return `"${text}"`;
  if (BLOCK.test(text) && !text.endsWith('\n\n')) return blockOf(text, depth);
  return isMisread(text) || UNCLEAR_START.test(text) ? quoted(text) : remembered(text, depth);
}

function blockOf(text: string, depth: number): string {
  const isClipped = text.endsWith('\n');
  const lines = isClipped ? text.slice(0, -1) : text;
  const indent = INDENTS[depth + 1];
  return `${isClipped ? '|' : '|-'}\n${indent}${lines.replace(/\n+/g, `$&${indent}`)}`;
}

function isMisread(text: string): boolean {
  return NUMBER.test(text.replaceAll('_', '')) || text.search(UNPRINTABLE) >= 0;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function scalarText(value: unknown, depth: number): string {
  if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (typeof value === 'number') return remembered(value, depth);
  throw new LeftToCdk8s();
}

/** What cdk8s writes of a text or number at this depth. */
function remembered(value: string | number, depth: number): string {
  if (depth >= INDENTS.length - 1) throw new LeftToCdk8s();
  const known = texts[depth] ??= new Map();
  // A map takes both zeros for one.
  const key = Object.is(value, -0) ? '-0 ' : value;
  let text = known.get(key);
  if (text === undefined) {
    let nested: unknown = value;
    for (let level = 0; level <= depth; level++) nested = { k: nested };
    const prefix = INDENTS.slice(0, depth + 1).map((indent) => `${indent}k:`).join('\n');
    text = Yaml.stringify(nested).slice(prefix.length + 1, -1);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, text);
  }
  return text;
}

function keyText(key: string, depth: number): string {
  let text = keyTexts.get(key);
  if (text === undefined) {
    if (depth >= INDENTS.length - 1 || key.startsWith('---') || key.startsWith('...')) throw new LeftToCdk8s();
    const line = Yaml.stringify({ [key]: 0 });
    // Long keys get a line of their own, after a question mark.
    if (!line.endsWith(': 0\n') || line.startsWith('? ')) throw new LeftToCdk8s();
    text = isMisread(key) || key === '<<' ? quoted(key) : line.slice(0, -': 0\n'.length);
    if (keyTexts.size >= MOST_REMEMBERED) keyTexts.clear();
    keyTexts.set(key, text);
  }
  return text;
}
