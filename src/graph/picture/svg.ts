import { addTo } from '../view';
import { fitted, widthOf, xml } from './escape';
import { Box, n, SIZES } from './geometry';
import { ICONS } from './icons';
import { Layout, layoutOf, PlacedBlock, PlacedSection } from './layout';
import { EdgeState, Picture, PictureBlock, PictureFinding, PictureNode, PictureSection, PictureSeverity } from './picture';
import { SVG_STYLE } from './svg-style';
import { blockSummary, nodeTitle, summaryOf } from './words';

/** A picture as an SVG file, light and dark. */
export function svgOf(picture: Picture): string {
  const layout = layoutOf(picture);
  const { width, height } = layout;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" role="img" aria-labelledby="title" aria-describedby="desc">`,
    '<title id="title">Inference graph</title>',
    `<desc id="desc">${xml(description(picture))}</desc>`,
    `<style>${SVG_STYLE}</style>`,
    `<rect class="ground" width="${n(width)}" height="${n(height)}"/>`,
    drawing(picture, layout),
    '</svg>',
    '',
  ].join('\n');
}

/** What the picture shows, for who cannot see it. */
export function description(picture: Picture): string {
  const findings = picture.findings.slice(0, MOST_DESCRIBED).map((finding) => `${finding.severity} ${finding.code}: ${subjectOf(picture, finding)}: ${finding.title}.`);
  const rest = picture.findings.length - findings.length;
  return [`${summaryOf(picture)}.`, ...findings, ...rest > 0 ? [`And ${rest} more findings.`] : []].join(' ');
}

const MOST_DESCRIBED = 20;

