import { filled, map } from '../../json';
import { lookalike } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { bindingsOf, RBAC_GROUP } from '../../views/access';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1014',
  title: 'a role binding names a role or ServiceAccount that does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The pods log "forbidden" for good. An endpoint picker never becomes ready, and every request to its model answers 500.',
  breaks: 'The binding gives nothing to anyone: the API server takes it without looking whether the role and the ServiceAccount exist.',
  source: 'Kubernetes, Using RBAC Authorization',
  * check(graph) {
    for (const { object, role, subjects } of bindingsOf(graph)) {
      if (role.kind !== 'Role' && role.kind !== 'ClusterRole') {
        yield { object, field: ['roleRef', 'kind'], value: role.kind, problem: 'is no kind of role', allowed: 'Role, ClusterRole', fix: 'name the role' };
      } else if (role.kind === 'Role' && object.clusterScoped) {
        yield { object, field: ['roleRef', 'kind'], value: role.kind, problem: 'cannot be bound for all namespaces', allowed: 'ClusterRole', fix: 'use a RoleBinding in the namespace of the Role, or a ClusterRole' };
      }
      for (const { path, kind, namespace } of subjects) {
        if (kind === 'ServiceAccount' && namespace === '') {
          yield { object, field: [...path, 'namespace'], problem: 'is missing: a ServiceAccount has to be named with its namespace', fix: 'write the namespace of the ServiceAccount' };
        }
      }
    }
    // A workload that uses it says so: IGW1013.
    const reported = new Set(graph.edges.filter((one) => one.type === ReferenceType.SERVICE_ACCOUNT && graph.presence(one) === 'missing')
      .map(({ namespace, name }) => `${namespace}/${name}`));
    for (const reference of graph.edges) {
      const { type, from: object, path, group, kind, namespace, name } = reference;
      const isRole = type === ReferenceType.ROLE;
      if ((!isRole && type !== ReferenceType.SUBJECT) || (isRole && group !== RBAC_GROUP) || (!isRole && namespace === '') || graph.presence(reference) !== 'missing') continue;
      if (!isRole && reported.has(`${namespace}/${name}`)) continue;
      const meant = lookalike(graph, reference);
      // An account that names no namespace goes where it is applied, which may be there.
      if (!isRole && meant && !graph.closed && filled(map(meant.manifest.metadata).namespace) === undefined) continue;
      const here = namesOf(graph, group, kind, namespace);
      const moved = meant !== undefined && meant.namespace !== namespace;
      yield {
        object,
        field: moved && !isRole ? [...path, 'namespace'] : [...path, 'name'],
        value: moved && !isRole ? namespace : name,
        problem: isRole
          ? `names no ${kind}${namespace === undefined ? '' : ` of namespace ${namespace}`}: nothing is allowed by it`
          : `names no ServiceAccount: there is no ${namespace}/${name}, and nobody is given the role`,
        allowed: here.length > 0 && !(moved && !isRole) ? nearestFirst(here, name) : undefined,
        fix: moved && isRole ? `put ${meant} into namespace ${namespace}` : meant ? `name ${meant.namespace === namespace ? meant.name : `${meant.namespace}/${meant.name}`}` : `name the ${kind} that is meant, or add it`,
      };
    }
  },
};
