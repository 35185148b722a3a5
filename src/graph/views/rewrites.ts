import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { filled, integer, items, map, Path, text } from '../json';
import { addTo, view } from '../view';
import { pickersForPool } from './endpoint-pickers';
import { OLD_POOL_GROUP, poolByObject, POOL_GROUP } from './pools';

export interface RewriteTarget {
  readonly path: Path;
  readonly model: string;
  readonly weight?: number;
}

export interface RewriteRule {
  readonly path: Path;
  /** The names it is for; empty for all that no other rule is for. */
  readonly models: readonly { readonly path: Path; readonly value: string }[];
  readonly targets: readonly RewriteTarget[];
}

/** An InferenceModelRewrite. */
export interface Rewrite {
  readonly object: GraphObject;
  /** The pool, when it is in the set. */
  readonly pool?: GraphObject;
  readonly rules: readonly RewriteRule[];
}

export const rewritesOf = view((graph: Graph): readonly Rewrite[] => [OLD_POOL_GROUP, 'llm-d.ai', POOL_GROUP]
  .flatMap((group) => graph.ofKind(group, 'InferenceModelRewrite')).map((object) => {
    const { group, kind, name } = map(object.get('spec', 'poolRef'));
    return {
      object,
      pool: graph.find({
        group: text(group) ?? POOL_GROUP, kind: filled(kind) ?? 'InferencePool', namespace: object.namespace, name: text(name) ?? '',
      }),
      rules: items(object.manifest, ['spec', 'rules']).map(({ path }): RewriteRule => ({
        path,
        models: items(object.manifest, [...path, 'matches']).flatMap((match) => {
          const value = text(map(map(match.value).model).value);
          return value === undefined ? [] : [{ path: [...match.path, 'model', 'value'], value }];
        }),
        targets: items(object.manifest, [...path, 'targets']).map((target) => ({
          path: target.path, model: text(map(target.value).modelRewrite) ?? '', weight: integer(map(target.value).weight),
        })),
      })),
    };
  }));

const byPool = view((graph: Graph): ReadonlyMap<GraphObject, readonly Rewrite[]> => {
  const found = new Map<GraphObject, Rewrite[]>();
  for (const rewrite of rewritesOf(graph)) if (rewrite.pool) addTo(found, rewrite.pool, rewrite);
  return found;
});

/** The rewrites of a pool. */
function rewritesFor(graph: Graph, pool: GraphObject): readonly Rewrite[] {
  return byPool(graph).get(pool) ?? [];
}

/** Whether one of a pool's pickers is of a build that does not know the group of a rewrite, so that nothing reads it. */
export function isUnread(graph: Graph, { object, pool }: Rewrite): boolean {
  const owner = pool && poolByObject(graph).get(pool);
  if (!owner) return false;
  return pickersForPool(graph, owner).some(({ build }) => build !== undefined && !build.extensionGroups.includes(object.group));
}

/** Whether a pool's picker gives a model another name before a pod is asked for it. */
export function isRewritten(graph: Graph, pool: GraphObject, model: string): boolean {
  return rewritesFor(graph, pool).some((rewrite) => !isUnread(graph, rewrite) && rewrite.rules.some(({ models, targets }) => (
    targets.length > 0 && (models.length === 0 || models.some(({ value }) => value === model)))));
}
