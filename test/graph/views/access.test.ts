import { accessOf } from '../../../src/graph/views/access';
import { graphOf } from '../lint';

const API = 'rbac.authorization.k8s.io/v1';
const role = (kind: string, name: string, rules: object[], more: object = {}) => ({ apiVersion: API, kind, metadata: { name, namespace: kind === 'Role' ? 'n' : undefined, ...more }, rules });
const pods = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
const binding = (kind: string, roleKind: string, roleName: string, subject: object) => (
  { apiVersion: API, kind, metadata: { name: 'b', namespace: 'n' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name: roleName }, subjects: [subject] });
const account = { kind: 'ServiceAccount', name: 's', namespace: 'n' };

function may(verb: string, namespace: string, ...objects: object[]): boolean | undefined {
  return accessOf(graphOf(objects), 'n', 's').allows({ verb, group: '', resource: 'pods', namespace });
}

test('the smallest access', () => {
  const objects = [role('Role', 'r', [pods]), binding('RoleBinding', 'Role', 'r', account)];
  expect(may('get', 'n', ...objects)).toBe(true);
  expect(may('watch', 'n', ...objects)).toBe(false);
  expect(may('get', 'm', ...objects)).toBe(false);
  expect(may('get', 'n')).toBe(false);
});

test('a ClusterRole, of one namespace or of all', () => {
  const cluster = role('ClusterRole', 'r', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]);
  expect(may('delete', 'n', cluster, binding('RoleBinding', 'ClusterRole', 'r', account))).toBe(true);
  expect(may('delete', 'm', cluster, binding('RoleBinding', 'ClusterRole', 'r', account))).toBe(false);
  expect(may('delete', 'm', cluster, binding('ClusterRoleBinding', 'ClusterRole', 'r', account))).toBe(true);
});

test('a role that is not in the set may allow anything', () => {
  expect(may('get', 'n', binding('RoleBinding', 'Role', 'elsewhere', account))).toBeUndefined();
  expect(may('get', 'n', binding('RoleBinding', 'ClusterRole', 'cluster-admin', account))).toBe(true);
});

test('groups that every account is in', () => {
  const groups = ['system:serviceaccounts', 'system:serviceaccounts:n', 'system:authenticated', 'system:serviceaccounts:m'];
  expect(groups.map((name) => may('get', 'n', role('Role', 'r', [pods]), binding('RoleBinding', 'Role', 'r', { kind: 'Group', name })))).toEqual([true, true, true, false]);
});

test('an aggregated ClusterRole has the rules of those it selects', () => {
  const whole = { ...role('ClusterRole', 'r', []), aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] } };
  const part = role('ClusterRole', 'p', [pods], { labels: { part: 'yes' } });
  expect(may('get', 'n', whole, part, binding('RoleBinding', 'ClusterRole', 'r', account))).toBe(true);
});
