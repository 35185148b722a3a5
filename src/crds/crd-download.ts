import { spawnSync } from 'node:child_process';
import type { Mistake } from '../core';
import type { CrdFile, CrdFiles } from './crd-file';

const TIMEOUT_MS = 30_000;
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** Reads a list of URLs from standard input, writes one `{ body }` (base64) or `{ error }` for each. */
const SCRIPT = `
const { urls, timeout } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const load = async (url) => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    if (!answer.ok) return { error: ('HTTP ' + answer.status + ' ' + answer.statusText).trim() };
    return { body: Buffer.from(await answer.arrayBuffer()).toString('base64') };
  } catch (error) {
    if (error.name === 'TimeoutError') return { error: 'no answer within ' + timeout + ' ms' };
    return { error: [error.message, error.cause?.code ?? error.cause?.message].filter(Boolean).join(': ') };
  }
};
Promise.all(urls.map(load)).then((answers) => process.stdout.write(JSON.stringify(answers)));
`;

type Answer = { readonly body: string } | { readonly error: string };

/**
 * Loads URLs, all at once. Synthesis is synchronous and fetching is not, so one child process fetches them.
 */
export function downloadCrds(urls: readonly string[], timeout = TIMEOUT_MS): CrdFiles {
  const files: CrdFile[] = [];
  const failures = new Map<string, string[]>();
  fetchAll(urls, timeout).forEach((answer, index) => {
    const url = urls[index]!;
    if ('body' in answer) files.push({ location: url, key: url, source: url, bytes: Buffer.from(answer.body, 'base64') });
    else failures.set(answer.error, [...failures.get(answer.error) ?? [], url]);
  });
  return { files, mistakes: [...failures].map(([reason, failed]) => cannotLoad(failed, reason)) };
}

/** One mistake per reason: without a network, every URL fails alike. */
function cannotLoad(urls: readonly string[], reason: string): Mistake {
  const others = urls.length === 1 ? '' : ` and ${urls.length - 1} more`;
  return {
    code: 'IGW602',
    field: `${urls[0]}${others}`,
    problem: `cannot be loaded: ${reason}`,
    fix: 'download the files once and set `directory` to the folder that holds them, one sub-folder per family',
  };
}

function fetchAll(urls: readonly string[], timeout: number): Answer[] {
  const child = spawnSync(process.execPath, ['-e', SCRIPT], {
    input: JSON.stringify({ urls, timeout }),
    encoding: 'utf8',
    maxBuffer: LARGEST_ANSWER,
    timeout: timeout + 5_000,
  });
  if (child.status === 0) return JSON.parse(child.stdout) as Answer[];
  const error = child.error?.message ?? (child.stderr.trim().split('\n').pop() || `the loading process ended with ${child.signal ?? child.status}`);
  return urls.map(() => ({ error }));
}
