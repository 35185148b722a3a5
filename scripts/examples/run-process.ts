import { ChildProcess, spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Record<string, string>;
}

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** What the command wrote; an error with the end of it when it fails. */
export function runProcess(command: string, args: readonly string[], { cwd, env }: RunOptions = {}): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => output.stdout += text);
    child.stderr.setEncoding('utf8').on('data', (text: string) => output.stderr += text);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) {
        resolve(output);
      } else {
        const end = (output.stdout + output.stderr).trim().split('\n').slice(-LINES_SHOWN);
        reject(new Error([`${command} ${args.join(' ')} ended with ${signal ?? code}`, ...end].join('\n')));
      }
    });
  });
}

const LINES_SHOWN = 40;

const running = new Set<ChildProcess>();

/** Ends what is running: each such call of `runProcess` fails once its process is gone. */
export function stopProcesses(): void {
  running.forEach((child) => child.kill());
}
