import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { anchorOf, Page, parsePage } from '../../scripts/docs/markdown';
import { readPages, ROOT } from '../../scripts/docs/pages';
import { publicNames } from '../../scripts/docs/snippets';
import { RULES } from '../../src/core';

const LINK = /\]\(([^)\s]+)\)/g;

/** Links to other pages and their headings that lead nowhere. */
function brokenLinks(pages: readonly Page[], exists: (path: string) => boolean): string[] {
  const anchors = new Map(pages.map(({ path, lines }) => [path, lines.flatMap((line) => (/^#+ (.*)$/.exec(line) ?? []).slice(1)).map(anchorOf)]));
  return pages.flatMap(({ path, lines }) => lines.flatMap((line, index) => [...line.matchAll(LINK)].map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file, anchor] = link.split('#');
      const target = file === '' ? path : posix.join(posix.dirname(path), file);
      return !exists(target) || (anchor !== undefined && anchors.get(target)?.includes(anchor) !== true);
    })
    .map((link) => `${path}:${index + 1}: ${link}`)));
}

test('every link between the pages leads somewhere', () => {
  expect(brokenLinks(readPages(), (path) => existsSync(join(ROOT, path)))).toEqual([]);
});

test('fails for a page or heading that is not there', () => {
  const pages = [parsePage('a.md', '# One\n[x](b.md) [y](a.md#two) [z](#one) [w](https://example.com)')];
  expect(brokenLinks(pages, (path) => path === 'a.md')).toEqual(['a.md:2: b.md', 'a.md:2: a.md#two']);
});

test('the pages name every rule, and every public class', () => {
  const text = readPages().filter(({ path }) => path.startsWith('docs/')).flatMap(({ lines }) => lines).join('\n');
  expect(Object.keys(RULES).filter((code) => !text.includes(`## ${code}`))).toEqual([]);
  const library = require('../../src');
  const classes = publicNames().filter((name) => typeof library[name] === 'function');
  expect(classes.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});
