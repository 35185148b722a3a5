/*
 * Opens the page of a graph in a real Chromium, from a file and without network, with 3 and with 300 models, and uses it as people do:
 * with the mouse, with the keyboard, with a screen reader. Screenshots go to the folder that SCREENSHOTS names.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser, Page } from 'puppeteer-core';
import { checkGraph, drawGraph } from '../../src/graph';
import { accessibilityProblems } from './accessibility';
import { chromiumPath, launch } from './chromium';
import { breakSome, graphOf, modelName, modelSet } from './sets';

const SIZE = { width: 1440, height: 900 };
/** The smallest letters that may be shown, in pixels of the screen. */
const SMALLEST = 9;

let passed = 0;
let failed = 0;

async function check(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    console.log(`ok   ${name}`);
    passed++;
  } catch (error) {
    console.log([`FAIL ${name}`, ...(error as Error).message.split('\n').map((line) => `     ${line}`)].join('\n'));
    failed++;
  }
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}

function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** A page that was opened from its file; anything that it asks for, and any error of it, is noted. */
async function open(browser: Browser, file: string, scheme: 'light' | 'dark'): Promise<{ page: Page; requests: string[]; errors: string[]; milliseconds: number }> {
  const page = await browser.newPage();
  await page.setViewport(SIZE);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
  const url = pathToFileURL(file).href;
  // tsx names functions with a helper that pages do not have.
  await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') errors.push(message.text());
  });
  await page.setOfflineMode(true);
  const start = performance.now();
  await page.goto(url);
  await page.waitForSelector('html[data-ready]');
  return { page, requests, errors, milliseconds: performance.now() - start };
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => (element as HTMLElement).innerText ?? element.textContent ?? '');

async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The heights of all letters of the drawing that are on the screen. */
function letterHeights(page: Page): Promise<{ count: number; least: number; where: string }> {
  return page.$$eval('#stage text', (texts) => {
    const stage = document.getElementById('stage')!.getBoundingClientRect();
    const scale = (document.getElementById('scene') as unknown as SVGGElement).getScreenCTM()!.a;
    let [count, least, where] = [0, Infinity, ''];
    for (const text of texts) {
      const box = text.getBoundingClientRect();
      const isSeen = box.width > 0 && box.right > stage.left && box.left < stage.right && box.bottom > stage.top && box.top < stage.bottom;
      if (!isSeen || text.textContent === '') continue;
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      count++;
      if (size < least) [least, where] = [size, text.textContent ?? ''];
    }
    return { count, least, where };
  });
}

async function search(page: Page, words: string): Promise<string> {
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  return textOf(page, '#status');
}

