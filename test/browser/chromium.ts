import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer, { Browser } from 'puppeteer-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** A Chromium on this machine: CHROMIUM_PATH, or one on PATH, or one that apt installs where it may. Throws the reason where there is none. */
export function chromiumPath(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const found = onPath(NAMES);
  if (found) return found;
  const reason = install();
  const installed = onPath(NAMES);
  if (installed) return installed;
  throw new Error(`there is no Chromium: CHROMIUM_PATH is not set, and none of ${NAMES.join(', ')} is on PATH; ${reason}`);
}

export function launch(executablePath: string): Promise<Browser> {
  return puppeteer.launch({ executablePath, headless: true, args: isRoot() ? ['--no-sandbox'] : [] });
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function install(): string {
  if (!isRoot() || !onPath(['apt-get'])) return 'it cannot be installed here, which takes apt-get and root';
  console.log('installing chromium with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']]) {
    const { status, stderr } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (status !== 0) return `apt-get ${args[0]} failed: ${stderr.trim().split('\n').slice(-3).join(' ')}`;
  }
  return 'apt-get installed it, and it is still not on PATH';
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
