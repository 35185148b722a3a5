import type { Mistake } from '../core';
import { checkChecksums } from './crd-checksums';
import { CrdDocuments, CrdManifest, readCrdDocuments } from './crd-documents';
import { downloadCrds } from './crd-download';
import { CrdFamily } from './crd-family';
import type { CrdFile } from './crd-file';
import { readCrdFolders } from './crd-folder';
import { crdUrls } from './crd-sources';

/** Where to load from, and what to expect. */
export interface CrdOrigin {
  readonly directory?: string;
  readonly sha256?: Readonly<Record<string, string>>;
}

/** Loads the CustomResourceDefinitions of families, sorted by name, from a folder or from the pinned releases. */
export function loadCrds(families: readonly CrdFamily[], { directory, sha256 = {} }: CrdOrigin): CrdDocuments {
  const unknown = checkFamilies(families);
  if (unknown.length > 0) return { crds: [], mistakes: unknown };

  const wanted = [...new Set(families)];
  const { files, mistakes } = directory === undefined ? downloadCrds(wanted.flatMap((family) => crdUrls(family))) : readCrdFolders(wanted, directory);
  if (mistakes.length > 0) return { crds: [], mistakes };

  const collected = collectCrds(files);
  return { crds: collected.crds, mistakes: [...checkChecksums(files, sha256), ...collected.mistakes] };
}

function collectCrds(files: readonly CrdFile[]): CrdDocuments {
  const mistakes: Mistake[] = [];
  const empty = new Set(files.map((file) => file.source));
  const byName = new Map<string, { readonly crd: CrdManifest; readonly location: string }>();
  for (const file of files) {
    const documents = readCrdDocuments(file);
    mistakes.push(...documents.mistakes);
    if (documents.crds.length > 0 || documents.mistakes.length > 0) empty.delete(file.source);
    for (const crd of documents.crds) {
      const { name } = crd.metadata;
      const first = byName.get(name);
      if (first) mistakes.push(foundTwice(name, first.location, file.location));
      else byName.set(name, { crd, location: file.location });
    }
  }
  const crds = [...byName.values()].map(({ crd }) => crd).sort((a, b) => compareNames(a.metadata.name, b.metadata.name));
  return { crds, mistakes: [...mistakes, ...[...empty].map(nothingFound)] };
}

function checkFamilies(families: readonly CrdFamily[]): Mistake[] {
  const allowed = Object.values(CrdFamily);
  const unknown = families.filter((family) => !allowed.includes(family));
  if (families.length > 0 && unknown.length === 0) return [];
  return [{
    code: 'IGW602',
    field: 'families',
    value: families.length === 0 ? families : unknown,
    problem: families.length === 0 ? 'is empty' : 'has an unknown family',
    allowed: allowed.join(', '),
    fix: 'name at least one `CrdFamily`',
  }];
}

function foundTwice(name: string, first: string, second: string): Mistake {
  return { code: 'IGW602', field: name, problem: `is in both ${first} and ${second}`, fix: 'remove one of the two files' };
}

function nothingFound(source: string): Mistake {
  return { code: 'IGW602', field: source, problem: 'has no CustomResourceDefinition', fix: 'put the files that upstream releases there' };
}

// Not localeCompare: the order must not depend on the machine.
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
