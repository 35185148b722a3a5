import type { Graph } from '../graph';
import { distance } from '../presence';

const MOST_SHOWN = 6;
/** More are not compared: a set may hold thousands of names, and each of them may be written wrongly. */
const MOST_COMPARED = 200;
const LONGEST_COMPARED = 80;

/** The names that exist, those most like what was written first. */
export function nearestFirst(names: readonly string[], written: string): string {
  if (names.length === 0) return 'none';
  const unique = [...new Set(names.slice(0, MOST_COMPARED))].filter((name) => name !== '');
  const ranked = unique.map((name) => ({ name, far: distance(name.slice(0, LONGEST_COMPARED), written.slice(0, LONGEST_COMPARED)) }))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  return `${ranked.slice(0, MOST_SHOWN).join(', ')}${ranked.length > MOST_SHOWN ? ', …' : ''}`;
}

/** Names of a kind in a namespace, for messages: as many as are compared. */
export function namesOf(graph: Graph, group: string, kind: string, namespace: string | undefined): string[] {
  return graph.ofKind(group, kind, namespace).slice(0, MOST_COMPARED).map(({ name }) => name);
}
