import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file unless it holds these bytes already, so that its time of change stays; whether it was written. */
export function writeIfChanged(path: string, text: string | Buffer, mayExist = true): boolean {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  if (mayExist && holds(path, bytes)) return false;
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  return true;
}

/** Whether a file has exactly these bytes. */
export function holds(path: string, bytes: Buffer): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const { size } = fstatSync(file);
    if (size !== bytes.length) return false;
    const found = Buffer.allocUnsafe(size);
    let offset = 0;
    while (offset < size) {
      const read = readSync(file, found, offset, size - offset, offset);
      if (read === 0) return false;
      offset += read;
    }
    return found.equals(bytes);
  } catch {
    // A folder of that name: writing says what is wrong.
    return false;
  } finally {
    closeSync(file);
  }
}
