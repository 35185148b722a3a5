import fc from 'fast-check';
import { checkGraph } from '../../../src/graph';
import { Picture, pictureOf } from '../../../src/graph/picture';
import { deployment, drawn, gateway, graphOf, model, nodeOf, pool, route, service, waysOf } from './fixtures';

test('a route alone is drawn between a gateway and a pool that are not in the set', () => {
  const picture = drawn([route()]);
  expect(waysOf(picture)).toEqual(['Gateway gateway -> HTTPRoute qwen3: parent unknown', 'HTTPRoute qwen3 -> InferencePool qwen3: backend unknown']);
  expect(nodeOf(picture, 'Gateway', 'gateway')).toMatchObject({ role: 'gateway', state: 'unknown', namespace: 'gateway-system', findings: [] });
});

test('nothing is an empty picture', () => {
  expect(drawn([])).toEqual({ nodes: [], edges: [], sections: [], findings: [], objects: [] });
});

test('a model is followed from the listener to its pods and its endpoint picker', () => {
  const picture = drawn([gateway(), ...model()]);
  expect(waysOf(picture)).toEqual([
    'HTTPRoute qwen3 -> InferencePool qwen3: backend ok',
    'InferencePool qwen3 -> Deployment qwen3: selects ok',
    'InferencePool qwen3 -> Service qwen3-epp: endpointPicker :9002 ok',
    'Service qwen3-epp -> Deployment qwen3-epp: selects ok',
    'listener http -> HTTPRoute qwen3: parent ok',
  ]);
  expect(picture.nodes.map(({ role, kind, label }) => `${role} ${kind} ${label}`).sort()).toEqual([
    'gateway Gateway gateway', 'listener listener http', 'picker Deployment qwen3-epp', 'pool InferencePool qwen3', 'route HTTPRoute qwen3',
    'service Service qwen3-epp', 'workload Deployment qwen3',
  ]);
  expect(picture.sections).toHaveLength(1);
  expect(picture.sections[0]).toMatchObject({ title: 'Gateway gateway-system/gateway', blocks: [{ title: 'org/qwen3', namespaces: ['team-a'] }] });
});

describe('sections and blocks', () => {
  test('each model is a block of its own; what is broken comes first, then names in their natural order', () => {
    const objects = [gateway(), ...['model-2', 'model-10', 'model-1'].flatMap((name) => model(name))];
    const titles = (all: any[]) => {
      const graph = graphOf(all);
      const findings = checkGraph(graph).findings.filter(({ code }) => code === 'IGW1008');
      return pictureOf(graph, findings).sections[0].blocks.map(({ title }) => title);
    };
    expect(titles(objects)).toEqual(['org/model-1', 'org/model-2', 'org/model-10']);
    objects.find(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name === 'model-10').spec.parentRefs[0].sectionName = 'htpp';
    expect(titles(objects)).toEqual(['org/model-10', 'org/model-1', 'org/model-2']);
  });

  test('what no gateway leads to stands aside', () => {
    const picture = drawn([gateway(), ...model(), deployment('redis', 'redis:8')]);
    expect(picture.sections.map(({ title, blocks }) => [title, blocks.map((block) => block.title)])).toEqual([
      ['Gateway gateway-system/gateway', ['org/qwen3']], ['Not behind a gateway of this set', ['redis']],
    ]);
  });

  test('a route with very many pools stands with the gateways, and its pools by themselves', () => {
    const names = Array.from({ length: 12 }, (_, index) => `model-${index}`);
    const list = route('all');
    list.spec.rules = names.map((name) => ({ backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name }] }));
    const [section] = drawn([gateway(), list, ...names.map((name) => pool(name))]).sections;
    expect(section.entries).toHaveLength(2);
    expect(section.blocks).toHaveLength(12);
  });

  test('gateways that share a route share a section', () => {
    const shared = route();
    shared.spec.parentRefs.push({ name: 'other', namespace: 'gateway-system' });
    const other = gateway({ metadata: { name: 'other', namespace: 'gateway-system' } });
    expect(drawn([gateway(), other, shared]).sections.map(({ title }) => title)).toEqual(['Gateway gateway-system/gateway, Gateway gateway-system/other']);
  });
});

