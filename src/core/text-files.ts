import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file that was read, or why it was not. */
export interface TextFile {
  /** The path, or what else names the source. */
  readonly file: string;
  readonly text?: string;
  /** What keeps it from being read. */
  readonly problem?: string;
  /** The change to make. */
  readonly fix?: string;
}

/** Bytes up to which a file is read: an object of a cluster has at most 1.5 MiB, so this is room for any real set. */
export const LARGEST_FILE = 32 * 2 ** 20;

const MANIFEST_FILE = /\.(ya?ml|json)$/;

/** A file, or every YAML and JSON file below a folder in the order of their paths. */
export function readTextFiles(path: string): TextFile[] {
  try {
    if (!statSync(path).isDirectory()) return readTextFile(path);
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => MANIFEST_FILE.test(name)).sort();
    if (files.length === 0) return [{ file: path, problem: 'holds no .yaml, .yml or .json file', fix: 'correct the path' }];
    return files.flatMap((name) => readTextFile(join(path, name)));
  } catch (error) {
    return [unreadable(path, error)];
  }
}

/** Bytes as text in UTF-8. A byte order mark is dropped. */
export function decodeText(bytes: string | Uint8Array, file: string): TextFile {
  if (typeof bytes === 'string') return { file, text: bytes };
  if (bytes.length > LARGEST_FILE) return tooLarge(file, bytes.length);
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { file, problem: 'is not text in UTF-8', fix: 'save it as UTF-8' };
  }
}

function readTextFile(path: string): TextFile[] {
  try {
    const { size } = statSync(path);
    return [size > LARGEST_FILE ? tooLarge(path, size) : decodeText(readFileSync(path), path)];
  } catch (error) {
    // A folder may be called like a file; what is in it is read anyway.
    return (error as NodeJS.ErrnoException).code === 'EISDIR' ? [] : [unreadable(path, error)];
  }
}

function tooLarge(file: string, bytes: number): TextFile {
  const megabytes = (count: number) => `${Math.ceil(count / 2 ** 20)} MiB`;
  return { file, problem: `has ${megabytes(bytes)}, and at most ${megabytes(LARGEST_FILE)} are read`, fix: 'split it into several files' };
}

function unreadable(file: string, error: unknown): TextFile {
  const { code } = error as NodeJS.ErrnoException;
  // Anything but an error of the file system is ours.
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { file, problem: 'is not a file or a folder', fix: 'correct the path' };
  const reason = code === 'EACCES' || code === 'EPERM' ? 'may not be read' : `cannot be read: ${code}`;
  return { file, problem: reason, fix: 'check its permissions and what it is' };
}
