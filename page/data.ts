import type { PageBox, PageData } from '../src/graph/picture/page-data';
import type { PictureBlock, PictureEdge, PictureNode } from '../src/graph/picture/picture';

/** An element of the page that is known to be there. */
export function element<T extends Element = HTMLElement>(id: string): T {
  return document.getElementById(id) as unknown as T;
}

export const data = JSON.parse(element('data').textContent ?? '') as PageData;

export const nodes: ReadonlyMap<string, PictureNode> = new Map(data.nodes.map((node) => [node.id, node]));
export const blocks: readonly PictureBlock[] = data.sections.flatMap((section) => section.blocks);

/** The block that each node is in. */
export const blockOf: ReadonlyMap<string, PictureBlock> = new Map(blocks.flatMap((block) => (
  block.nodes.map((id): [string, PictureBlock] => [id, block]))));
export const chipsOf = group(data.nodes.filter(({ owner }) => owner !== undefined), ({ owner }) => owner!);
export const waysFrom = group(data.edges, ({ from }) => from);
export const waysTo = group(data.edges, ({ to }) => to);

export function boxOf(id: string): PageBox {
  return data.boxes[id];
}

/** `InferencePool models/llama` */
export function nameOf({ kind, namespace, label }: Pick<PictureNode, 'kind' | 'namespace' | 'label'>): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${label}`.trim();
}

/** What an edge says to who follows it. */
export function wayWords({ state, label }: PictureEdge): string {
  const words = [...label === '' ? [] : [label], ...state === 'ok' ? [] : [state === 'unknown' ? 'not in this set' : state]];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** An element with attributes and content; text is never taken for markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Readonly<Record<string, string>> = {}, ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

function group<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const known = found.get(key(item));
    if (known) known.push(item);
    else found.set(key(item), [item]);
  }
  return found;
}
