import { rule } from '../../../../src/graph/rules/gateway-api/field-refused';
import { linesOf } from '../../lint';
import { gateway, listener, object, pool, route } from '../../objects';
import { workingSet } from '../../working-set';

test('what the API server takes', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('listeners of one name are IGW1802', () => {
  expect(linesOf([gateway('a/g', [listener(), listener({ port: 81 })])], rule)).toEqual([]);
});

const refused = (spec: object) => linesOf([pool('a/p', spec)], rule);

test.each([
  [{ endpointPickerRef: { name: 'epp', failureMode: 'FailClosed' } }, 'error InferencePool a/p: IGW1801 spec.endpointPickerRef.failureMode is "FailClosed": is none of the values that the field takes; allowed: FailOpen, FailClose; write FailClose, for example'],
  [{ targetPorts: [{ number: '8000' }] }, 'spec.targetPorts[0].number is "8000": is text, not a whole number; leave the quotes out: 8000'],
  [{ targetPorts: [{ number: 80000 }] }, 'is out of range; allowed: 1 to 65535'],
  [{ targetPorts: { number: 8000 } }, 'spec.targetPorts is {"number":8000}: is a map, not a list; put a hyphen before it'],
  [{ targetPorts: [] }, 'spec.targetPorts is 0: is empty'],
  [{ selector: undefined }, 'spec.selector: is missing; write it: the API server requires it'],
  [{ targetPort: 8000 }, 'error InferencePool a/p: IGW1801 spec.targetPort: is no field of InferencePool: the API server refuses or drops it; allowed: targetPorts'],
  [{ somethingElse: 1 }, 'warning InferencePool a/p: IGW1801 spec.somethingElse: is no field of InferencePool'],
])('fails for %j', (spec, message) => {
  expect(refused(spec)).toEqual([expect.stringContaining(message)]);
});

test('fails for headers and listeners of one name', () => {
  const headers = [{ name: 'a', value: 'b' }, { name: 'a', value: 'c' }];
  expect(linesOf([route('a/r', 'a/g', [], { rules: [{ matches: [{ headers }] }] })], rule)).toEqual([expect.stringContaining('spec.rules[0].matches[0].headers[1] is "a": is there twice: name of the items have to differ')]);
  expect(linesOf([gateway('a/g', [listener({ hostname: '*.*.com' })])], rule)).toEqual([expect.stringContaining('spec.listeners[0].hostname is "*.*.com": does not have the form')]);
});

test('fails without a spec, and softly for a version that is not served', () => {
  expect(linesOf([object('gateway.networking.k8s.io/v1', 'Gateway', 'a/g')], rule)).toEqual([expect.stringContaining('IGW1801 spec: is missing')]);
  expect(linesOf([object('gateway.networking.k8s.io/v1alpha2', 'HTTPRoute', 'a/r', { spec: { x: 1 } })], rule)).toEqual([
    expect.stringMatching(/^warning HTTPRoute a\/r: IGW1801 apiVersion is "gateway.networking.k8s.io\/v1alpha2": is no version that the pinned release serves HTTPRoute in; allowed: gateway.networking.k8s.io\/v1, /),
  ]);
});

test('null is as good as absent, and templates are left alone', () => {
  expect(refused({ appProtocol: null })).toEqual([]);
  expect(linesOf([gateway('a/g', [listener({ hostname: '${HOST}' })])], rule)).toEqual([]);
});

const container = { name: 'vllm', image: 'vllm/vllm-openai:v0.11.0' };
const deployment = (spec: object, more: object = {}) => object('apps/v1', 'Deployment', 'a/d', {
  spec: { selector: { matchLabels: { app: 'd' } }, template: { metadata: { labels: { app: 'd' } }, spec: { containers: [{ ...container, ...spec }] } }, ...more },
});

test.each([
  [deployment({ env: [{ name: 'PORT', value: 8000 }] }), 'spec.template.spec.containers[0].env[0].value is "(hidden)": is a number, not text; put it in quotes'],
  [deployment({ env: [{ name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namspace' } } }] }), 'fieldPath is "metadata.namspace": does not have the form that the field takes'],
  [deployment({ env: [{ name: 'NAMESPACE', valueFrom: {} }] }), 'valueFrom is {}: has too few entries'],
  [deployment({ image: undefined }, { selector: { matchLabels: { app: 'd' } } }), 'spec.template.spec.containers[0].image: is missing; write it: the API server requires it'],
  [deployment({}, { replicas: '2' }), 'spec.replicas is "2": is text, not a whole number; leave the quotes out: 2'],
  [deployment({}, { replica: 2 }), 'error Deployment a/d: IGW1801 spec.replica: is no field of Deployment: the API server refuses or drops it; allowed: replicas'],
  [deployment({}, { selector: undefined }), 'spec.selector: is missing'],
  [deployment({}, { selector: { matchLabels: {} } }), 'spec.selector.matchLabels is {}: has too few entries'],
  [deployment({}, { strategy: { type: 'recreate' } }), 'is none of the values that the field takes; allowed: RollingUpdate, Recreate; write Recreate, for example'],
  [deployment({ readinessProbe: { periodSeconds: 5 } }), 'spec.template.spec.containers[0].readinessProbe: has no grpc and no httpGet and no tcpSocket and no exec: the API server refuses it; add grpc or httpGet'],
  [deployment({ ports: [{ containerPort: '8000' }] }), 'ports[0].containerPort is "8000": is text, not a whole number'],
  [deployment({ args: ['--port', 8000] }), 'args[1] is 8000: is a number, not text'],
  [deployment({ volumeMounts: [{ name: 'a', mountPath: '/x' }, { name: 'b', mountPath: '/x' }] }), 'volumeMounts[1] is "/x": is there twice: mountPath of the items have to differ'],
  [object('apps/v1', 'Deployment', 'a/d', { spec: {} }), 'spec.selector: is missing'],
  [object('apps/v1', 'Deployment', 'a/d', { spec: 'text' }), 'spec is "text": is text, not a map'],
  [object('v1', 'ConfigMap', 'a/c', { data: { port: 8000 } }), 'data.port is 8000: is a number, not text'],
  [object('v1', 'Service', 'a/s', { spec: { ports: [{ targetPort: 8000 }] } }), 'spec.ports[0].port: is missing'],
  [object('v1', 'Service', 'a/s', { spec: { type: 'Loadbalancer', ports: [{ port: 80 }] } }), 'LoadBalancer, ExternalName; write LoadBalancer, for example'],
  [object('rbac.authorization.k8s.io/v1', 'Role', 'a/r', { rules: [{ resources: ['pods'], verbs: ['get'] }] }), 'rules[0]: has no apiGroups and no nonResourceURLs: the API server refuses it; add apiGroups or nonResourceURLs'],
  [object('rbac.authorization.k8s.io/v1', 'Role', 'a/r', { rules: [{ apiGroups: [''], resources: ['pods'] }] }), 'rules[0].verbs: is missing'],
  [object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'a/r', { roleRef: { kind: 'Role' } }), 'roleRef.name: is missing'],
])('fails for a kind of Kubernetes itself: %#', (manifest, message) => {
  const copy = JSON.parse(JSON.stringify(manifest));
  expect(linesOf([copy], rule)).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
});

test('a part of a workload, and what a template fills in', () => {
  expect(linesOf([
    object('apps/v1', 'Deployment', 'a/patch', { spec: { replicas: 3 } }),
    object('apps/v1', 'Deployment', 'a/image', { spec: { template: { spec: { containers: [{ name: 'epp', image: 'epp:v2' }] } } } }),
    object('apps/v1', 'Deployment', 'a/patched', { spec: { template: { spec: { containers: [{ name: 'epp', args: ['-v=5'] }] } } } }),
    deployment({ env: [{ name: 'A', value: '1' }], ports: [{ containerPort: '${PORT}' }] }, { replicas: '$REPLICAS' }),
    pool('a/p', { targetPorts: '${TARGET_PORTS}' }),
    gateway('a/g', [listener()], { gatewayClassName: { GATEWAY_CLASS_NAME: null } }),
  ], rule)).toEqual([]);
});

test('fails for an item that is empty, and softly for a value of the experimental release', () => {
  expect(refused({ targetPorts: [null] })).toEqual([expect.stringContaining('spec.targetPorts[0]: is empty, and an item of this list cannot be; remove the hyphen')]);
  const filters = [{ type: 'ExternalAuth' }];
  expect(linesOf([route('a/r', 'a/g', [], { rules: [{ filters }] })], rule)).toEqual([expect.stringMatching(/^warning .*is a value of the experimental release only/)]);
});
