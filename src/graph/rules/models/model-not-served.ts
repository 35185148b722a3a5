import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { adapterMapsByBase } from '../../views/adapter-maps';
import { sourceOfHeader } from '../../views/model-headers';
import { Pool, poolByObject } from '../../views/pools';
import { isRewritten } from '../../views/rewrites';
import { BackendRef, HeaderMatch, Route, RouteRule, routesOf } from '../../views/routes';
import { answersTo, Served, servedBy, strictnessOf } from '../../views/served-models';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1402',
  title: 'a route sends a model to pods that do not serve it',
  family: RuleFamily.MODELS,
  severity: Severity.ERROR,
  symptom: 'Requests answer 404 "The model `…` does not exist", from the model server. With several backends only a part of them does.',
  breaks: 'The gateway chooses by the name that the client asks for, and passes that name on. A vLLM server answers to --served-model-name, or --model without it, '
    + 'and to its LoRA adapters, and to no other name.',
  source: 'vLLM, --served-model-name; observed with Istio 1.30: a second pool that serves another model under the same header answers 404',
  * check(graph) {
    for (const route of routesOf(graph)) {
      for (const one of route.rules) yield* problemsOf(graph, route, one);
    }
  },
};

function* problemsOf(graph: Graph, route: Route, { backends, matches }: RouteRule): Iterable<Problem> {
  const used = backends.filter(({ weight }) => weight > 0).flatMap((backend) => {
    const pool = backend.to && poolByObject(graph).get(backend.to);
    const served = pool && servedBy(graph, pool);
    return pool && served ? [{ backend, pool, served }] : [];
  });
  if (used.length === 0) return;
  const headers = new Map(matches.flatMap((match) => match.headers).filter(({ type, value }) => type === 'Exact' && value !== '')
    .map((header) => [`${header.name.toLowerCase()}=${header.value}`, header]));
  for (const header of headers.values()) {
    const names = namesMeant(graph, route, header);
    if (!names) continue;
    const wrong = used.flatMap((use) => {
      const fitting = use.served.filter((served) => names.some((name) => answersTo(served, name) || isRewritten(graph, use.pool.object, name)));
      return fitting.length < use.served.length ? [{ ...use, fitting }] : [];
    });
    const others = backends.filter(({ weight }) => weight > 0).length > wrong.length;
    for (const { backend, pool, served, fitting } of wrong) {
      const bad = served.filter((one) => !fitting.includes(one));
      yield problemOf({ route, header, backend, pool, bad, some: fitting.length > 0, others });
    }
  }
}

/** The names that requests with a header may ask for; undefined for a header that holds no model. */
function namesMeant(graph: Graph, route: Route, { name, value }: HeaderMatch): readonly string[] | undefined {
  const source = sourceOfHeader(graph, route, name);
  if (source === 'model') return [value];
  return source === 'base model' ? [value, ...(adapterMapsByBase(graph).get(value) ?? []).flatMap((map) => map.adapters ?? [])] : undefined;
}

interface Mismatch {
  readonly route: Route;
  readonly header: HeaderMatch;
  readonly backend: BackendRef;
  readonly pool: Pool;
  readonly bad: readonly Served[];
  /** Whether other pods of the pool serve it, or other backends of the rule. */
  readonly some: boolean;
  readonly others: boolean;
}

function problemOf({ route, header, backend, pool, bad, some, others }: Mismatch): Problem {
  const names = [...new Set(bad.flatMap((served) => [...served.names, ...served.adapters]))];
  const [{ server, workload }] = bad;
  const likely = bad.every((served) => strictnessOf(served.server) === 'likely');
  const who = some ? `the pods of ${workload} that InferencePool ${pool.namespace}/${pool.name} selects` : `the pods of InferencePool ${pool.namespace}/${pool.name}`;
  const known = nearestFirst(names, header.value);
  return {
    object: route.object,
    field: others ? [...backend.path, 'name'] : [...header.path, 'value'],
    value: others ? backend.name : header.value,
    problem: others
      ? `serves another model under the same header: ${who} do not answer to "${header.value}", so requests sent there answer 404`
      : `is no model that ${who} serve: requests answer 404`,
    allowed: known,
    fix: others
      ? `remove the backend, serve ${header.value} there too, or add an InferenceModelRewrite from ${header.value} to ${names[0]} for the pool`
      : `match on ${known.split(', ')[0]}, or set --served-model-name ${header.value}, or add an InferenceModelRewrite to the pool`,
    severity: some || likely ? Severity.WARNING : Severity.ERROR,
    related: [{ object: workload, field: server.names?.[0]?.path ?? server.container.path, note: 'the name it serves' }],
  };
}