function subjectOf({ objects }: Picture, { object }: PictureFinding): string {
  const { kind, namespace, name } = objects[object];
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** The content of an `svg` element. */
export function drawing(picture: Picture, layout: Layout): string {
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const chips = new Map<string, string[]>();
  for (const { id, owner } of picture.nodes) if (owner !== undefined) addTo(chips, owner, id);
  // What is broken is drawn last, and so on top.
  const edges = [...layout.edges].sort((a, b) => STATES.indexOf(a.edge.state) - STATES.indexOf(b.edge.state));
  return [
    '<defs>',
    marker('arrow', ''), marker('arrow-bad', ' bad'),
    ...Object.entries(ICONS).map(([role, path]) => `<path id="icon-${role}" d="${path}"/>`),
    '</defs>',
    ...layout.sections.map((section) => sectionSvg(nodes, section)),
    '<g class="edges">',
    ...layout.arrivals.map(({ path }) => `<g class="edge ok"><path d="${path}" marker-end="url(#arrow)"/></g>`),
    ...edges.map(({ edge: { from, to, type, label, state }, path, label: at }) => [
      `<g class="edge ${state} ${xml(type)}" data-from="${from}" data-to="${to}">`,
      `<path d="${path}" marker-end="url(#${state === 'ok' || state === 'unknown' ? 'arrow' : 'arrow-bad'})"/>`,
      label === '' ? '' : `<text x="${n(at.x)}" y="${n(at.y)}">${xml(fitted(label, 150, 11))}</text>`,
      '</g>',
    ].join('')),
    '</g>',
    '<g class="nodes">',
    ...layout.sections.flatMap(({ section, blocks }) => [
      ...section.entries.flatMap((id) => [id, ...chips.get(id) ?? []]),
      ...blocks.flatMap(({ block }) => block.nodes),
    ]).map((id) => nodeSvg(nodes.get(id)!, layout.boxes.get(id)!)),
    '</g>',
    '<g class="overviews" aria-hidden="true">',
    ...layout.sections.flatMap(({ section, blocks, ...box }) => (
      blocks.length > 0 ? blocks.map(({ block, ...place }) => overviewSvg(block, place)) : [overviewSvg(section, box)])),
    '</g>',
  ].join('\n');
}

const STATES: readonly EdgeState[] = ['ok', 'unknown', 'missing', 'broken'];

function marker(id: string, more: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">`
    + `<path class="arrow${more}" d="M0 .5 8 4 0 7.5Z"/></marker>`;
}

function sectionSvg(nodes: ReadonlyMap<string, PictureNode>, { section, client, blocks, ...box }: PlacedSection): string {
  const count = `· ${blockSummary(section)}`;
  const room = box.width - 2 * SIZES.section.padding - 8;
  const classes = ['section', ...section.severity ? [section.severity] : [], ...blocks.length === 0 ? ['bare'] : []].join(' ');
  return [
    `<g class="${classes}" data-section="${section.id}">`,
    rect('frame', box, 14),
    `<text class="heading" x="${n(box.x + SIZES.section.padding)}" y="${n(box.y + 25)}">${xml(fitted(section.title, Math.max(180, room - widthOf(count, 15)), 15))}`
      + ` <tspan class="count">${xml(count)}</tspan></text>`,
    client ? clientSvg(client) : '',
    ...blocks.map((block) => blockSvg(nodes, block)),
    '</g>',
  ].join('\n');
}

function clientSvg(box: Box): string {
  return [
    '<g class="node client">', rect('card', box, 23),
    `<use class="icon" href="#icon-client" x="${n(box.x + 14)}" y="${n(box.y + 15)}"/>`,
    `<text class="name" x="${n(box.x + 36)}" y="${n(box.y + 28)}">client</text></g>`,
  ].join('');
}

const MARKS: Readonly<Record<PictureSeverity, string>> = { error: '✗', warning: '!', info: 'i' };

function blockSvg(nodes: ReadonlyMap<string, PictureNode>, { block, ...box }: PlacedBlock): string {
  const { id, title, namespaces, severity, nodes: members } = block;
  const found = new Set(members.flatMap((member) => nodes.get(member)!.findings));
  const where = namespaces.slice(0, 3).join(', ') + (namespaces.length > 3 ? ' …' : '');
  const room = box.width - 90;
  const name = fitted(title, room * 0.65, 13);
  return [
    `<g class="block${severity ? ` ${severity}` : ''}" data-block="${id}">`,
    rect('frame', box, 10),
    `<text class="title" x="${n(box.x + SIZES.block.padding)}" y="${n(box.y + 20)}">${xml(name)} <tspan class="where" dx="4">${xml(fitted(where, room * 0.3, 12))}</tspan></text>`,
    `<text class="mark" x="${n(box.x + box.width - SIZES.block.padding)}" y="${n(box.y + 20)}">${severity ? `${found.size} ${MARKS[severity]}` : '✓'}</text>`,
    '</g>',
  ].join('');
}

/** The name of a block, or of a section without any, for when nodes are too small to read; the page gives it its size. */
function overviewSvg({ id, title, severity }: PictureBlock | PictureSection, box: Box): string {
  return `<text class="overview${severity ? ` ${severity}` : ''}" data-block="${id}" x="${n(box.x + box.width / 2)}" y="${n(box.y + box.height / 2)}">${xml(title)}</text>`;
}

function nodeSvg(node: PictureNode, box: Box): string {
  const { id, role, state, severity, owner } = node;
  const classes = ['node', role, state, ...severity ? [severity] : [], ...owner === undefined ? [] : ['chip']].join(' ');
  const content = owner === undefined ? cardContent(node, box) : chipContent(node, box);
  return `<g class="${classes}" id="${id}" data-node="${id}"><title>${xml(nodeTitle(node))}</title>${content}</g>`;
}

function cardContent({ role, kind, label, detail, state, findings }: PictureNode, box: Box): string {
  const { x, y, width, height } = box;
  const room = width - 42 - (findings.length > 0 ? 28 : 8);
  const what = [kind, ...state === 'missing' ? ['missing'] : state === 'unknown' ? ['not in this set'] : []].join(' · ');
  const left = width - 46 - widthOf(what, 11.5);
  const second = detail === '' || left < 50 ? fitted(what, width - 46, 11.5) : `${what} · ${fitted(detail, left - 14, 11.5)}`;
  return [
    rect('card', box, 8),
    `<rect class="bar" x="${n(x)}" y="${n(y + 8)}" width="4" height="${n(height - 16)}" rx="2"/>`,
    `<use class="icon" href="#icon-${role}" x="${n(x + 13)}" y="${n(y + 15)}"/>`,
    `<text class="name" x="${n(x + 38)}" y="${n(y + 20)}">${xml(fitted(label, room, 13))}</text>`,
    `<text class="detail" x="${n(x + 38)}" y="${n(y + 36)}">${xml(second)}</text>`,
    badge(findings.length, x + width - 15, y + 15, 9),
  ].join('');
}

function chipContent({ role, kind, label, detail, state, findings }: PictureNode, box: Box): string {
  const { x, y, width } = box;
  const room = width - 30 - (findings.length > 0 ? 24 : 6);
  const prefix = state === 'missing' ? `missing ${kind}` : role === 'listener' ? '' : kind;
  // Plugins are told by their icon, and their names are long.
  const isNamed = role === 'listener' || (role === 'plugin' && state !== 'missing');
  const first = fitted(isNamed ? label : prefix, room * (role === 'plugin' ? 0.8 : 0.62), 11.5);
  const rest = isNamed ? (state === 'missing' ? 'missing' : detail) : label;
  return [
    rect('card', box, 6),
    `<svg x="${n(x + 7)}" y="${n(y + 5)}" width="12" height="12" viewBox="0 0 16 16" class="icon-box"><use href="#icon-${role}" class="icon"/></svg>`,
    `<text class="name" x="${n(x + 25)}" y="${n(y + 15)}">${xml(first)} <tspan class="detail">${xml(fitted(rest, Math.max(20, room - widthOf(first, 11.5) - 4), 11.5))}</tspan></text>`,
    badge(findings.length, x + width - 13, y + 11, 8),
  ].join('');
}

function badge(count: number, x: number, y: number, r: number): string {
  return count === 0 ? '' : `<g class="badge"><circle cx="${n(x)}" cy="${n(y)}" r="${r}"/><text x="${n(x)}" y="${n(y + 4)}">${count > 9 ? '9+' : count}</text></g>`;
}

function rect(name: string, { x, y, width, height }: Box, radius: number): string {
  return `<rect class="${name}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}"/>`;
}
