import { createHash } from 'node:crypto';
import { scriptJson, xml } from './escape';
import { Layout, layoutOf } from './layout';
import type { PageBox, PageData } from './page-data';
import { PAGE_SCRIPT } from './page-script';
import { PAGE_STYLE } from './page-style';
import type { Picture } from './picture';
import { drawing } from './svg';
import { counted, summaryOf } from './words';

const LEGEND = [
  ['ok', 'works'], ['broken', 'broken'], ['missing', 'target missing'], ['unknown', 'target not in this set'],
] as const;

/** A picture as a page that needs nothing else: no network, no other file. */
export function htmlOf(picture: Picture, source = ''): string {
  const layout = layoutOf(picture);
  const title = source === '' ? 'Inference graph' : `Inference graph of ${source}`;
  const findings = picture.findings.length;
  // Nothing but this script and this style may run, and nothing may be loaded.
  const policy = `default-src 'none'; script-src '${hashOf(PAGE_SCRIPT)}'; style-src '${hashOf(PAGE_STYLE)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${xml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#outline-title">Skip to the list of everything in the picture</a>
<header>
<h1>${xml(title)}</h1>
<p class="summary">${xml(summaryOf(picture))}</p>
<ul class="legend" aria-label="Lines">${LEGEND.map(([state, words]) => (
    `<li class="${state}"><svg aria-hidden="true" viewBox="0 0 26 10"><path d="M0 5H26"/></svg>${words}</li>`)).join('')}</ul>
</header>
<nav class="lists" aria-label="Search, findings and outline">
<div class="finder" role="search">
<label for="search">Search</label>
<input id="search" type="search" autocomplete="off" spellcheck="false" aria-controls="results" aria-keyshortcuts="/" aria-describedby="keys">
<p class="keys" id="keys"><kbd>/</kbd> search, <kbd>Enter</kbd> open, arrows along the ways, <kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd> zoom, <kbd>Esc</kbd> close</p>
<p class="sr" id="status" role="status" aria-live="polite"></p>
</div>
<div class="scroll">
<ul id="results" aria-label="Search results" hidden></ul>
<h2 id="findings-title">${findings === 0 ? 'No findings' : counted(findings, 'finding')}</h2>
<ol id="findings" aria-labelledby="findings-title"></ol>
<h2 id="outline-title" tabindex="-1">Everything in the picture</h2>
<ul id="outline" aria-labelledby="outline-title"></ul>
</div>
</nav>
<main aria-label="Picture">
<svg id="stage" class="picture" xmlns="http://www.w3.org/2000/svg" role="group" aria-label="${xml(`The picture: ${summaryOf(picture)}. Arrow keys go from node to node.`)}">
<g id="scene">
${drawing(picture, layout)}
</g>
</svg>
<div class="tools" role="toolbar" aria-label="Zoom">
<button type="button" id="zoom-out" aria-label="Zoom out">−</button>
<span id="zoom-level">100 %</span>
<button type="button" id="zoom-in" aria-label="Zoom in">+</button>
<button type="button" id="fit">Fit</button>
</div>
</main>
<aside id="details" aria-label="Details" hidden>
<div id="details-head"><span>Details</span><button type="button" id="close" aria-label="Close details">✕</button></div>
<div id="details-body"></div>
</aside>
<script type="application/json" id="data">${scriptJson(pageData(picture, layout))}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function pageData(picture: Picture, layout: Layout): PageData {
  const boxes: Record<string, PageBox> = {};
  for (const [id, { x, y, width, height }] of layout.boxes) boxes[id] = [x, y, width, height];
  for (const { section, blocks, x, y, width, height } of layout.sections) {
    boxes[section.id] = [x, y, width, height];
    for (const { block, ...box } of blocks) boxes[block.id] = [box.x, box.y, box.width, box.height];
  }
  return { ...picture, width: layout.width, height: layout.height, boxes };
}
