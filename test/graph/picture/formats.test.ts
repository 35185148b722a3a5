import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { checkGraph, drawGraph, PICTURE_FORMATS, PictureFormat } from '../../../src/graph';
import { pictureOf } from '../../../src/graph/picture';
import { layoutOf } from '../../../src/graph/picture/layout';
import { gateway, graphOf, model, pool, route, service } from './fixtures';

/** Drawn as a file of a format. */
function as(format: PictureFormat, objects: readonly any[], source?: string): string {
  const graph = graphOf(objects);
  return drawGraph(graph, checkGraph(graph).findings, format, source);
}

/** Names that try to be markup, script or something else than they are. */
const HOSTILE = [
  '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'onload='alert(1)", '<!--', ']]>', '&lt;b&gt;', '\u0000\u0007', '\u202eelif', '\ud800',
  '`${process.exit()}`', '"]; click n0 callback', 'end', 'a"b', '#quot;', '%%{init: {}}%%', '\n\nsubgraph x', '\\u003c/script',
];
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.string()).map((parts) => parts.join('')),
);

function hostileSet(name: string): any[] {
  const bad = { metadata: { name, namespace: name } };
  return [
    { ...gateway(), ...bad }, { ...route(), ...bad },
    { ...pool(), ...bad, spec: { ...pool().spec, endpointPickerRef: { name, port: { number: 9002 } } } },
    { ...service('x'), ...bad }, { apiVersion: 'v1', kind: name, metadata: { name: 'y', namespace: 'z' } },
    { ...route('z'), spec: { ...route('z', { name, namespace: name, sectionName: name }, { name }).spec, hostnames: [name] } },
  ];
}

/** Fails on markup that does not close in its order, on bare text that looks like markup, and on what XML forbids. */
function assertWellFormed(xml: string): void {
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  const open: string[] = [];
  const markup = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g;
  let at = 0;
  for (let match = markup.exec(xml); match; match = markup.exec(xml)) {
    expect(xml.slice(at, match.index).replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<&]/);
    at = markup.lastIndex;
    const [, closes, name, , empty] = match;
    if (closes) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
    if (name === 'style' && !closes) {
      at = xml.indexOf('</style>', at);
      markup.lastIndex = at;
    }
  }
  expect(xml.slice(at).trim()).toBe('');
  expect(open).toEqual([]);
}

test.each(PICTURE_FORMATS)('a model as %s is the same each time', (format) => {
  const first = as(format, [gateway(), ...model()]);
  expect(as(format, [gateway(), ...model()])).toBe(first);
  expect(first).toContain('qwen3');
});

describe('SVG', () => {
  test('it stands by itself, in light and dark, with words for who cannot see it', () => {
    const svg = as('svg', [gateway(), ...model(), route('other', { sectionName: 'htpp' })]);
    assertWellFormed(svg);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img" aria-labelledby="title" aria-describedby="desc">/);
    expect(svg).toMatch(/<desc id="desc">1 gateway, 2 paths: \d+ errors.*error IGW1008: HTTPRoute team-a\/other: /);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).not.toMatch(/(href|src)="(?!#)|url\((?!#)|@import|<script|<foreignObject/);
  });

  test('what is missing and what is broken is marked', () => {
    const svg = as('svg', [gateway(), ...model(), route('other', { sectionName: 'htpp' })]);
    expect(svg).toMatch(/<g class="node listener missing chip"/);
    expect(svg).toMatch(/<g class="edge missing parent"/);
    expect(svg).toMatch(/<g class="block error"/);
  });

  test('names of any kind stay text', () => {
    fc.assert(fc.property(hostile, (name) => assertWellFormed(as('svg', hostileSet(name)))), { numRuns: 60 });
  });
});

describe('page', () => {
  const scripts = (html: string) => [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];

  test('it loads nothing, and only its own script and style may run', () => {
    const html = as('html', [gateway(), ...model()], 'models.yaml');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1];
    expect(policy).toMatch(/^default-src 'none'; script-src '([^']*)'; style-src '([^']*)'; base-uri 'none'; form-action 'none'$/);
    const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toContain(`script-src ${hashOf(scripts(html)[1][2])};`);
    expect(policy).toContain(`style-src ${hashOf(/<style>([\s\S]*?)<\/style>/.exec(html)![1])};`);
    expect(html).not.toMatch(/\s(src|srcset|action|on\w+|style)="|<link|@import|url\((?!#)/);
    expect(html).toContain('<title>Inference graph of models.yaml</title>');
  });

  test('it holds the data as JSON', () => {
    const html = as('html', [gateway(), ...model()]);
    const data = JSON.parse(scripts(html)[0][2]);
    expect(Object.keys(data)).toEqual(['nodes', 'edges', 'sections', 'findings', 'objects', 'width', 'height', 'boxes']);
    expect(Object.keys(data.boxes)).toEqual(expect.arrayContaining(data.nodes.map(({ id }: any) => id)));
  });

  test('names of any kind stay text', () => {
    fc.assert(fc.property(hostile, (name) => {
      const html = as('html', hostileSet(name), name);
      const found = scripts(html);
      expect(found.map(([, attributes]) => attributes)).toEqual([' type="application/json" id="data"', '']);
      const data = JSON.parse(found[0][2]);
      expect(data.objects).toHaveLength(6);
      const tags = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').match(/<[a-z][^>]*>/gi)!.map((tag) => tag.replace(/"[^"]*"/g, ''));
      for (const tag of tags) expect(tag).not.toMatch(/^<(img|script|iframe|object)|\son\w+=/i);
    }), { numRuns: 60 });
  });
});

