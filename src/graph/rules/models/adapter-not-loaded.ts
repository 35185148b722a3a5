import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo, view } from '../../view';
import { adapterMapsOf } from '../../views/adapter-maps';
import { sourceOfHeader } from '../../views/model-headers';
import { Pool, poolByObject } from '../../views/pools';
import { isRewritten } from '../../views/rewrites';
import { routesOf } from '../../views/routes';
import { answersTo, servedBy } from '../../views/served-models';

export const rule: GraphRule = {
  code: 'IGW1408',
  title: 'adapters and what the body-based router knows of them differ',
  family: RuleFamily.MODELS,
  severity: Severity.WARNING,
  symptom: 'Requests for one of the adapters answer 404: from the model server when it is not loaded there, from the gateway when the router does not know it.',
  breaks: 'An adapter is loaded by the model server, and mapped to its base model by a ConfigMap that the body-based router reads. Both have to name it.',
  source: 'Gateway API Inference Extension, serving LoRA adapters; vLLM, --lora-modules',
  * check(graph) {
    for (const map of adapterMapsOf(graph)) {
      if (!map.managed || map.baseModel === undefined || !map.adapters) continue;
      const pools = poolsOfBase(graph).get(map.baseModel) ?? [];
      const served = pools.map((pool) => ({ pool, served: servedBy(graph, pool) }));
      if (served.length === 0 || served.some((one) => one.served === undefined)) continue;
      for (const adapter of map.adapters) {
        if (served.some((one) => one.served!.some((pods) => answersTo(pods, adapter)) || isRewritten(graph, one.pool.object, adapter))) continue;
        yield notLoaded(map.object, adapter, pools[0]);
      }
    }
    yield* notMapped(graph);
  },
};

function notLoaded(object: Problem['object'], adapter: string, pool: Pool): Problem {
  return {
    object,
    field: ['data', 'adapters'],
    value: adapter,
    problem: `is an adapter that no pod of InferencePool ${pool.namespace}/${pool.name} loads: requests for it answer 404`,
    fix: 'add it to --lora-modules, remove it here, or set VLLM_ALLOW_RUNTIME_LORA_UPDATING where adapters are loaded later',
  };
}

/** Pools by the base models that routes send there. */
const poolsOfBase = view((graph: Graph): ReadonlyMap<string, readonly Pool[]> => {
  const found = new Map<string, Pool[]>();
  for (const route of routesOf(graph)) {
    for (const { matches, backends } of route.rules) {
      const pools = backends.flatMap(({ to, weight }) => (to && weight > 0 ? poolByObject(graph).get(to) ?? [] : []));
      for (const { name, value, type } of matches.flatMap(({ headers }) => headers)) {
        if (type === 'Exact' && sourceOfHeader(graph, route, name) === 'base model') pools.forEach((pool) => addTo(found, value, pool));
      }
    }
  }
  return found;
});

/** Adapters that pods load, behind routes on the base model only, and that no ConfigMap names. */
function* notMapped(graph: Graph): Iterable<Problem> {
  const mapped = new Set(adapterMapsOf(graph).flatMap(({ adapters = [], baseModel = [] }) => [...adapters, baseModel].flat()));
  if (mapped.size === 0) return;
  const matches = routesOf(graph).flatMap(({ rules }) => rules.flatMap((one) => one.matches));
  const byModel = new Set(matches.flatMap(({ headers }) => headers.map(({ value }) => value)));
  const seen = new Set<unknown>();
  for (const [base, pools] of poolsOfBase(graph)) {
    // Without a ConfigMap for the base model nothing of it works: IGW1405.
    if (!mapped.has(base)) continue;
    for (const { server } of pools.flatMap((pool) => servedBy(graph, pool) ?? [])) {
      if (seen.has(server)) continue;
      seen.add(server);
      for (const { name, path } of server.adapters) {
        if (mapped.has(name) || byModel.has(name)) continue;
        yield {
          object: server.template.workload.object,
          field: path,
          value: name,
          problem: `is loaded, and no ConfigMap of the body-based router names it: requests for ${name} match no route`,
          fix: `add it to the adapters of base model ${base}`,
        };
      }
    }
  }
}
