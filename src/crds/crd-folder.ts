import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Mistake } from '../core';
import type { CrdFamily } from './crd-family';
import type { CrdFile, CrdFiles } from './crd-file';

/** Reads the YAML files of each family's sub-folder, in the order of their names. */
export function readCrdFolders(families: readonly CrdFamily[], directory: string): CrdFiles {
  if (!isFolder(directory)) return { files: [], mistakes: [missing(directory, 'no such folder', directory)] };
  const files: CrdFile[] = [];
  const mistakes: Mistake[] = [];
  for (const family of families) {
    const folder = join(directory, family);
    const names = isFolder(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort() : undefined;
    if (!names) mistakes.push(missing(directory, `it has no sub-folder '${family}'`, folder));
    else if (names.length === 0) mistakes.push(missing(directory, `its sub-folder '${family}' has no .yaml or .yml file`, folder));
    for (const name of names ?? []) {
      const location = join(folder, name);
      files.push({ location, key: name, source: folder, bytes: readFileSync(location) });
    }
  }
  return { files, mistakes };
}

function missing(directory: string, problem: string, folder: string): Mistake {
  return {
    code: 'IGW602',
    field: 'directory',
    value: directory,
    problem,
    fix: `put the files that upstream releases into '${folder}', or leave \`directory\` out to download the pinned releases`,
  };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
