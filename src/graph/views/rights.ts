import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { ReferenceType } from '../reference';
import type { Problem } from '../rule';
import { addTo, view } from '../view';
import { AccessRule, accessOf, Binding, bindingsOf, RBAC_GROUP, rulesOf } from './access';
import type { Processor } from './processors';
import { workloadsOf } from './workloads';

/** What a processor asks of the API server. */
export interface Need {
  readonly verbs: readonly string[];
  readonly group: string;
  readonly resource: string;
  /** Absent for all namespaces. */
  readonly namespace?: string;
  readonly name?: string;
}

/** Of each need the verbs that the set does not grant; none for what a role outside of the set may grant. */
export function deniedRights(graph: Graph, { namespace, serviceAccount }: Processor, needs: readonly Need[]): Need[] {
  const access = accessOf(graph, namespace, serviceAccount);
  return needs.flatMap((need) => {
    const { group, resource, name } = need;
    const verbs = need.verbs.filter((verb) => access.allows({ verb, group, resource, namespace: need.namespace, name }) === false);
    return verbs.length > 0 ? [{ ...need, verbs }] : [];
  });
}

/** `list and watch pods, get leases (coordination.k8s.io)`. */
export function describeRights(needs: readonly Need[]): string {
  return needs.map(({ verbs, group, resource }) => `${verbs.join(' and ')} ${resource}${group === '' ? '' : ` of ${group}`}`).join(', ');
}

/**
 * Whether the set says what the account of a processor may do. Where no binding of it is in the set, it has to be plain that roles were
 * delivered with it: the set is closed, or has the account, or a role about such resources.
 */
export function isRightsKnown(graph: Graph, processor: Processor, resources: readonly string[], bundled: boolean): boolean {
  const { namespace, serviceAccount, object } = processor;
  const misspelt = graph.edgesFrom(object).some((edge) => edge.type === ReferenceType.SERVICE_ACCOUNT && graph.presence(edge) === 'missing');
  if (misspelt) return false;
  if (graph.closed || accessOf(graph, namespace, serviceAccount).bindings.length > 0) return true;
  const account = graph.find({ group: '', kind: 'ServiceAccount', namespace, name: serviceAccount });
  return bundled && (account !== undefined || resources.some((resource) => rolesFor(graph).has(resource)));
}

/** Whether a binding that would give a processor its rights has a role or subject that is missing: it is reported for that. */
export function isReportedElsewhere(graph: Graph, processor: Processor, place: GraphObject): boolean {
  const { bindings } = accessOf(graph, processor.namespace, processor.serviceAccount);
  return [place, ...bindings.map(({ object }) => object)].some((object) => graph.edgesFrom(object).some((edge) => (
    (edge.type === ReferenceType.ROLE || edge.type === ReferenceType.SUBJECT) && graph.presence(edge) === 'missing')));
}

/** Where many bindings could be meant, none is. */
const MOST_COMPARED = 200;

/** The roles of the set by the resources they are about. */
const rolesFor = view((graph: Graph): ReadonlyMap<string, readonly AccessRule[]> => {
  const found = new Map<string, AccessRule[]>();
  for (const role of ['Role', 'ClusterRole'].flatMap((kind) => graph.ofKind(RBAC_GROUP, kind))) {
    for (const accessRule of rulesOf(role)) {
      accessRule.resources.forEach((resource) => addTo(found, resource, accessRule));
    }
  }
  return found;
});

/** The accounts that workloads of the set run as. */
const accounts = view((graph: Graph): ReadonlySet<string> => new Set(workloadsOf(graph).flatMap(({ namespace, templates }) => (
  templates.map(({ serviceAccount }) => `${namespace}/${serviceAccount}`)))));

const bindingsByNamespace = view((graph: Graph): ReadonlyMap<string, readonly Binding[]> => {
  const found = new Map<string, Binding[]>();
  for (const binding of bindingsOf(graph)) addTo(found, binding.namespace ?? '', binding);
  return found;
});

