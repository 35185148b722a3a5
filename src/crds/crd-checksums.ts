import { createHash } from 'node:crypto';
import type { Mistake } from '../core';
import type { CrdFile } from './crd-file';

const SHA256 = /^[0-9a-f]{64}$/i;

/** Compares the raw bytes with the expected checksums. */
export function checkChecksums(files: readonly CrdFile[], expected: Readonly<Record<string, string>>): Mistake[] {
  return [...checkKeys(expected, files.map((file) => file.key)), ...files.flatMap((file) => checkFile(file, expected[file.key]))];
}

function checkKeys(expected: Readonly<Record<string, string>>, keys: readonly string[]): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const [key, value] of Object.entries(expected)) {
    const field = `sha256['${key}']`;
    if (!keys.includes(key)) {
      mistakes.push({
        code: 'IGW602', field, value, problem: 'no such file is loaded', allowed: keys.join(', ') || 'none', fix: 'correct the key or remove it',
      });
    } else if (!SHA256.test(value)) {
      mistakes.push({
        code: 'IGW602', field, value, problem: 'is not a SHA-256 checksum', allowed: '64 hexadecimal digits', fix: 'write the whole checksum',
      });
    }
  }
  return mistakes;
}

function checkFile(file: CrdFile, expected: string | undefined): Mistake[] {
  if (expected === undefined || !SHA256.test(expected)) return [];
  const actual = createHash('sha256').update(file.bytes).digest('hex');
  if (actual === expected.toLowerCase()) return [];
  return [{
    code: 'IGW602',
    field: `sha256['${file.key}']`,
    value: expected,
    problem: `${file.location} has the checksum ${actual}`,
    fix: 'find out why the file changed before you write the new checksum here',
  }];
}
