import { rule } from '../../../../src/graph/rules/names/role-binding-dangling';
import { linesOf } from '../../lint';
import { object } from '../../objects';
import { edit, workingSet } from '../../working-set';

test('bindings of roles to ServiceAccounts', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('a RoleBinding means its own namespace where a subject names none', () => {
  expect(linesOf(workingSet({}, ['RoleBinding models/llama-epp', ({ subjects }) => { delete subjects[0].namespace; }]), rule)).toEqual([]);
});

test('fails for a role that is not there', () => {
  expect(linesOf(workingSet({ models: ['llama'] }, ['RoleBinding models/llama-epp', ({ roleRef }) => { roleRef.name = 'epp'; }]), rule)).toEqual([
    'error RoleBinding models/llama-epp: IGW1014 roleRef.name is "epp": names no Role of namespace models: nothing is allowed by it; allowed: llama-epp; name the Role that is meant, or add it',
  ]);
  expect(linesOf(edit(workingSet(), ['Role gateway/body-based-router', null]), rule)).toEqual([expect.stringContaining('RoleBinding gateway/body-based-router: IGW1014 roleRef.name is "body-based-router"')]);
});

test('fails for a ServiceAccount of another namespace', () => {
  const bindings = (namespace: string) => workingSet({}, ['RoleBinding models/llama-epp', ({ subjects }) => { subjects.push({ kind: 'ServiceAccount', name: 'llama-epp', namespace }); }]);
  expect(linesOf(bindings('default'), rule)).toEqual([expect.stringContaining('names no ServiceAccount: there is no default/llama-epp, and nobody is given the role')]);
  expect(linesOf(bindings('models'), rule)).toEqual([]);
});

test('fails for a kind that is no role, and for a Role in all namespaces', () => {
  const binding = (kind: string, roleRef: object, subjects: object[] = []) => object('rbac.authorization.k8s.io/v1', kind, kind === 'RoleBinding' ? 'a/b' : 'b', { roleRef, subjects });
  expect(linesOf([binding('RoleBinding', { kind: 'ClusterRoles', name: 'x' })], rule)).toEqual([expect.stringContaining('roleRef.kind is "ClusterRoles": is no kind of role; allowed: Role, ClusterRole')]);
  expect(linesOf([binding('ClusterRoleBinding', { kind: 'Role', name: 'x' })], rule)).toEqual([expect.stringContaining('cannot be bound for all namespaces; allowed: ClusterRole')]);
  expect(linesOf([binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'x' }, [{ kind: 'ServiceAccount', name: 's' }])], rule))
    .toEqual([expect.stringContaining('subjects[0].namespace: is missing: a ServiceAccount has to be named with its namespace')]);
});

test('an account that names no namespace may go anywhere', () => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'server' } };
  const binding = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'b', {
    roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'ServiceAccount', name: 'server', namespace: 'platform' }],
  });
  expect(linesOf([account, binding], rule)).toEqual([]);
  expect(linesOf([{ ...account, metadata: { name: 'server', namespace: 'other' } }, binding], rule)).toEqual([expect.stringContaining('there is no platform/server')]);
});
