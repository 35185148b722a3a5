import { run } from '../../src/cli/main';

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line with what it reads from standard input. */
export function runWith(input: string | Uint8Array, ...args: string[]): Result {
  const [out, err]: [string[], string[]] = [[], []];
  const status = run(args, { in: () => Buffer.from(input as string), out: (text) => out.push(text), err: (text) => err.push(text) }, '1.2.3');
  return { status, out: out.join(''), err: err.join('') };
}