describe('what is missing', () => {
  test('a pool that selects nothing leads to no pods', () => {
    const picture = drawn([gateway(), route(), pool('qwen3', { selector: { matchLabels: { app: 'nope' } } })], { closed: true });
    const ghost = nodeOf(picture, 'pods', 'no pods');
    expect(ghost).toMatchObject({ state: 'missing', detail: 'app=nope', role: 'workload' });
    expect(waysOf(picture)).toContain('InferencePool qwen3 -> pods no pods: selects missing');
    expect(nodeOf(picture, 'InferencePool', 'qwen3')).toMatchObject({ severity: 'error' });
  });

  test('a listener that is not there is drawn onto its gateway', () => {
    const picture = drawn([gateway(), route('qwen3', { sectionName: 'https' })]);
    const owner = nodeOf(picture, 'Gateway', 'gateway').id;
    expect(nodeOf(picture, 'listener', 'https')).toMatchObject({ state: 'missing', owner });
    expect(waysOf(picture)).toContain('listener https -> HTTPRoute qwen3: parent missing');
  });

  test('a ConfigMap that is missing is drawn onto the workload that needs it', () => {
    const picture = drawn([deployment('server', 'vllm/vllm-openai', { volumes: [{ name: 'a', configMap: { name: 'settings' } }] })], { closed: true });
    expect(nodeOf(picture, 'ConfigMap', 'settings')).toMatchObject({ state: 'missing', owner: nodeOf(picture, 'Deployment', 'server').id });
  });

  test('several references to a missing object lead to one ghost', () => {
    const picture = drawn([route('a', {}, { name: 'gone' }), route('b', {}, { name: 'gone' }), gateway()], { closed: true });
    expect(waysOf(picture).filter((way) => way.includes('gone'))).toEqual([
      'HTTPRoute a -> InferencePool gone: backend missing', 'HTTPRoute b -> InferencePool gone: backend missing',
    ]);
  });
});

test('a route that the listener refuses is a broken way that says why', () => {
  const strict = gateway();
  delete strict.spec.listeners[0].allowedRoutes;
  expect(waysOf(drawn([strict, ...model()]))).toContain('listener http -> HTTPRoute qwen3: parent refused: namespace broken');
});

test('shares of backends are said where there are several', () => {
  const canary = route();
  canary.spec.rules[0].backendRefs.push({ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'next', weight: 9 });
  expect(waysOf(drawn([canary])).filter((way) => way.includes('backend'))).toEqual([
    'HTTPRoute qwen3 -> InferencePool next: backend weight 9 unknown', 'HTTPRoute qwen3 -> InferencePool qwen3: backend weight 1 unknown',
  ]);
});

describe('what belongs to a node', () => {
  test('accounts, roles and configuration are listed with their workload', () => {
    const rbac = 'rbac.authorization.k8s.io';
    const metadata = { name: 'qwen3-epp', namespace: 'team-a' };
    const objects = [
      ...model(), { apiVersion: 'v1', kind: 'ServiceAccount', metadata }, { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules: [] },
      { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, roleRef: { apiGroup: rbac, kind: 'Role', name: 'qwen3-epp' }, subjects: [{ kind: 'ServiceAccount', ...metadata }] },
    ];
    objects.find(({ kind, metadata: { name } }) => kind === 'Deployment' && name === 'qwen3-epp').spec.template.spec.serviceAccountName = 'qwen3-epp';
    const picture = drawn(objects);
    const kinds = nodeOf(picture, 'Deployment', 'qwen3-epp').support.map((index) => picture.objects[index].kind);
    expect(kinds.sort()).toEqual(['Role', 'RoleBinding', 'ServiceAccount']);
    // What the rules find there is seen on the workload.
    const onRole = picture.findings.filter(({ object }) => picture.objects[object].kind === 'Role');
    for (const { nodes } of onRole) expect(nodes).toEqual([nodeOf(picture, 'Deployment', 'qwen3-epp').id]);
  });

  test('a DestinationRule is drawn onto its Service, a grant onto what it opens', () => {
    const far = pool();
    far.metadata.namespace = 'models';
    const picture = drawn([
      gateway(), route('qwen3', {}, { namespace: 'models' }), far, service('qwen3-epp', 'qwen3-epp', 9002, 'models'),
      { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'tls', namespace: 'models' }, spec: { host: 'qwen3-epp.models.svc.cluster.local', trafficPolicy: { tls: { mode: 'SIMPLE' } } } },
      {
        apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant', metadata: { name: 'team-a', namespace: 'models' },
        spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team-a' }], to: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool' }] },
      },
    ]);
    expect(nodeOf(picture, 'DestinationRule', 'tls')).toMatchObject({ owner: nodeOf(picture, 'Service', 'qwen3-epp').id, detail: 'TLS SIMPLE' });
    expect(nodeOf(picture, 'ReferenceGrant', 'team-a')).toMatchObject({ owner: nodeOf(picture, 'InferencePool', 'qwen3').id, role: 'grant' });
  });
});

