import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { pickersForPool } from '../../views/endpoint-pickers';
import { poolByObject } from '../../views/pools';
import { isUnread, Rewrite, RewriteRule, rewritesOf } from '../../views/rewrites';
import { answersTo, servedBy, strictnessOf } from '../../views/served-models';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1407',
  title: 'a rewrite sends models to names or shares that do not work',
  family: RuleFamily.MODELS,
  severity: Severity.ERROR,
  symptom: 'A part of the requests answers 404 "The model `…` does not exist", or all requests go to one of several targets.',
  breaks: 'A picker puts the name of a target into the body, and a pod that does not serve that name refuses it. Targets have weights all of them, or none: '
    + 'the API server does not check it.',
  source: 'Gateway API Inference Extension, InferenceModelRewrite; pkg/epp/requestcontrol of v1.5.0',
  * check(graph) {
    const taken = new Map<string, Rewrite>();
    for (const rewrite of rewritesOf(graph)) {
      if (isUnread(graph, rewrite)) {
        yield unread(graph, rewrite);
        continue;
      }
      for (const one of rewrite.rules) {
        yield* weights(rewrite, one);
        yield* unserved(graph, rewrite, one);
        yield* twice(rewrite, one, taken);
      }
    }
  },
};

function unread(graph: Graph, { object, pool }: Rewrite): Problem {
  const owner = poolByObject(graph).get(pool!)!;
  const build = pickersForPool(graph, owner).find((picker) => picker.build)!.build!;
  const groups = build.extensionGroups.map((group) => `${group}/v1alpha2`);
  return {
    object,
    field: ['apiVersion'],
    value: object.apiVersion,
    problem: `is of a group that the endpoint picker of InferencePool ${owner.namespace}/${owner.name}, ${build.name}, does not read: models keep their names`,
    allowed: groups.join(', '),
    fix: `write ${groups[0]}`,
  };
}

function* weights({ object }: Rewrite, { targets }: RewriteRule): Iterable<Problem> {
  const without = targets.filter(({ path }) => object.get(...path, 'weight') === undefined);
  if (without.length === 0 || without.length === targets.length) return;
  yield {
    object,
    field: [...without[0].path, 'weight'],
    problem: `is missing, and ${targets.length - without.length} of ${targets.length} targets of the rule have one: targets have weights all of them or none`,
    fix: 'set a weight for each target, or for none, which shares evenly',
  };
}

function* unserved(graph: Graph, { object, pool }: Rewrite, { targets }: RewriteRule): Iterable<Problem> {
  const behind = pool && poolByObject(graph).get(pool);
  const served = behind && servedBy(graph, behind);
  if (!served) return;
  for (const { path, model } of targets) {
    if (model === '' || served.some((one) => answersTo(one, model))) continue;
    const names = [...new Set(served.flatMap((one) => [...one.names, ...one.adapters]))];
    yield {
      object,
      field: [...path, 'modelRewrite'],
      value: model,
      problem: `is no model that the pods of InferencePool ${behind.namespace}/${behind.name} serve: requests answer 404`,
      allowed: nearestFirst(names, model),
      fix: `name ${nearestFirst(names, model).split(', ')[0]}, or have the pods serve ${model}`,
      severity: served.every(({ server }) => strictnessOf(server) === 'likely') ? Severity.WARNING : Severity.ERROR,
    };
  }
}

/** Of several rules for one name, the oldest object's counts. */
function* twice(rewrite: Rewrite, { models, path }: RewriteRule, taken: Map<string, Rewrite>): Iterable<Problem> {
  if (!rewrite.pool) return;
  const names = models.length > 0 ? models : [{ path, value: undefined }];
  for (const name of names) {
    const key = JSON.stringify([rewrite.pool.key, name.value ?? null]);
    const first = taken.get(key);
    taken.set(key, first ?? rewrite);
    if (!first) continue;
    yield {
      object: rewrite.object,
      field: name.path,
      ...name.value === undefined ? {} : { value: name.value },
      problem: `${name.value === undefined ? 'is for all models' : 'is rewritten'} by ${first === rewrite ? 'an earlier rule' : first.object} already, for the same pool: one of the two is never used`,
      fix: 'remove one of the two, or put their targets into one rule with weights',
      severity: Severity.WARNING,
      related: [{ object: first.object, field: ['spec', 'rules'], note: 'the other one' }],
    };
  }
}
