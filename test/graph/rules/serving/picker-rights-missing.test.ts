import { rule } from '../../../../src/graph/rules/serving/picker-rights-missing';
import { FAIL_OPEN, picker, pickerFlags } from '../../changes';
import { linesOf } from '../../lint';
import { Change, edit, workingSet } from '../../working-set';

const role = (change: (rules: any[]) => any[] | void): Change => ['Role models/llama-epp', (object) => { object.rules = change(object.rules) ?? object.rules; }];
const removed = (resource: string) => role((rules) => rules.filter(({ resources }) => !resources.includes(resource)));

test('a Role that lets the picker read what it has to', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, removed('leases')), rule)).toEqual([]);
  expect(linesOf(workingSet({}, role(() => [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }])), rule)).toEqual([]);
});

test('the one pool by its name', () => {
  expect(linesOf(workingSet({}, role((rules) => { rules[1].resourceNames = ['llama']; })), rule)).toEqual([]);
  expect(linesOf(workingSet({}, role((rules) => { rules[1].resourceNames = ['qwen']; })), rule)).toHaveLength(1);
});

test('fails without a rule for objectives and rewrites', () => {
  expect(linesOf(workingSet({}, removed('inferenceobjectives')), rule)).toEqual([
    'error Role models/llama-epp: IGW1210 rules: does not let the endpoint picker llama-epp list and watch inferenceobjectives of inference.networking.x-k8s.io, list and watch '
    + 'inferencemodelrewrites of inference.networking.x-k8s.io in namespace models: it never becomes Ready; requests to the model answer 500; add a rule for list and watch '
    + 'inferenceobjectives of inference.networking.x-k8s.io, list and watch inferencemodelrewrites of inference.networking.x-k8s.io',
  ]);
  expect(linesOf(workingSet({}, removed('inferenceobjectives'), FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning/)]);
});

test('fails for verbs that are missing', () => {
  const [line] = linesOf(workingSet({}, role((rules) => { rules[0].verbs = ['get', 'list']; })), rule);
  expect(line).toContain('rules[0].verbs is ["get","list"]: does not let the endpoint picker llama-epp watch pods in namespace models');
  expect(line).toMatch(/; add watch$/);
});

test('fails for the group of old pools', () => {
  const [line] = linesOf(workingSet({}, role((rules) => { rules[1].apiGroups = ['inference.networking.x-k8s.io']; })), rule);
  expect(line).toMatch(/rules\[1\].apiGroups is \["inference.networking.x-k8s.io"\].*set "inference.networking.k8s.io"$/);
});

test('fails with leader election for leases', () => {
  const [line] = linesOf(workingSet({}, pickerFlags('--ha-enable-leader-election'), removed('leases')), rule);
  expect(line).toContain('create and get and update leases of coordination.k8s.io');
});

test('fails without serviceAccountName', () => {
  const [line] = linesOf(workingSet({}, picker((_, object) => { delete object.spec.template.spec.serviceAccountName; })), rule);
  expect(line).toContain('Deployment models/llama-epp: IGW1210 spec.template.spec.serviceAccountName: does not let the endpoint picker');
  expect(line).toMatch(/set serviceAccountName: llama-epp; without it the pods run as ServiceAccount models\/default$/);
});

test('fails without a binding', () => {
  const objects = edit(workingSet(), ['RoleBinding models/llama-epp', null]);
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('bind a Role of namespace models to it that lets it list and watch pods')]);
});

test('fails for a binding in another namespace', () => {
  const moved = ['Role', 'RoleBinding'].map((kind): Change => [`${kind} models/llama-epp`, ({ metadata }) => { metadata.namespace = 'gateway'; }]);
  expect(linesOf(workingSet({}, ...moved), rule)).toEqual([expect.stringMatching(/RoleBinding gateway\/llama-epp: IGW1210 metadata.namespace is "gateway".*move the RoleBinding and its Role to namespace models$/)]);
});

test('fails for a binding of another account', () => {
  const [line] = linesOf(workingSet({}, ['RoleBinding models/llama-epp', ({ subjects }) => { subjects[0].name = 'default'; }]), rule);
  expect(line).toMatch(/RoleBinding models\/llama-epp: IGW1210 subjects\[0\].name is "default".*name ServiceAccount models\/llama-epp, which the pods run as$/);
});

test('roles that may be in the cluster already', () => {
  const bare = workingSet().filter(({ kind }) => !['Role', 'RoleBinding'].includes(kind));
  expect(linesOf(bare, rule)).toHaveLength(2);
  expect(linesOf(bare.filter(({ kind }) => kind !== 'ServiceAccount'), rule)).toEqual([]);
  const elsewhere: Change = ['RoleBinding models/llama-epp', ({ roleRef }) => { roleRef.name = 'shared'; roleRef.kind = 'ClusterRole'; }];
  expect(linesOf(workingSet({}, elsewhere), rule)).toEqual([]);
});

test('fails softly for objectives, where the build is not known', () => {
  const [line] = linesOf(workingSet({}, picker((container) => { container.image = 'example.com/epp:1'; }), removed('inferenceobjectives')), rule);
  expect(line).toMatch(/^warning/);
});

test('either group of the llm-d router', () => {
  const image = picker((container) => { container.image = 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0'; });
  expect(linesOf(workingSet({}, image, role((rules) => { rules[3].apiGroups = ['llm-d.ai']; })), rule)).toEqual([]);
});