describe('Higress', () => {
  const ingress = (destination: string) => ({
    apiVersion: 'networking.k8s.io/v1', kind: 'Ingress',
    metadata: { name: 'chat', namespace: 'higress-system', annotations: { 'higress.io/destination': destination, 'higress.io/exact-match-header-x-higress-llm-model': 'chat' } },
    spec: { ingressClassName: 'higress', rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix' }] } }] },
  });
  const bridge = (...registries: any[]) => ({ apiVersion: 'networking.higress.io/v1', kind: 'McpBridge', metadata: { name: 'default', namespace: 'higress-system' }, spec: { registries } });
  const plugin = (name: string, spec: any) => ({ apiVersion: 'extensions.higress.io/v1alpha1', kind: 'WasmPlugin', metadata: { name, namespace: 'higress-system' }, spec });

  test('an Ingress is followed through the registries of its destinations', () => {
    const picture = drawn([ingress('30% a.static:80\n70% b.dns:443'), bridge({ name: 'a', type: 'static', domain: '10.0.0.1:80' }, { name: 'b', type: 'dns', domain: 'b.example', port: 443 })]);
    expect(waysOf(picture)).toEqual([
      'Ingress chat -> registry a: destination 30 % ok', 'Ingress chat -> registry b: destination 70 % ok', 'IngressClass higress -> Ingress chat: class ok',
    ]);
    expect(nodeOf(picture, 'registry', 'b').detail).toBe('dns · b.example:443');
    expect(picture.sections[0].blocks[0].title).toBe('chat');
  });

  test('a registry that no McpBridge has is missing', () => {
    const picture = drawn([ingress('a.static:80'), bridge({ name: 'b', type: 'static', domain: '10.0.0.1:80' })]);
    expect(nodeOf(picture, 'registry', 'a.static')).toMatchObject({ state: 'missing' });
  });

  test('services of a Nacos are those of its registry', () => {
    const picture = drawn([ingress('chat.DEFAULT-GROUP.public.nacos:80'), bridge({ name: 'n', type: 'nacos3', domain: 'nacos.example', port: 8848 })]);
    expect(waysOf(picture)).toContain('Ingress chat -> registry n: destination ok');
  });

  test('plugins stand on the gateway in the order they have their turn', () => {
    const picture = drawn([plugin('late', { priority: 1 }), plugin('early', { phase: 'AUTHN', priority: 10 }), plugin('middle', { priority: 100 })]);
    const owner = nodeOf(picture, 'gateway', 'higress').id;
    expect(picture.nodes.filter((node) => node.owner === owner).map(({ label }) => label)).toEqual(['early', 'middle', 'late']);
  });
});

test('a ModelDeployment is behind the Gateway that its controller uses', () => {
  const deployed = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'qwen3', namespace: 'team-a' }, spec: { model: { id: 'Qwen/Qwen3' } } };
  expect(waysOf(drawn([gateway(), deployed]))).toEqual(['Gateway gateway -> ModelDeployment qwen3: controller ok']);
  expect(drawn([gateway(), deployed]).sections[0].blocks[0].title).toBe('Qwen/Qwen3');
  expect(waysOf(drawn([gateway(), { ...deployed, spec: { gateway: { enabled: false } } }]))).toEqual([]);
});

test('secrets are not in the picture', () => {
  const secret = {
    apiVersion: 'v1', kind: 'Secret', data: { token: 'c2VjcmV0' }, stringData: { password: 'hunter2' },
    metadata: { name: 'keys', namespace: 'team-a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"password":"hunter2"}}' } },
  };
  const text = JSON.stringify(drawn([secret]));
  expect(text).toContain('token: (hidden)');
  expect(text).not.toMatch(/c2VjcmV0|hunter2/);
});

test('very long objects are cut, and say so', () => {
  const data = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key-${index}`, 'some text that is long enough']));
  const [{ yaml }] = drawn([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large', namespace: 'team-a' }, data }]).objects;
  expect(yaml.length).toBeLessThan(41_000);
  expect(yaml).toMatch(/# … \d+ more lines\n$/);
});

test('the order of the documents makes no difference', () => {
  const objects = [gateway(), ...model('a'), ...model('b'), route('c', { sectionName: 'htpp' })];
  const first = withoutPlaces(drawn(objects));
  fc.assert(fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (shuffled) => {
    expect(withoutPlaces(drawn(shuffled))).toEqual(first);
  }), { numRuns: 20 });
});

/** Lines differ with the order; so does the order of findings. */
function withoutPlaces(picture: Picture) {
  const codes = (indices: readonly number[]) => indices.map((index) => picture.findings[index].code).sort();
  return {
    ...picture,
    findings: [],
    nodes: picture.nodes.map((node) => ({ ...node, findings: codes(node.findings) })),
    objects: picture.objects.map((object) => ({ ...object, place: '' })),
  };
}

test('whatever manifests hold, every node has a place in a section', () => {
  const anything = fc.object({ maxDepth: 3 });
  const kinds = fc.constantFrom('Gateway', 'HTTPRoute', 'InferencePool', 'Service', 'Deployment', 'Ingress', 'McpBridge', 'WasmPlugin', 'ReferenceGrant', 'Secret');
  const groups = fc.constantFrom('v1', 'apps/v1', 'gateway.networking.k8s.io/v1', 'inference.networking.k8s.io/v1', 'networking.k8s.io/v1', 'networking.higress.io/v1');
  const metadata = fc.oneof(anything, fc.record({ name: fc.string(), namespace: fc.string() }));
  const object = fc.record({ apiVersion: groups, kind: kinds, metadata, spec: anything });
  fc.assert(fc.property(fc.array(object, { maxLength: 8 }), (objects) => {
    const picture = pictureOf(graphOf(objects));
    const placed = new Set(picture.sections.flatMap(({ entries, blocks }) => [...entries, ...blocks.flatMap(({ nodes }) => nodes)]));
    for (const { id, owner } of picture.nodes) expect(placed.has(owner ?? id)).toBe(true);
  }));
});
