import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is yes; fails with what was waited for after the given seconds. */
export async function waitUntil(what: string, seconds: number, isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!await isTrue()) {
    if (Date.now() > end) {
      throw new Error(`waited ${seconds} s in vain: ${what}`);
    }
    await sleep(100);
  }
}