describe('Mermaid', () => {
  const NODE = /^\s+\w+(\[\(|\(\[|\{\{|\(|\[)("([^"]*)"|client)(\)\]|\]\)|\}\}|\)|\])(:::(error|warning|missing|unknown))?$/;
  const LINES = [
    /^flowchart LR$/, /^\s+subgraph [sb]\d+\["[^"]*"\]$/, /^\s+end$/, NODE, /^\s+\w+ (-->|==>|-\.->)(\|"[^"]*"\|)? \w+$/, /^\s+classDef \w+ [\w:#,\- .]+$/,
    /^\s+linkStyle [\d,]+ stroke:#c81e1e,stroke-width:2px$/,
  ];
  const assertValid = (text: string) => {
    const lines = text.trimEnd().split('\n');
    for (const line of lines) expect(LINES.filter((form) => form.test(line))).toHaveLength(1);
    expect(lines.filter((line) => /^\s+end$/.test(line))).toHaveLength(lines.filter((line) => /^\s+subgraph /.test(line)).length);
    const ids = lines.flatMap((line) => (NODE.test(line) ? [/^\s+(\w+)/.exec(line)![1]] : []));
    expect(new Set(ids).size).toBe(ids.length);
    const ways = lines.flatMap((line) => [/^\s+(\w+) (?:-->|==>|-\.->)(?:\|"[^"]*"\|)? (\w+)$/.exec(line) ?? []].filter(({ length }) => length > 0));
    for (const [, from, to] of ways) expect(ids).toEqual(expect.arrayContaining([from, to]));
    for (const index of lines.flatMap((line) => /linkStyle ([\d,]+)/.exec(line)?.[1].split(',') ?? [])) expect(Number(index)).toBeLessThan(ways.length);
  };

  test('a model is drawn with its findings, and ways that are broken are red', () => {
    const text = as('mermaid', [gateway(), ...model(), route('other', { sectionName: 'htpp' })]);
    assertValid(text);
    expect(text).toMatch(/n\d+\["<b>other<\/b><br\/>HTTPRoute · org\/other<br\/>IGW1008"\]:::error/);
    expect(text).toMatch(/-\.->\|"listener htpp missing"\| n\d+/);
    expect(text).toMatch(/linkStyle \d+ /);
  });

  test('large sets are summed up by namespace, but for what has findings', () => {
    const many = Array.from({ length: 200 }, (_, index) => route(`model-${index}`));
    many[150].spec.parentRefs[0].sectionName = 'htpp';
    const text = as('mermaid', [gateway(), ...many]);
    assertValid(text);
    expect(text).toContain('HTTPRoute · org/model-150');
    expect(text).not.toContain('HTTPRoute · org/model-151');
    expect(text).toMatch(/<b>team-a<\/b>: 199 paths, no findings<br\/>org\/model-0, org\/model-1, /);
    expect(text.length).toBeLessThan(10_000);
  });

  test('names of any kind stay text', () => {
    fc.assert(fc.property(hostile, (name) => assertValid(as('mermaid', hostileSet(name)))), { numRuns: 60 });
  });
});

describe('layout', () => {
  const boxesOf = (objects: readonly any[]) => {
    const picture = pictureOf(graphOf(objects));
    return { picture, layout: layoutOf(picture) };
  };

  test('no two nodes overlap, and all are inside', () => {
    const objects = [gateway(), ...Array.from({ length: 40 }, (_, index) => model(`model-${index}`)).flat()];
    const { layout } = boxesOf(objects);
    const boxes = [...layout.boxes.values()].sort((a, b) => a.x - b.x || a.y - b.y);
    boxes.forEach((box, index) => {
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= layout.width && box.y + box.height <= layout.height).toBe(true);
      for (const other of boxes.slice(index + 1)) {
        if (other.x >= box.x + box.width) break;
        expect(other.y >= box.y + box.height || box.y >= other.y + other.height).toBe(true);
      }
    });
  });

  test('many models are as wide as they are tall, about', () => {
    const { layout } = boxesOf([gateway(), ...Array.from({ length: 100 }, (_, index) => model(`model-${index}`)).flat()]);
    expect(layout.width / layout.height).toBeGreaterThan(0.8);
    expect(layout.width / layout.height).toBeLessThan(3);
    expect(new Set(layout.sections[0].blocks.map(({ x }) => x)).size).toBeGreaterThan(2);
  });

  test('every way that is drawn has a path', () => {
    const { picture, layout } = boxesOf([gateway(), ...model()]);
    expect(layout.edges).toHaveLength(picture.edges.length);
    for (const { path } of layout.edges) expect(path).toMatch(/^M[-\d. ]+[CL][-\d. CLQ]+$/);
  });
});
