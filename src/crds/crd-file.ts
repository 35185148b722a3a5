import type { Mistake } from '../core';

/** The raw bytes of one file of CustomResourceDefinitions. */
export interface CrdFile {
  /** Its URL, or its path. */
  readonly location: string;
  /** What `sha256` calls it: its URL, or its file name. */
  readonly key: string;
  /** What must hold at least one CustomResourceDefinition: the URL, or the folder the file is in. */
  readonly source: string;
  readonly bytes: Buffer;
}

/** What was found, and what went wrong on the way: all mistakes are reported at once. */
export interface CrdFiles {
  readonly files: CrdFile[];
  readonly mistakes: Mistake[];
}
