import { GraphSettings, ReferenceType } from '../../src/graph';
import { isNear } from '../../src/graph/presence';
import { graphOf } from './lint';
import { Change, edit, workingSet } from './working-set';

/** Whether each reference of a type has its target, by the name of the target. */
function presences(objects: readonly object[], type: ReferenceType, settings?: GraphSettings): Record<string, string> {
  const graph = graphOf(objects, settings);
  return Object.fromEntries(graph.edges.filter((edge) => edge.type === type).map((edge) => [`${edge.namespace}/${edge.name}`, graph.presence(edge)]));
}

test('everything of a working set is there, but for the class of the Gateway', () => {
  const graph = graphOf(workingSet(), { closed: true });
  expect(graph.edges.filter((edge) => graph.presence(edge) !== 'present').map(({ type, name }) => [type, name])).toEqual([[ReferenceType.GATEWAY_CLASS, 'istio']]);
});

test('what is outside of the set is unknown, unless the set is closed', () => {
  const route = workingSet().filter(({ kind }) => kind === 'HTTPRoute');
  expect(presences(route, ReferenceType.PARENT)).toEqual({ 'gateway/inference-gateway': 'unknown' });
  expect(presences(route, ReferenceType.PARENT, { closed: true })).toEqual({ 'gateway/inference-gateway': 'missing' });
});

test('what every cluster has is not expected even then', () => {
  const objects = [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [], volumes: [{ configMap: { name: 'kube-root-ca.crt' } }] } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'a' },
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'a' }],
    },
  ];
  const graph = graphOf(objects, { closed: true });
  expect(graph.edges.map((edge) => graph.presence(edge))).toEqual(['unknown', 'unknown', 'unknown']);
});

describe.each<[string, ReferenceType, (objects: any[]) => any[], string]>([
  ['the Service of a picker', ReferenceType.ENDPOINT_PICKER, (set) => edit(set, ['Service models/llama-epp', null]), 'models/llama-epp'],
  ['the ServiceAccount of a picker', ReferenceType.SERVICE_ACCOUNT, (set) => edit(set, ['ServiceAccount models/llama-epp', null]), 'models/llama-epp'],
  ['the Role of a picker', ReferenceType.ROLE, (set) => edit(set, ['Role models/llama-epp', null]), 'models/llama-epp'],
  ['the ConfigMap of a picker', ReferenceType.CONFIG_MAP, (set) => edit(set, ['ConfigMap models/llama-epp', null]), 'models/llama-epp'],
  ['the Service of a body-based router', ReferenceType.PLUGIN_SERVICE, (set) => edit(set, ['Service gateway/body-based-router', null]), 'gateway/body-based-router'],
  ['a pool that a picker serves', ReferenceType.BACKEND, (set) => edit(set, ['InferencePool models/llama', null]), 'models/llama'],
  ['a Gateway of another namespace', ReferenceType.PARENT, parentNamespace('models'), 'models/inference-gateway'],
  ['a pool with another name', ReferenceType.BACKEND, backendName('mistral'), 'models/mistral'],
])('%s', (_, type, change, target) => {
  test('is missing where the set shows that it should be there', () => {
    expect(presences(change(workingSet()), type)[target]).toBe('missing');
  });

  test('may be what a chart of the set makes', () => {
    const chart = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'x', namespace: 'flux' }, spec: { targetNamespace: target.split('/')[0] } };
    expect(presences([...change(workingSet()), chart], type)[target]).toBe('unknown');
  });
});

test('what an operator names after its object may be there', () => {
  const set = edit(workingSet(), ['Service models/llama-epp', null]);
  const operated = (name: string) => ({ apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name, namespace: 'models' } });
  expect(presences([...set, operated('llama')], ReferenceType.ENDPOINT_PICKER)).toEqual({ 'models/llama-epp': 'unknown', 'models/qwen-epp': 'present' });
  for (const other of ['phi', 'l']) {
    expect(presences([...set, operated(other)], ReferenceType.ENDPOINT_PICKER)).toEqual({ 'models/llama-epp': 'missing', 'models/qwen-epp': 'present' });
  }
});

test('a Secret that a Certificate or an ExternalSecret makes', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'n' }, spec: { containers: [], volumes: [{ secret: { secretName: 's' } }, { secret: { secretName: 'e' } }, { secret: { secretName: 'x' } }] } };
  const makers = [
    { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'a', namespace: 'n' }, spec: { secretName: 's' } },
    { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'e', namespace: 'n' }, spec: {} },
  ];
  expect(presences([pod, ...makers], ReferenceType.SECRET, { closed: true })).toEqual({ 'n/s': 'unknown', 'n/e': 'unknown', 'n/x': 'missing' });
});

test('another application of the namespace proves nothing', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'frontend', namespace: 'models' }, spec: {} };
  const route = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'r', namespace: 'models' }, spec: { rules: [{ backendRefs: [{ name: 'backend', port: 80 }] }] } };
  expect(presences([...workingSet(), service, route], ReferenceType.BACKEND)['models/backend']).toBe('unknown');
});

test.each([['body-based-router', 'body-based-ruoter', true], ['llama-epp', 'lama-epp', true], ['model-a', 'model-b', false], ['model-1', 'model-12', false],
  ['llama', 'llama', false], ['epp', 'eqq', false], ['llama-epp', 'qwen-epp', false]])('%s and %s are near: %s', (a, b, near) => {
  expect(isNear(a, b)).toBe(near);
  expect(isNear(b, a)).toBe(near);
});

function parentNamespace(namespace: string): (objects: any[]) => any[] {
  const change: Change = ['HTTPRoute models/llama', ({ spec }) => { spec.parentRefs[0].namespace = namespace; }];
  return (objects) => edit(objects, change);
}

function backendName(name: string): (objects: any[]) => any[] {
  const change: Change = ['HTTPRoute models/llama', ({ spec }) => { spec.rules[0].backendRefs[0].name = name; }];
  return (objects) => edit(objects, change);
}

test('names that a template fills in later may be any', () => {
  const objects = workingSet({}, ...['Service models/llama-epp', 'Service models/qwen-epp'].map((id): Change => [id, ({ metadata }) => { metadata.namespace = '$NAMESPACE'; }]));
  const open = objects.filter(({ kind, metadata: { name } }) => kind === 'Service' || (kind === 'InferencePool' && name === 'llama'));
  expect(presences(open, ReferenceType.ENDPOINT_PICKER)).toEqual({ 'models/llama-epp': 'unknown' });
  const named = edit(open, ['InferencePool models/llama', ({ spec }) => { spec.endpointPickerRef.name = '${NAME}-epp'; }]);
  expect(presences(named, ReferenceType.ENDPOINT_PICKER, { closed: true })).toEqual({ 'models/${NAME}-epp': 'unknown' });
});
