/** What a command cannot go on with: its message is all the user needs. */
export class CommandError extends Error {
  public constructor(message: string, public readonly exitCode: number) {
    super(message);
  }
}

/** Exit status of a mistake in the input. */
export const MISTAKE = 1;
/** Exit status of a mistake in the call. */
export const USAGE = 2;
