import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A large file that is written in parts, and only from where it differs from the one that is there. */
export class StreamedFile {
  private readonly old?: number;
  private readonly unfinished: string;
  private output?: number;
  /** Bytes that are the same so far. */
  private same = 0;

  public constructor(private readonly path: string) {
    this.unfinished = `${path}.${process.pid}.unfinished`;
    mkdirSync(dirname(path), { recursive: true });
    try {
      this.old = openSync(path, 'r');
    } catch {
      this.output = openSync(this.unfinished, 'w');
    }
  }

  public append(bytes: Buffer): void {
    if (this.output === undefined && this.isSame(bytes)) {
      this.same += bytes.length;
      return;
    }
    this.output ??= this.startOver();
    writeAll(this.output, bytes);
  }

  /** Whether the file is another one now. */
  public end(): boolean {
    if (this.output === undefined && fstatSync(this.old!).size > this.same) this.output = this.startOver();
    if (this.old !== undefined) closeSync(this.old);
    if (this.output === undefined) return false;
    closeSync(this.output);
    renameSync(this.unfinished, this.path);
    return true;
  }

  private isSame(bytes: Buffer): boolean {
    return this.read(this.same, bytes.length).equals(bytes);
  }

  /** A new file with what was the same. */
  private startOver(): number {
    const output = openSync(this.unfinished, 'w');
    const part = 1024 * 1024;
    for (let offset = 0; offset < this.same; offset += part) writeAll(output, this.read(offset, Math.min(part, this.same - offset)));
    return output;
  }

  private read(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const read = readSync(this.old!, bytes, filled, length - filled, offset + filled);
      if (read === 0) return bytes.subarray(0, filled);
      filled += read;
    }
    return bytes;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
}
