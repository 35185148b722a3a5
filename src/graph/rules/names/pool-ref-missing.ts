import { lookalike } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { OLD_POOL_GROUP, POOL_GROUP } from '../../views/pools';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1020',
  title: 'an objective or rewrite names a pool that does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'Priorities have no effect; a rewritten model name answers 404 from the model server. Nothing reports it.',
  breaks: 'An endpoint picker reads the InferenceObjectives and InferenceModelRewrites of its own namespace whose poolRef names its pool. There is no poolRef into another namespace.',
  source: 'Gateway API Inference Extension, InferenceObjective and InferenceModelRewrite',
  * check(graph) {
    for (const reference of graph.edges) {
      const { type, from: object, path, group, kind, namespace, name } = reference;
      if (type !== ReferenceType.POOL || reference.to || name === '') continue;
      // A picker without its requests rewritten answers; without priorities it answers as well.
      const severity = object.kind === 'InferenceObjective' ? Severity.WARNING : Severity.ERROR;
      const other = group === OLD_POOL_GROUP ? graph.find({ group: POOL_GROUP, kind, namespace, name }) : undefined;
      if (other) {
        yield { object, field: [...path, 'group'], value: group, problem: `is not the group of InferencePool ${name}: nothing reads it`, allowed: POOL_GROUP, fix: 'leave the group out', severity };
        continue;
      }
      const meant = lookalike(graph, reference);
      const here = namesOf(graph, group, kind, namespace);
      const namesake = graph.namesakes(group, kind, name)[0];
      const elsewhere = namesake !== undefined && here.length === 0;
      if (!elsewhere && here.length === 0 && graph.presence(reference) !== 'missing') continue;
      yield {
        object,
        field: elsewhere ? path : [...path, 'name'],
        value: name,
        problem: `names no ${kind} of namespace ${namespace}${elsewhere ? ', and pools of other namespaces cannot be meant' : ''}: nothing reads it`,
        allowed: here.length > 0 ? nearestFirst(here, name) : undefined,
        fix: elsewhere ? `put it into namespace ${namesake.namespace}, where the pool is` : meant ? `name ${meant.name}` : 'name the pool that is meant, or add it',
        severity,
      };
    }
  },
};