/** The object to change so that a processor gets what it is denied: its role, a binding that misses it, or its own account. */
export function whereToGrant(graph: Graph, processor: Processor, denied: readonly Need[], resource: string): Pick<Problem, 'object' | 'field' | 'value' | 'fix'> {
  const { namespace, serviceAccount, template, object } = processor;
  const { group, namespace: place } = denied[0];
  const { bindings } = accessOf(graph, namespace, serviceAccount);
  const reaching = bindings.filter((binding) => binding.rules && (binding.namespace === undefined || binding.namespace === place));
  const role = reaching.map((binding) => graph.find(binding.role)).find((found) => found !== undefined);
  if (role) return inRole(role, denied);
  const elsewhere = bindings.find((binding) => binding.rules && binding.namespace !== undefined);
  if (elsewhere) {
    return {
      object: elsewhere.object,
      field: ['metadata', 'namespace'],
      value: elsewhere.namespace,
      fix: place === undefined ? 'bind a ClusterRole with a ClusterRoleBinding' : `move the RoleBinding and its Role to namespace ${place}`,
    };
  }
  const own = template.workload.object.get(...template.specPath, 'serviceAccountName');
  const account = `ServiceAccount ${namespace}/${serviceAccount}`;
  const groups = [group, ...denied.map((need) => need.group)];
  const granting = (bindingsByNamespace(graph).get(place ?? '') ?? []).slice(0, MOST_COMPARED).filter(({ rules }) => (
    rules?.some(({ resources, apiGroups }) => resources.includes(resource) && apiGroups.some((name) => groups.includes(name)))));
  const unused = granting.filter(({ subjects }) => subjects.every((subject) => !accounts(graph).has(`${subject.namespace}/${subject.name}`)));
  const named = granting.find((binding) => [serviceAccount, object.name].includes(binding.object.name));
  const free = named ?? (unused.length === 1 ? unused[0] : undefined);
  const subject = free?.subjects.find(({ kind }) => kind === 'ServiceAccount');
  if (free && own === undefined && subject && subject.namespace === namespace) {
    return { object, field: [...template.specPath, 'serviceAccountName'], fix: `set serviceAccountName: ${subject.name}; without it the pods run as ${account}` };
  }
  if (free) {
    return {
      object: free.object,
      field: subject ? [...subject.path, subject.name === serviceAccount ? 'namespace' : 'name'] : ['subjects'],
      ...subject ? { value: subject.name === serviceAccount ? subject.namespace : subject.name } : {},
      fix: `name ${account}, which the pods run as`,
    };
  }
  return {
    object,
    field: [...template.specPath, 'serviceAccountName'],
    ...own === undefined ? {} : { value: own },
    fix: `${own === undefined ? 'set serviceAccountName, and bind' : 'bind'} a ${place === undefined ? 'ClusterRole' : `Role of namespace ${place}`} to it that lets it ${describeRights(denied)}`,
  };
}

/** Where a role says something of the resource already, else its list of rules. */
function inRole(role: GraphObject, denied: readonly Need[]): Pick<Problem, 'object' | 'field' | 'value' | 'fix'> {
  const [{ group, resource, verbs }] = denied;
  const partly = rulesOf(role).find(({ resources, apiGroups }) => resources.includes(resource) && apiGroups.includes(group));
  if (partly) return { object: role, field: [...partly.path, 'verbs'], value: partly.verbs, fix: `add ${verbs.join(', ')}` };
  const otherGroup = rulesOf(role).find(({ resources }) => resources.includes(resource));
  if (otherGroup) return { object: role, field: [...otherGroup.path, 'apiGroups'], value: otherGroup.apiGroups, fix: `set ${JSON.stringify(group)}` };
  return { object: role, field: ['rules'], fix: `add a rule for ${describeRights(denied)}` };
}
