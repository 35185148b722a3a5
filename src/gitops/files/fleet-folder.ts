import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mistake } from '../../core';
import { StreamedFile } from './streamed-file';
import { holds, writeIfChanged } from './write-if-changed';

/** Lists the files a fleet wrote. It has no ending that kubectl or Argo CD would apply. */
const LIST = '.fleet-files';
const HEADER = '# Files that this fleet wrote, and deletes when their models are gone. Keep it beside them.';

/** Files above this size are written in parts. */
const PART = 4 * 1024 * 1024;

/** The files of a fleet, of which it knows which are its own. */
export class FleetFolder {
  private readonly own: ReadonlySet<string>;
  private readonly present: ReadonlySet<string>;

  public constructor(private readonly path: string) {
    this.present = new Set(filesIn(path));
    this.own = new Set(this.present.has(LIST) ? readFileSync(join(path, LIST), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')) : []);
  }

  /** An empty catalogue is a mistake more often than a wish. */
  public checkNotEmptied(files: readonly string[]): Mistake[] {
    const lost = [...this.own].filter((file) => this.present.has(file));
    return files.length > 0 || lost.length === 0 ? [] : [{
      code: 'IGW804',
      field: 'models',
      problem: `is empty, and ${lost.length} files in ${this.path} would be deleted, ${lost[0]} for example`,
      fix: 'add the models, or delete the folder by hand if that is meant',
    }];
  }

  /** Files that are there, are to be written, and are not ours. The same bytes are as good as ours. */
  public checkForeign(files: readonly string[], textsOf: (file: string) => readonly Buffer[]): Mistake[] {
    return files.filter((file) => this.present.has(file) && !this.own.has(file) && !holds(join(this.path, file), joined(textsOf(file))))
      .map((file) => ({
        code: 'IGW803',
        field: 'outdir',
        value: join(this.path, file),
        problem: `is there, holds something else, and is not in ${LIST}`,
        fix: `delete or rename it, write to another folder, or bring back the ${LIST} that lists it`,
      }));
  }

  /** Writes the files that differ, and deletes those of ours that are not among them. */
  public write(files: readonly string[], render: (file: string, append: (documents: Buffer) => void) => void): {
    written: string[]; unchanged: number; deleted: string[];
  } {
    const wanted = new Set(files);
    const gone = [...this.own].filter((file) => !wanted.has(file) && isInside(file)).sort();
    mkdirSync(this.path, { recursive: true });
    // Whatever happens in between, no file of ours is unlisted.
    const deleted = gone.filter((file) => this.present.has(file));
    if (deleted.length > 0 || files.some((file) => !this.own.has(file))) this.list([...files, ...deleted]);
    const written = files.filter((file) => this.writeFile(file, (append) => render(file, append)));
    deleted.forEach((file) => this.delete(file));
    this.list(files);
    return { written, unchanged: files.length - written.length, deleted };
  }

  private writeFile(file: string, render: (append: (documents: Buffer) => void) => void): boolean {
    const path = join(this.path, file);
    let parts: Buffer[] = [];
    let size = 0;
    let streamed: StreamedFile | undefined;
    render((documents) => {
      parts.push(documents);
      size += documents.length;
      if (size < PART) return;
      streamed ??= new StreamedFile(path);
      streamed.append(joined(parts));
      // What comes next starts with a separator.
      parts = [Buffer.alloc(0)];
      size = 0;
    });
    if (!streamed) return writeIfChanged(path, joined(parts), this.present.has(file));
    if (parts.length > 1) streamed.append(joined(parts));
    return streamed.end();
  }

  private delete(file: string): void {
    rmSync(join(this.path, file), { force: true });
    const folder = dirname(file);
    if (folder === '.') return;
    try {
      rmdirSync(join(this.path, folder));
    } catch {
      // There is more in it.
    }
  }

  private list(files: readonly string[]): void {
    if (files.length === 0) rmSync(join(this.path, LIST), { force: true });
    else writeIfChanged(join(this.path, LIST), `${[HEADER, ...[...files].sort()].join('\n')}\n`);
  }
}

const SEPARATOR = Buffer.from('---\n');

function joined(parts: readonly Buffer[]): Buffer {
  return parts.length === 1 ? parts[0] : Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [SEPARATOR, part])));
}

/** A list that was edited must not lead out of the folder. */
function isInside(file: string): boolean {
  return !file.split(/[\\/]/).includes('..') && !/^([\\/]|[A-Za-z]:)/.test(file);
}

function filesIn(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(path, '/').length).replaceAll('\\', '/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
