import type { PictureFinding, PictureNode, PictureObject } from '../src/graph/picture/picture';
import { blockOf, blocks, chipsOf, counted, data, element, make, nameOf, nodes, waysFrom, wayWords, waysTo } from './data';

const panel = element('details');
const body = element('details-body');

export const SEVERITY_WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** Shows all that is known of a node. `go` leads to another one. */
export function showDetails(id: string, go: (id: string) => void): void {
  const node = nodes.get(id)!;
  const object = node.object === undefined ? undefined : data.objects[node.object];
  const owner = node.owner === undefined ? undefined : nodes.get(node.owner);
  const block = blockOf.get(id);
  const facts = [
    ['Kind', node.kind],
    ...node.namespace === '' ? [] : [['Namespace', node.namespace]],
    ...node.detail === '' ? [] : [['In short', node.detail]],
    ...node.state === 'missing' ? [['State', 'missing: something refers to it, and it is not there']] : [],
    ...node.state === 'unknown' ? [['State', 'not in this set: it may be in the cluster']] : [],
    ...object && object.place !== '' ? [['From', object.place]] : [],
    ...block ? [['Path', block.title]] : [],
  ];
  body.replaceChildren(
    make('h2', { id: 'details-title', tabindex: '-1' }, node.label),
    make('dl', {}, ...facts.flatMap(([term, fact]) => [make('dt', {}, term), make('dd', {}, fact)])),
    ...section('Findings', [...node.findings, ...supportFindings(node)].map((index) => findingArticle(data.findings[index]))),
    ...section('Part of', owner ? [link(owner.id, '', go)] : []),
    ...section('On it', (chipsOf.get(id) ?? []).map((chip) => link(chip.id, '', go))),
    ...section('Requests come from', around(id, waysTo).map((edge) => link(edge.from, wayWords(edge), go))),
    ...section('Requests go to', around(id, waysFrom).map((edge) => link(edge.to, wayWords(edge), go))),
    ...object ? [make('section', {}, make('h3', {}, 'YAML'), yamlOf(object))] : [],
    ...section(`Serves it: ${counted(node.support.length, 'object')}`, node.support.map((index) => folded(data.objects[index]))),
  );
  panel.hidden = false;
  body.scrollTop = 0;
}

export function hideDetails(): void {
  panel.hidden = true;
}

export function focusDetails(): void {
  document.getElementById('details-title')?.focus();
}

/** A listener's ways are its Gateway's, too. */
function around(id: string, ways: typeof waysTo) {
  return [...ways.get(id) ?? [], ...(chipsOf.get(id) ?? []).flatMap((chip) => ways.get(chip.id) ?? [])];
}

function supportFindings({ support, findings }: PictureNode): number[] {
  const objects = new Set(support);
  return data.findings.flatMap(({ object }, index) => (objects.has(object) && !findings.includes(index) ? [index] : []));
}

function section(title: string, content: readonly HTMLElement[]): HTMLElement[] {
  if (content.length === 0) return [];
  return [make('section', {}, make('h3', {}, title), make('ul', {}, ...content.map((item) => make('li', {}, item))))];
}

function findingArticle({ code, severity, title, message, symptom, fix, place, object }: PictureFinding): HTMLElement {
  const { kind, name } = data.objects[object];
  return make('article', { class: `finding ${severity}` },
    make('h4', {}, make('span', { class: 'severity' }, SEVERITY_WORDS[severity]), ` ${code} `, title),
    make('p', {}, make('b', {}, `${kind} ${name}: `), message),
    ...symptom === '' ? [] : [make('p', {}, make('b', {}, 'What users see: '), symptom)],
    make('p', {}, make('b', {}, 'Fix: '), fix),
    ...place === '' ? [] : [make('p', { class: 'place' }, place)]);
}

function link(id: string, more: string, go: (id: string) => void): HTMLElement {
  const node = nodes.get(id)!;
  const button = make('button', { type: 'button', class: `link ${node.severity ?? ''} ${node.state}` }, nameOf(node), more, node.state === 'missing' && more === '' ? ' (missing)' : '');
  button.addEventListener('click', () => go(id));
  return button;
}

function yamlOf({ yaml, kind, name }: PictureObject): HTMLElement {
  return make('pre', { 'tabindex': '0', 'role': 'region', 'aria-label': `YAML of ${kind} ${name}` }, make('code', {}, yaml));
}

function folded(object: PictureObject): HTMLElement {
  const details = make('details', {}, make('summary', {}, `${object.kind} ${object.name}`));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(yamlOf(object));
  });
  return details;
}

/** What the page says where nothing is selected. */
export function selectedWords(id: string): string {
  const node = nodes.get(id)!;
  const block = blockOf.get(id);
  return `${nameOf(node)}${node.findings.length > 0 ? `, ${counted(node.findings.length, 'finding')}` : ''}${block && blocks.length > 1 ? `, path ${block.title}` : ''}`;
}
