import { lookalike } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { namesOf, nearestFirst } from '../nearest';

const TYPES = new Set([ReferenceType.CONFIG_MAP, ReferenceType.SECRET, ReferenceType.VOLUME_CLAIM]);

export const rule: GraphRule = {
  code: 'IGW1015',
  title: 'a ConfigMap, Secret or volume claim that pods need does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The pods stay in ContainerCreating or CreateContainerConfigError, or Pending for a volume claim.',
  breaks: 'A pod starts when all it mounts and reads is in its own namespace, unless the reference says optional.',
  source: 'Kubernetes, ConfigMaps, Secrets and Persistent Volumes',
  * check(graph) {
    for (const reference of graph.edges) {
      const { type, from: object, path, group, kind, namespace, name } = reference;
      if (!TYPES.has(type) || graph.presence(reference) !== 'missing') continue;
      const meant = lookalike(graph, reference);
      const here = namesOf(graph, group, kind, namespace);
      yield {
        object, field: path, value: name, problem: `names no ${kind} of namespace ${namespace}: the pods do not start`,
        allowed: here.length > 0 ? nearestFirst(here, name) : undefined,
        fix: meant && meant.namespace !== namespace
          ? `put ${meant} into namespace ${namespace}`
          : `add the ${kind}${meant ? `, or name ${meant.name}` : ''}`,
      };
    }
  },
};
