import { rule } from '../../../../src/graph/rules/serving/router-rights-missing';
import { router } from '../../changes';
import { linesOf } from '../../lint';
import { Change, edit, workingSet } from '../../working-set';

const ROLE = 'Role gateway/body-based-router';
const BINDING = 'RoleBinding gateway/body-based-router';
const noNamespace = router((container) => { delete container.env; });

test('a Role for the namespace of the variable', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without the variable', () => {
  expect(linesOf(workingSet({}, noNamespace), rule)).toEqual([
    'warning Deployment gateway/body-based-router: IGW1215 spec.template.spec.containers[0].env: has no NAMESPACE, so that the body-based router watches ConfigMaps of all namespaces, and '
    + 'its Role is for one: base models are not mapped; add NAMESPACE from the field metadata.namespace, or bind a ClusterRole',
  ]);
});

test('a ClusterRole for all namespaces', () => {
  const objects = workingSet({}, noNamespace, [ROLE, (object) => { object.kind = 'ClusterRole'; delete object.metadata.namespace; }],
    [BINDING, (object) => { object.kind = 'ClusterRoleBinding'; delete object.metadata.namespace; object.roleRef.kind = 'ClusterRole'; }]);
  expect(linesOf(objects, rule)).toEqual([]);
});

test('fails for a Role without watch', () => {
  expect(linesOf(workingSet({}, [ROLE, ({ rules }) => { rules[0].verbs = ['get', 'list']; }]), rule)).toEqual([expect.stringMatching(/^warning Role .*rules\[0\].verbs is \["get","list"\].*add watch$/)]);
});

test('fails without a Role', () => {
  expect(linesOf(edit(workingSet(), [ROLE, null], [BINDING, null]), rule)).toEqual([expect.stringContaining('bind a Role of namespace gateway to it')]);
});

test('a router that maps no base models, and a set without any account', () => {
  const unmapped = router(({ args }) => { args.splice(args.indexOf('base-model-to-header:base-model-mapper') - 1, 2); });
  expect(linesOf(edit(workingSet({}, unmapped), [BINDING, null]), rule)).toEqual([]);
  expect(linesOf(edit(workingSet(), [ROLE, null], [BINDING, null], ['ServiceAccount gateway/body-based-router', null]), rule)).toEqual([]);
});

test('fails hard when a route matches on the base model', () => {
  const route: Change = ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].matches[0].headers[0].name = 'X-Gateway-Base-Model-Name'; }];
  expect(linesOf(workingSet({}, noNamespace, route), rule)).toEqual([
    expect.stringMatching(/^error .*X-Gateway-Base-Model-Name is never set, and HTTPRoute models\/llama, which matches on it, takes no request; add NAMESPACE/),
  ]);
});

test('fails for a variable that is not the namespace', () => {
  const name = router((container) => { container.env.find((variable: any) => variable.name === 'NAMESPACE').valueFrom.fieldRef.fieldPath = 'metadata.name'; });
  expect(linesOf(workingSet({}, name), rule)).toEqual([
    expect.stringMatching(/^warning .*fieldPath is "metadata.name": is not the namespace of the pod, in which the body-based router reads ConfigMaps: base models are not mapped; allowed: metadata.namespace/),
  ]);
});