/** What a node is called to a screen reader. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

async function tryPage(browser: Browser, file: string, count: number): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    const name = `${count} models, ${scheme}`;
    const { page, requests, errors, milliseconds } = await open(browser, file, scheme);
    console.log(`     ${name}: ready in ${Math.round(milliseconds)} ms`);
    await check(`${name}: letters can be read at first sight`, async () => {
      const { count: letters, least, where } = await letterHeights(page);
      holds(letters >= Math.min(count, 250), `only ${letters} texts are shown`);
      holds(least >= SMALLEST - 0.05, `"${where}" is ${least.toFixed(1)} px tall, and ${SMALLEST} is the least`);
    });
    await screenshot(page, `${count}-${scheme}`);
    await check(`${name}: what assistive technology needs is there, and colours have contrast`, async () => {
      const problems = await accessibilityProblems(page);
      holds(problems.length === 0, problems.join('\n'));
    });
    if (scheme === 'dark') {
      await check(`${name}: the ground is dark`, async () => {
        const colour = await page.$eval('body', (body) => getComputedStyle(body).backgroundColor);
        const [red, green, blue] = colour.match(/\d+/g)!.map(Number);
        holds(red + green + blue < 150, `the ground is ${colour}`);
      });
    }
    if (scheme === 'light') await tryUse(page, name, count);
    await screenshot(page, `${count}-${scheme}-details`);
    await check(`${name}: nothing was loaded and nothing failed`, async () => {
      equal(requests, [], 'what was asked for');
      equal(errors, [], 'what the page complained of');
    });
    await page.close();
  }
}

async function tryUse(page: Page, name: string, count: number): Promise<void> {
  const last = modelName(count - 1);
  await check(`${name}: a model is found by search, and opens`, async () => {
    const status = await search(page, last);
    holds(/^[1-9]\d* results?/.test(status), `the search says "${status}"`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#details:not([hidden])');
    await page.waitForFunction((label) => document.activeElement?.getAttribute('aria-label')?.includes(label), {}, `HTTPRoute team-${Math.floor((count - 1) / 10)}/${last}`);
    const { least } = await letterHeights(page);
    holds(least >= SMALLEST - 0.05, `letters of ${least} px are shown`);
  });
  await check(`${name}: Escape closes the details and keeps the place`, async () => {
    await page.keyboard.press('Escape');
    await page.waitForSelector('#details', { hidden: true });
    holds((await focused(page)).includes(last), `the focus is on ${await focused(page)}`);
  });
  await check(`${name}: a search without result says so, and Escape clears it`, async () => {
    equal(await search(page, 'no-such-thing'), 'Nothing found for no-such-thing', 'the status');
    await page.keyboard.press('Escape');
    equal(await page.$eval('#search', (input) => (input as HTMLInputElement).value), '', 'the search');
  });
  await check(`${name}: findings are listed, and lead to their node with cause and fix`, async () => {
    equal(await page.$$eval('#findings button.error', (buttons) => buttons.map((button) => /IGW\d+/.exec(button.textContent!)?.[0]).sort()), ['IGW1008', 'IGW1009', 'IGW1201'], 'the errors');
    const pool = await page.waitForSelector('#findings button ::-p-text(IGW1201)');
    await pool!.click();
    const details = await textOf(page, '#details-body');
    for (const words of [modelName(0), 'nothing-has-this', 'Fix:', 'What users see:']) holds(details.includes(words), `the details lack "${words}"`);
    await page.waitForFunction((label) => document.activeElement?.getAttribute('aria-label')?.startsWith(label), {}, `InferencePool team-0/${modelName(0)}`);
  });
  await check(`${name}: arrows follow the way of requests, Enter opens`, async () => {
    await page.keyboard.press('ArrowRight');
    holds(/pods|Service/.test(await focused(page)), `right of the pool is ${await focused(page)}`);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    holds((await focused(page)).startsWith('HTTPRoute'), `left of the pool is ${await focused(page)}`);
    await page.keyboard.press('ArrowLeft');
    holds((await focused(page)).startsWith('listener'), `left of the route is ${await focused(page)}`);
    await page.keyboard.press('Enter');
    equal(await focused(page), 'http', 'the focus');
  });
  await check(`${name}: a click shows the YAML`, async () => {
    await page.click('#close');
    await search(page, `InferencePool ${modelName(3 % count)}`);
    await page.keyboard.press('Enter');
    await page.click('#close');
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const node = await page.evaluateHandle(() => document.activeElement!);
    const { x, y, width, height } = (await node.asElement()!.$eval('.card', (card) => card.getBoundingClientRect().toJSON())) as DOMRect;
    await page.mouse.click(x + width / 2, y + height / 2);
    const yaml = await textOf(page, '#details-body pre');
    holds(yaml.includes('kind: InferencePool') && yaml.includes('endpointPickerRef:'), `the YAML is ${yaml.slice(0, 80)}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
  });
  await check(`${name}: wheel and buttons zoom, dragging moves, Fit shows all again`, async () => {
    const place = () => page.$eval('#scene', (scene) => scene.getAttribute('transform'));
    await page.click('#fit');
    const whole = await place();
    await page.mouse.move(800, 400);
    await page.mouse.wheel({ deltaY: -300 });
    await page.waitForFunction((before) => document.getElementById('scene')!.getAttribute('transform') !== before, {}, whole);
    const zoomed = await place();
    await page.mouse.down();
    await page.mouse.move(860, 440, { steps: 4 });
    await page.mouse.up();
    holds(await place() !== zoomed, 'dragging moves nothing');
    await page.click('#zoom-in');
    await page.click('#fit');
    equal(await place(), whole, 'the place after Fit');
  });
  await check(`${name}: at every zoom, letters that are shown can be read`, async () => {
    for (let step = 0; step < 14; step++) {
      const { least, where } = await letterHeights(page);
      holds(least >= SMALLEST - 0.05, `"${where}" is ${least.toFixed(1)} px tall`);
      await page.click('#zoom-in');
    }
    await page.click('#fit');
  });
  await check(`${name}: the outline has every path, and opens one`, async () => {
    const summaries = await page.$$eval('#outline summary', (all) => all.length);
    holds(summaries >= count, `the outline has ${summaries} paths`);
    await page.focus('#outline summary');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#outline details[open] li');
  });
  await check(`${name}: the picture is one stop for the Tab key`, async () => {
    equal(await page.$$eval('#stage [tabindex="0"]', (all) => all.length), 1, 'nodes in the tab order');
  });
}

async function main(): Promise<void> {
  const browser = await launch(chromiumPath());
  const temp = mkdtempSync(join(tmpdir(), 'inference-graph-'));
  try {
    console.log(`     ${await browser.version()}`);
    for (const count of [3, 300]) {
      const objects = modelSet(count);
      breakSome(objects);
      const graph = graphOf(objects);
      const { findings } = checkGraph(graph);
      const start = performance.now();
      const html = drawGraph(graph, findings, 'html', `${count} models`);
      console.log(`     ${count} models, ${objects.length} objects: drawn in ${Math.round(performance.now() - start)} ms, ${Math.round(html.length / 1024)} KiB`);
      const file = join(temp, `${count}.html`);
      writeFileSync(file, html);
      await tryPage(browser, file, count);
    }
  } finally {
    await browser.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  failed++;
}).finally(() => {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
