import type { Graph } from '../graph';
import type { GraphObject, ObjectName } from '../graph-object';
import { filled, items, map, Path, text } from '../json';
import { addTo, view } from '../view';
import { GATEWAY_GROUP } from './gateways';

export interface Grant {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly from: readonly { readonly path: Path; readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly path: Path; readonly group: string; readonly kind: string; readonly name?: string }[];
}

/** The ReferenceGrants of the set, in any version. */
export const grantsOf = view((graph: Graph): readonly Grant[] => graph.ofKind(GATEWAY_GROUP, 'ReferenceGrant').map((object) => ({
  object,
  namespace: object.namespace ?? '',
  from: items(object.manifest, ['spec', 'from']).map(({ value, path }) => {
    const { group, kind, namespace } = map(value);
    return { path, group: text(group) ?? '', kind: text(kind) ?? '', namespace: text(namespace) ?? '' };
  }),
  to: items(object.manifest, ['spec', 'to']).map(({ value, path }) => {
    const { group, kind, name } = map(value);
    return { path, group: text(group) ?? '', kind: text(kind) ?? '', name: filled(name) };
  }),
})));

/** What each grant lets through, so that a set with many references and grants stays linear. */
const granted = view((graph: Graph) => {
  const pairs = new Map<string, Grant[]>();
  for (const grant of grantsOf(graph)) {
    for (const from of grant.from) {
      for (const to of grant.to) addTo(pairs, pairKey(from, { ...to, namespace: grant.namespace }, to.name), grant);
    }
  }
  return pairs;
});

const inNamespace = view((graph: Graph) => {
  const found = new Map<string, Grant[]>();
  grantsOf(graph).forEach((grant) => addTo(found, grant.namespace, grant));
  return found;
});

/** The grants of a namespace. */
export function grantsIn(graph: Graph, namespace: string): readonly Grant[] {
  return inNamespace(graph).get(namespace) ?? [];
}

/** The grants of the set that let an object refer to one of another namespace. Within a namespace none is needed. */
export function grantsFor(graph: Graph, from: Pick<ObjectName, 'group' | 'kind' | 'namespace'>, to: ObjectName): readonly Grant[] {
  const pairs = granted(graph);
  return [...pairs.get(pairKey(from, to, to.name)) ?? [], ...pairs.get(pairKey(from, to, undefined)) ?? []];
}

function pairKey(from: Pick<ObjectName, 'group' | 'kind' | 'namespace'>, to: Pick<ObjectName, 'group' | 'kind' | 'namespace'>, name: string | undefined): string {
  return JSON.stringify([from.group, from.kind, from.namespace, to.group, to.kind, to.namespace, name ?? null]);
}
