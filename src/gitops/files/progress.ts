/** Time after which somebody who waits wants to see something, and between two looks. */
const PATIENCE = 1000;
const INTERVAL = 200;

/** Says on a terminal how far something is that takes longer than a second. */
export class Progress {
  private readonly isShown = process.stderr.isTTY === true;
  private done = 0;
  private next = performance.now() + PATIENCE;
  private hasWritten = false;

  public constructor(private readonly what: string, private readonly total?: number) {}

  public step(): void {
    this.done++;
    if (!this.isShown || performance.now() < this.next) return;
    this.next = performance.now() + INTERVAL;
    this.hasWritten = true;
    process.stderr.write(`\r${this.what} ${this.done}${this.total === undefined ? '' : ` of ${this.total}`}`);
  }

  public end(): void {
    if (this.hasWritten) process.stderr.write('\r\u001b[K');
  }
}
