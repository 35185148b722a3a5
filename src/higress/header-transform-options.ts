/** What a transformation does. */
export enum TransformOperation {
  REMOVE = 'remove',
  RENAME = 'rename',
  REPLACE = 'replace',
  ADD = 'add',
  APPEND = 'append',
  MAP = 'map',
  DEDUPE = 'dedupe',
}

/** Which part of a request or an answer is changed. */
export enum TransformPart {
  HEADERS = 'headers',
  /** Parameters of the query; answers have none. */
  QUERY = 'querys',
  /** JSON, or the fields of a form. */
  BODY = 'body',
}

/** Which of several values stay. */
export enum DedupeStrategy {
  RETAIN_FIRST = 'RETAIN_FIRST',
  RETAIN_LAST = 'RETAIN_LAST',
  RETAIN_UNIQUE = 'RETAIN_UNIQUE',
}

/** The type of a value in JSON. */
export enum TransformValueType {
  OBJECT = 'object',
  BOOLEAN = 'boolean',
  NUMBER = 'number',
  STRING = 'string',
}

/** A key that gets another name. Values of a key that has the new name already are kept. */
export interface TransformRename {
  /** The name it has. */
  readonly oldKey: string;
  /** The name it gets. */
  readonly newKey: string;
}

/** Where values take text from, and their type. */
export interface TransformValueOptions {
  /**
   * Regular expression (RE2) over the host. `$1` in the value is its first group. It does not choose requests: when it does not match, the
   * value is set as it is written.
   *
   * @default - none
   */
  readonly hostPattern?: string;

  /**
   * Regular expression (RE2) over the path with its query. `$1` in the value is its first group. It does not choose requests. It is
   * looked at when `hostPattern` is not given.
   *
   * @default - none
   */
  readonly pathPattern?: string;

  /**
   * Type of the value in a JSON body.
   *
   * @default - absent, which means STRING
   */
  readonly valueType?: TransformValueType;
}

/** A key whose value is replaced, or added when there is none. */
export interface TransformReplace extends TransformValueOptions {
  /** The key. */
  readonly key: string;
  /** The value it gets. */
  readonly newValue: string;
}

/** A key that is added where there is none. */
export interface TransformAdd extends TransformValueOptions {
  /** The key. */
  readonly key: string;
  /** Its value. */
  readonly value: string;
}

/** A key that gets one more value. */
export interface TransformAppend extends TransformValueOptions {
  /** The key. */
  readonly key: string;
  /** The value it gets besides those it has. */
  readonly appendValue: string;
}

/** A key that gets the value of another one. */
export interface TransformMap {
  /** The key that the value is taken from. */
  readonly fromKey: string;
  /** The key that gets it. */
  readonly toKey: string;
}

/** A key of which few values stay. */
export interface TransformDedupe {
  /** The key. */
  readonly key: string;

  /**
   * Which values stay.
   *
   * @default DedupeStrategy.RETAIN_FIRST
   */
  readonly strategy?: DedupeStrategy;
}

/** Options of a transformation. */
export interface TransformOptions {
  /**
   * Which part is changed.
   *
   * @default TransformPart.HEADERS
   */
  readonly part?: TransformPart;
}

/** Options of mapping. */
export interface TransformMapOptions extends TransformOptions {
  /**
   * The part that values are taken from.
   *
   * @default - the part that is changed
   */
  readonly source?: TransformPart;
}

/** An entry in the words of the plugin, for `HeaderTransform.of`. */
export interface TransformEntry {
  /**
   * The key, of remove, replace, add, append and dedupe.
   *
   * @default - absent
   */
  readonly key?: string;

  /**
   * The new name, of rename.
   *
   * @default - absent
   */
  readonly newKey?: string;

  /**
   * The name there is, of rename.
   *
   * @default - absent
   */
  readonly oldKey?: string;

  /**
   * The key that the value is taken from, of map.
   *
   * @default - absent
   */
  readonly fromKey?: string;

  /**
   * The key that gets it, of map.
   *
   * @default - absent
   */
  readonly toKey?: string;

  /**
   * The value, of add.
   *
   * @default - absent
   */
  readonly value?: string;

  /**
   * The value, of replace.
   *
   * @default - absent
   */
  readonly newValue?: string;

  /**
   * The value, of append.
   *
   * @default - absent
   */
  readonly appendValue?: string;

  /**
   * Type of the value: `object`, `boolean`, `number`, `string`.
   *
   * @default - absent
   */
  readonly valueType?: string;

  /**
   * Which values stay, of dedupe.
   *
   * @default - absent
   */
  readonly strategy?: string;

  /**
   * Regular expression over the host, of replace, add and append.
   *
   * @default - absent
   */
  readonly hostPattern?: string;

  /**
   * Regular expression over the path, of replace, add and append.
   *
   * @default - absent
   */
  readonly pathPattern?: string;
}
