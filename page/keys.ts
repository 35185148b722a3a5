import { boxOf, data, element, nodes, waysFrom, waysTo, chipsOf } from './data';
import { focusDetails } from './details';
import { currentNode, deselect, focusNode, select, selectedNode } from './selection';
import { fit, pan, zoom } from './view';

const stage = element<SVGSVGElement>('stage');
const search = element<HTMLInputElement>('search');
const STEP = 80;

type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && event.target !== search) {
      const id = selectedNode();
      deselect();
      if (id !== undefined) focusNode(id);
      return;
    }
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === '/') {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === '+' || event.key === '=') {
      zoom(1.25);
    } else if (event.key === '-') {
      zoom(0.8);
    } else if (event.key === '0') {
      fit();
    }
  });
  stage.addEventListener('keydown', (event) => {
    const id = (event.target as Element).closest<SVGGElement>('.node[data-node]')?.dataset.node;
    if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      if (event.shiftKey || id === undefined) panBy(event.key as Direction);
      else move(id, event.key as Direction);
    } else if ((event.key === 'Enter' || event.key === ' ') && id !== undefined) {
      event.preventDefault();
      select(id);
      focusNode(id);
      focusDetails();
    } else if (event.key === 'Home') {
      event.preventDefault();
      focusNode(data.nodes[0].id);
    }
  });
  stage.addEventListener('focusin', (event) => {
    const id = (event.target as Element).closest<SVGGElement>('.node[data-node]')?.dataset.node;
    // Whoever comes with the Tab key has to see where they are.
    if (id !== undefined && id === currentNode() && (event.target as Element).matches(':focus-visible')) focusNode(id);
  });
}

function panBy(key: Direction): void {
  pan(key === 'ArrowLeft' ? STEP : key === 'ArrowRight' ? -STEP : 0, key === 'ArrowUp' ? STEP : key === 'ArrowDown' ? -STEP : 0);
}

/** Right and left follow the way of requests; up and down go to the neighbour on the screen. */
function move(id: string, key: Direction): void {
  const followed = key === 'ArrowRight' ? follow(id, waysFrom, 'to') : key === 'ArrowLeft' ? follow(id, waysTo, 'from') : [];
  const next = nearest(id, key, followed) ?? followed[0] ?? nearest(id, key, data.nodes.map((node) => node.id));
  if (next !== undefined) focusNode(next);
}

function follow(id: string, ways: typeof waysFrom, end: 'from' | 'to'): string[] {
  const own = (ways.get(id) ?? []).map((way) => way[end]);
  const ofParts = (chipsOf.get(id) ?? []).flatMap((chip) => (ways.get(chip.id) ?? []).map((way) => way[end]));
  const owner = nodes.get(id)!.owner;
  const ofOwner = own.length + ofParts.length === 0 && owner !== undefined ? ways.get(owner)?.map((way) => way[end]) ?? [] : [];
  return [...own, ...ofParts, ...ofOwner];
}

/** The one that is nearest in a direction, where being off to the side counts double. */
function nearest(id: string, key: Direction, candidates: readonly string[]): string | undefined {
  const [x, y] = middle(id);
  let best: string | undefined;
  let least = Infinity;
  for (const other of candidates) {
    if (other === id || data.boxes[other] === undefined) continue;
    const [dx, dy] = middle(other).map((value, index) => value - (index === 0 ? x : y));
    const [ahead, aside] = key === 'ArrowRight' ? [dx, dy] : key === 'ArrowLeft' ? [-dx, dy] : key === 'ArrowDown' ? [dy, dx] : [-dy, dx];
    if (ahead <= 1) continue;
    const distance = ahead + 2 * Math.abs(aside);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

function middle(id: string): [number, number] {
  const [x, y, width, height] = boxOf(id);
  return [x + width / 2, y + height / 2];
}
