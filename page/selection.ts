import { blockOf, chipsOf, data, element, nodes } from './data';
import { hideDetails, selectedWords, showDetails } from './details';
import { reveal } from './view';

const stage = element<SVGSVGElement>('stage');
const status = element('status');
const drawn = new Map([...document.querySelectorAll<SVGGElement>('.node[data-node]')].map((group) => [group.dataset.node!, group]));
const ways = [...document.querySelectorAll<SVGGElement>('.edge[data-from]')];

let selected: string | undefined;
let current = data.nodes.find(({ id }) => drawn.has(id))?.id;

/** Prepares nodes for keyboard and screen reader: one of them is in the tab order. */
export function prepareNodes(): void {
  for (const [id, group] of drawn) {
    group.setAttribute('role', 'button');
    group.setAttribute('tabindex', '-1');
    group.setAttribute('aria-label', group.querySelector('title')?.textContent ?? nodes.get(id)!.label);
  }
  setCurrent(current);
}

export function currentNode(): string | undefined {
  return current;
}

export function selectedNode(): string | undefined {
  return selected;
}

function setCurrent(id: string | undefined): void {
  if (current !== undefined) drawn.get(current)?.setAttribute('tabindex', '-1');
  current = id;
  if (id !== undefined) drawn.get(id)?.setAttribute('tabindex', '0');
}

/** Moves the focus to a node, and what is shown with it. */
export function focusNode(id: string): void {
  setCurrent(id);
  reveal(id, true);
  drawn.get(id)?.focus({ preventScroll: true });
}

/** Marks a node and the ways to and from it, and shows its details. */
export function select(id: string): void {
  clearMarks();
  selected = id;
  setCurrent(id);
  drawn.get(id)?.classList.add('selected');
  drawn.get(id)?.setAttribute('aria-pressed', 'true');
  const near = new Set([id, ...(chipsOf.get(id) ?? []).map((chip) => chip.id)]);
  const block = blockOf.get(id);
  const members = new Set(block?.nodes ?? []);
  for (const way of ways) {
    const { from, to } = way.dataset;
    const isNear = near.has(from!) || near.has(to!);
    way.classList.toggle('marked', isNear || (members.has(to!) && !members.has(from!)));
  }
  stage.classList.add('has-selection');
  // The panel takes room before the node is brought into view.
  showDetails(id, (other) => go(other));
  status.textContent = `Selected ${selectedWords(id)}`;
}

/** Shows a node from wherever it was asked for. */
export function go(id: string): void {
  select(id);
  requestAnimationFrame(() => focusNode(id));
}

export function deselect(): void {
  clearMarks();
  selected = undefined;
  stage.classList.remove('has-selection');
  hideDetails();
}

function clearMarks(): void {
  if (selected === undefined) return;
  drawn.get(selected)?.classList.remove('selected');
  drawn.get(selected)?.removeAttribute('aria-pressed');
  ways.forEach((way) => way.classList.remove('marked'));
}
