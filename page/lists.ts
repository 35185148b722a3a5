import type { PictureBlock, PictureNode } from '../src/graph/picture/picture';
import { blocks, counted, data, element, make, nameOf, nodes, waysFrom, wayWords } from './data';
import { SEVERITY_WORDS } from './details';
import { go } from './selection';
import { fit, revealBlock } from './view';

const search = element<HTMLInputElement>('search');
const results = element('results');
const status = element('status');
const MOST_SHOWN = 50;

interface Entry {
  readonly text: string;
  readonly node: PictureNode;
  readonly block?: PictureBlock;
}

export function fillFindings(): void {
  const list = element('findings');
  list.replaceChildren(...data.findings.map(({ code, severity, title, nodes: places, object }) => {
    const { kind, name, namespace } = data.objects[object];
    const subject = nameOf({ kind, namespace, label: name });
    const button = make('button', { type: 'button', class: `finding ${severity}` },
      make('span', { class: 'severity' }, SEVERITY_WORDS[severity]), ` ${code}`, make('span', { class: 'subject' }, subject), make('span', { class: 'what' }, title));
    if (places.length > 0) button.addEventListener('click', () => go(places[0]));
    else button.disabled = true;
    return make('li', {}, button);
  }));
}

/** The picture as nested lists: for screen readers, and for who looks for a name. */
export function fillOutline(): void {
  element('outline').replaceChildren(...data.sections.map((section) => make('li', {},
    make('h3', {}, section.title),
    make('ul', {}, ...section.entries.map((id) => make('li', {}, nodeButton(id, ''))), ...section.blocks.map(blockItem)),
  )));
}

function blockItem(block: PictureBlock): HTMLElement {
  const words = block.severity ? ` – ${SEVERITY_WORDS[block.severity].toLowerCase()}` : '';
  const details = make('details', { 'data-block': block.id },
    make('summary', { class: block.severity ?? '' }, block.title, make('span', { class: 'where' }, ` ${block.namespaces.join(', ')}`), words));
  details.addEventListener('toggle', () => {
    if (!details.open) return;
    revealBlock(block.id);
    if (details.childElementCount > 1) return;
    details.append(make('ul', {}, ...block.nodes.map((id) => {
      const ways = (waysFrom.get(id) ?? []).map((way) => ` → ${nameOf(nodes.get(way.to)!)}${wayWords(way)}`);
      return make('li', {}, nodeButton(id, ways.join('')));
    })));
  });
  return make('li', {}, details);
}

function nodeButton(id: string, more: string): HTMLElement {
  const node = nodes.get(id)!;
  const state = node.state === 'missing' ? ' (missing)' : node.state === 'unknown' ? ' (not in this set)' : '';
  const found = node.findings.length > 0 ? ` – ${counted(node.findings.length, 'finding')}` : '';
  const button = make('button', { type: 'button', class: `link ${node.severity ?? ''} ${node.state}` }, nameOf(node), state, found, make('span', { class: 'where' }, more));
  button.addEventListener('click', () => go(id));
  return button;
}

export function listenToSearch(): void {
  const entries = entriesOf();
  let found: Entry[] = [];
  search.addEventListener('input', () => {
    const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    found = words.length === 0 ? [] : entries.filter(({ text }) => words.every((word) => text.includes(word)));
    results.replaceChildren(...found.slice(0, MOST_SHOWN).map(resultItem));
    results.hidden = found.length === 0;
    document.body.classList.toggle('searching', words.length > 0);
    const most = found.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} are listed` : '';
    status.textContent = words.length === 0 ? '' : found.length === 0 ? `Nothing found for ${search.value}` : `${counted(found.length, 'result')}${most}`;
    mark(new Set(found.map(({ node }) => node.id)), words.length > 0);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && found.length > 0) {
      event.preventDefault();
      go(found[0].node.id);
    } else if (event.key === 'ArrowDown' && found.length > 0) {
      event.preventDefault();
      results.querySelector('button')?.focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      search.value = '';
      search.dispatchEvent(new Event('input'));
      search.blur();
      fit();
    }
  });
  results.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const buttons = [...results.querySelectorAll('button')];
    const next = buttons.indexOf(document.activeElement as HTMLButtonElement) + (event.key === 'ArrowDown' ? 1 : -1);
    (buttons[next] ?? search).focus();
  });
}

/** Paths come before their parts: a model's name finds its route first. */
function entriesOf(): Entry[] {
  const entries: Entry[] = blocks.map((block) => {
    const first = block.nodes.map((id) => nodes.get(id)!).find(({ role }) => role === 'route') ?? nodes.get(block.nodes[0])!;
    return { text: `${block.title} ${block.namespaces.join(' ')} ${first.detail} ${first.label}`.toLowerCase(), node: first, block };
  });
  for (const node of data.nodes) {
    const codes = node.findings.map((index) => data.findings[index].code).join(' ');
    const support = node.support.map((index) => `${data.objects[index].kind} ${data.objects[index].name}`).join(' ');
    entries.push({ text: `${node.kind} ${node.namespace}/${node.label} ${node.detail} ${codes} ${support}`.toLowerCase(), node });
  }
  return entries;
}

function resultItem({ node, block }: Entry): HTMLElement {
  const severity = block ? block.severity : node.severity;
  const button = make('button', { type: 'button', class: `link ${severity ?? ''} ${node.state}` }, block ? block.title : nameOf(node),
    make('span', { class: 'where' }, block ? ` path in ${block.namespaces.join(', ')}` : node.detail === '' ? '' : ` ${node.detail}`));
  button.addEventListener('click', () => go(node.id));
  return make('li', {}, button);
}

/** What is not found steps back. */
function mark(ids: ReadonlySet<string>, isSearching: boolean): void {
  const stage = element<SVGSVGElement>('stage');
  stage.classList.toggle('searching', isSearching);
  for (const { id, nodes: members } of blocks) {
    const isFound = members.some((member) => ids.has(member));
    stage.querySelectorAll(`[data-block="${id}"]`).forEach((part) => part.classList.toggle('found', isFound));
  }
  for (const { id } of data.nodes) document.getElementById(id)?.classList.toggle('found', ids.has(id));
}
