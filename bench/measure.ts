import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** What a whole process took. */
export interface Cost {
  /** Seconds of CPU, of all its threads and children. */
  readonly cpu: number;
  /** Seconds by the clock. */
  readonly wall: number;
  /** Peak resident memory in MB; 0 where the system does not say. */
  readonly megabytes: number;
}

/** Runs a program and measures it from outside, whatever it is written in. */
export async function measure(command: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Cost> {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null';
  const child = spawn('bash', ['-c', script, 'bench', ...command], { cwd: options.cwd, env: { ...process.env, LC_ALL: 'C', ...options.env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  let megabytes = 0;
  const poll = setInterval(() => { megabytes = Math.max(megabytes, peakOf(child.pid!)); }, 10);
  const [code] = await once(child, 'close') as [number];
  clearInterval(poll);
  const times = /([\d.]+) ([\d.]+) ([\d.]+)\n$/.exec(stderr);
  if (code !== 0 || !times) throw new Error(`${command.join(' ')} failed with exit code ${code}:\n${stderr}`);
  const [wall, user, system] = times.slice(1).map(Number);
  return { cpu: user + system, wall, megabytes };
}

/** The largest of a process and its children, as Linux tells it. */
function peakOf(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    return Math.max(peak, ...children.map(peakOf));
  } catch {
    return 0;
  }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function medianCost(costs: readonly Cost[]): Cost {
  return {
    cpu: median(costs.map(({ cpu }) => cpu)),
    wall: median(costs.map(({ wall }) => wall)),
    megabytes: Math.max(...costs.map(({ megabytes }) => megabytes)),
  };
}
