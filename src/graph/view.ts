import type { Graph } from './graph';

/**
 * Something worked out from a graph, once for each graph and only when a rule asks for it.
 *
 * A view costs at most time linear in the objects it looks at.
 */
export function view<T>(make: (graph: Graph) => T): (graph: Graph) => T {
  const made = new WeakMap<Graph, { readonly value: T }>();
  return (graph) => {
    const known = made.get(graph);
    if (known) return known.value;
    const value = make(graph);
    made.set(graph, { value });
    return value;
  };
}

/** Adds to the list of a key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
