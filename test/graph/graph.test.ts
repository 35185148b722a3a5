import { Graph, GraphDocument, ReferenceType } from '../../src/graph';
import { graphOf } from './lint';
import { workingSet } from './working-set';

test('the smallest graph', () => {
  const { objects, edges } = graphOf([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
  expect(objects.map(String)).toEqual(['ConfigMap default/a']);
  expect(edges).toEqual([]);
});

test('objects without a namespace go to the default one, but for kinds that have none', () => {
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.example.com' }, spec: { group: 'example.com', scope: 'Cluster', names: { kind: 'Thing' } },
  };
  const graph = graphOf([
    { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'ignored' } },
    { apiVersion: 'other.com/v1', kind: 'Thing', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b', namespace: '' } },
    crd,
  ], { namespace: 'team' });
  expect(graph.objects.map(String)).toEqual(['Namespace a', 'Service team/b', 'CustomResourceDefinition things.example.com', 'Thing a', 'Thing team/a']);
});

test('definitions that contradict each other say the same in any order', () => {
  const crd = (scope: string, version: string) => ({
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.example.com', labels: { version } },
    spec: { group: 'example.com', scope, names: { kind: 'Thing' } },
  });
  const objects = [crd('Cluster', 'a'), crd('Namespaced', 'b'), { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' } }];
  const namesOf = (documents: object[]) => graphOf(documents).objects.map(String);
  expect(namesOf(objects)).toEqual(namesOf([...objects].reverse()));
  expect(namesOf(objects)).toContain('Thing default/a');
});

test('an object is found by group and kind, in any version', () => {
  const graph = graphOf([{ apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'HTTPRoute', metadata: { name: 'a' } }]);
  expect(graph.find({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'default', name: 'a' })?.version).toBe('v1beta1');
  expect(graph.find({ group: '', kind: 'HTTPRoute', namespace: 'default', name: 'a' })).toBeUndefined();
  expect(graph.ofKind('gateway.networking.k8s.io', 'HTTPRoute')).toHaveLength(1);
  expect(graph.ofKind('gateway.networking.k8s.io', 'HTTPRoute', 'other')).toEqual([]);
  expect(graph.namesakes('gateway.networking.k8s.io', 'HTTPRoute', 'a')).toHaveLength(1);
});

test('objects of one name are all there', () => {
  const service = (port: number) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port }] } });
  const graph = graphOf([service(2), service(1)]);
  expect(graph.duplicates().map((objects) => objects.map((object) => object.get('spec', 'ports', 0, 'port')))).toEqual([[1, 2]]);
  expect(graph.allOf(graph.objects[0])).toHaveLength(2);
});

test('what is no object at all is a node too', () => {
  const documents: GraphDocument[] = [{}, { kind: 1, apiVersion: [], metadata: 'x' }, { metadata: { name: {} } }].map((manifest) => ({ manifest, origin: {} }));
  expect(new Graph(documents).objects.map(String)).toEqual(Array(3).fill('object default/(no name)'));
});

test('the references of a working set', () => {
  const graph = graphOf(workingSet({ models: ['llama'] }));
  const lines = graph.edges.map(({ type, from, kind, namespace, name, section, port, to }) => (
    `${from} ${type} ${kind} ${namespace ?? '-'}/${name}${section ? `#${section}` : ''}${port ? `:${port}` : ''}${to ? '' : ' (outside)'}`));
  expect(lines).toEqual([
    'Service gateway/body-based-router selects Deployment gateway/body-based-router',
    'Service models/llama-epp selects Deployment models/llama-epp',
    'Deployment gateway/body-based-router serviceAccount ServiceAccount gateway/body-based-router',
    'Deployment models/llama-epp poolFlag InferencePool models/llama',
    'Deployment models/llama-epp serviceAccount ServiceAccount models/llama-epp',
    'Deployment models/llama-epp configMap ConfigMap models/llama-epp',
    'Gateway gateway/inference-gateway gatewayClass GatewayClass -/istio (outside)',
    'HTTPRoute models/llama parent Gateway gateway/inference-gateway',
    'HTTPRoute models/llama backend InferencePool models/llama',
    'InferencePool models/llama endpointPicker Service models/llama-epp:9002',
    'InferencePool models/llama selects Deployment models/llama',
    'DestinationRule gateway/body-based-router host Service gateway/body-based-router',
    'DestinationRule models/llama-epp host Service models/llama-epp',
    'EnvoyFilter gateway/body-based-router pluginService Service gateway/body-based-router:9004',
    'EnvoyFilter gateway/body-based-router target Gateway gateway/inference-gateway',
    'RoleBinding gateway/body-based-router role Role gateway/body-based-router',
    'RoleBinding gateway/body-based-router subject ServiceAccount gateway/body-based-router',
    'RoleBinding models/llama-epp role Role models/llama-epp',
    'RoleBinding models/llama-epp subject ServiceAccount models/llama-epp',
  ]);
  const pool = graph.ofKind('inference.networking.k8s.io', 'InferencePool')[0];
  expect(graph.edgesFrom(pool).map(({ type }) => type)).toEqual([ReferenceType.ENDPOINT_PICKER, ReferenceType.SELECTS]);
  expect(graph.edgesTo(pool).map(({ type }) => type)).toEqual([ReferenceType.POOL_FLAG, ReferenceType.BACKEND]);
});
