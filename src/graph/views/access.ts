import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { filled, items, list, map, Path, text, texts } from '../json';
import { addTo, view } from '../view';
import { selectorOf } from './namespaces';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

export interface AccessRule {
  readonly path: Path;
  readonly role: GraphObject;
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly verbs: readonly string[];
  readonly nonResourceUrls: readonly string[];
}

export interface Binding {
  readonly object: GraphObject;
  /** Where it applies; absent for all namespaces. */
  readonly namespace?: string;
  readonly role: { readonly path: Path; readonly group: string; readonly kind: string; readonly namespace?: string; readonly name: string };
  /** The rules of the role; undefined when the role is not in the set. */
  readonly rules?: readonly AccessRule[];
  readonly subjects: readonly Subject[];
}

export interface Subject {
  readonly path: Path;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A request to the API server. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  /** The one object it is about, when the client asks for no other. */
  readonly name?: string;
}

/** What the set lets a ServiceAccount do. */
export interface Access {
  readonly bindings: readonly Binding[];
  /** Bindings whose role is not in the set. */
  readonly unresolved: readonly Binding[];
  /** Whether it may; undefined when a role that is not in the set may say so. */
  allows(right: Right): boolean | undefined;
}

/** The role bindings of the set. */
export const bindingsOf = view((graph: Graph): readonly Binding[] => (
  ['ClusterRoleBinding', 'RoleBinding'].flatMap((kind) => graph.ofKind(RBAC_GROUP, kind).map((object) => bindingOf(graph, object)))));

const bySubject = view((graph: Graph) => {
  const found = new Map<string, Binding[]>();
  for (const binding of bindingsOf(graph)) {
    const keys = new Set(binding.subjects.map(({ kind, namespace, name }) => JSON.stringify([kind, kind === 'ServiceAccount' ? namespace : '', name])));
    keys.forEach((key) => addTo(found, key, binding));
  }
  return found;
});

/** What the set lets a ServiceAccount do, by itself and as a member of the groups all of them are in. */
export function accessOf(graph: Graph, namespace: string, name: string): Access {
  const subjects = [
    ['ServiceAccount', namespace, name], ['User', '', `system:serviceaccount:${namespace}:${name}`],
    ['Group', '', 'system:serviceaccounts'], ['Group', '', `system:serviceaccounts:${namespace}`], ['Group', '', 'system:authenticated'],
  ];
  const bindings = [...new Set(subjects.flatMap((subject) => bySubject(graph).get(JSON.stringify(subject)) ?? []))];
  const unresolved = bindings.filter(({ rules }) => rules === undefined);
  return {
    bindings,
    unresolved,
    allows: (right) => {
      const reaches = (binding: Binding) => binding.namespace === undefined || binding.namespace === right.namespace;
      // The one built-in role whose rules are the same everywhere.
      if (unresolved.some((binding) => reaches(binding) && binding.role.kind === 'ClusterRole' && binding.role.name === 'cluster-admin')) return true;
      if (bindings.some((binding) => reaches(binding) && binding.rules?.some((rule) => covers(rule, right)))) return true;
      return unresolved.some((binding) => reaches(binding)) ? undefined : false;
    },
  };
}

/** The rules of a Role or ClusterRole. */
export function rulesOf(role: GraphObject): AccessRule[] {
  return items(role.manifest, ['rules']).map(({ value, path }) => {
    const { apiGroups, resources, resourceNames, verbs, nonResourceURLs } = map(value);
    return {
      path,
      role,
      apiGroups: texts(apiGroups),
      resources: texts(resources),
      resourceNames: texts(resourceNames),
      verbs: texts(verbs),
      nonResourceUrls: texts(nonResourceURLs),
    };
  });
}

function covers({ apiGroups, resources, resourceNames, verbs }: AccessRule, { verb, group, resource, name }: Right): boolean {
  const has = (words: readonly string[], word: string) => words.includes('*') || words.includes(word);
  // `create`, `list` and `watch` of names that are given beforehand do not let a client create anything, or see more than these.
  const named = resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name));
  return named && has(apiGroups, group) && has(resources, resource) && has(verbs, verb);
}

function bindingOf(graph: Graph, object: GraphObject): Binding {
  const ref = map(object.manifest.roleRef);
  const kind = text(ref.kind) ?? '';
  const role = {
    path: ['roleRef'] as Path,
    group: text(ref.apiGroup) || RBAC_GROUP,
    kind,
    namespace: kind === 'Role' ? object.namespace : undefined,
    name: text(ref.name) ?? '',
  };
  return {
    object,
    namespace: object.namespace,
    role,
    rules: boundRules(graph, role),
    subjects: items(object.manifest, ['subjects']).map(({ value, path }) => {
      const subject = map(value);
      return {
        path,
        kind: text(subject.kind) ?? '',
        // A RoleBinding means its own namespace where it names none.
        namespace: filled(subject.namespace) ?? object.namespace ?? '',
        name: text(subject.name) ?? '',
      };
    }),
  };
}

function boundRules(graph: Graph, role: Binding['role']): AccessRule[] | undefined {
  const object = graph.find(role);
  if (!object) return undefined;
  const selectors = list(map(object.manifest.aggregationRule).clusterRoleSelectors).map(selectorOf);
  if (selectors.length === 0) return rulesOf(object);
  const parts = graph.ofKind(RBAC_GROUP, 'ClusterRole').filter((part) => part !== object && selectors.some(({ matchLabels }) => (
    [...matchLabels].every(([key, value]) => part.labels.get(key) === value))));
  return [...rulesOf(object), ...parts.flatMap(rulesOf)];
}
