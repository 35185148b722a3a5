import { destinationRuleFor, destinationRulesFor, tlsTo } from '../../../src/graph/views/destination-rules';
import { graphOf } from '../lint';

function ruleOf(name: string, namespace: string, host: string, spec: object = {}): object {
  return { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name, namespace }, spec: { host, ...spec } };
}

/** The rule that a gateway in namespace `gateway` obeys for Service models/epp. */
function chosen(...rules: object[]): string | undefined {
  return destinationRuleFor(graphOf(rules), 'gateway', 'models', 'epp')?.object.name;
}

test('the smallest rule', () => {
  const graph = graphOf([ruleOf('a', 'models', 'epp.models.svc.cluster.local', { trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } })]);
  const [rule] = destinationRulesFor(graph, 'models', 'epp');
  expect(tlsTo(rule, 9002)).toMatchObject({ mode: 'SIMPLE', insecureSkipVerify: true });
});

test('hosts: whole, short in their own namespace, wildcards', () => {
  expect(chosen(ruleOf('short', 'models', 'epp'))).toBe('short');
  expect(chosen(ruleOf('short-elsewhere', 'gateway', 'epp'))).toBeUndefined();
  expect(chosen(ruleOf('half', 'models', 'epp.models'))).toBeUndefined();
  expect(chosen(ruleOf('wide', 'models', '*.local'), ruleOf('narrow', 'models', '*.models.svc.cluster.local'))).toBe('narrow');
});

test('the namespace of the gateway goes before that of the Service, and the root namespace comes last', () => {
  const host = 'epp.models.svc.cluster.local';
  const [client, service, root] = ['gateway', 'models', 'istio-system'].map((namespace) => ruleOf(namespace, namespace, host));
  expect(chosen(root, service, client)).toBe('gateway');
  expect(chosen(root, service)).toBe('models');
  expect(chosen(root)).toBe('istio-system');
  expect(chosen(ruleOf('other', 'other', host))).toBeUndefined();
});

test('a rule that is not exported to the gateway, or is for some clients only', () => {
  expect(chosen(ruleOf('a', 'models', 'epp', { exportTo: ['.'] }))).toBeUndefined();
  expect(chosen(ruleOf('a', 'models', 'epp', { exportTo: ['gateway'] }))).toBe('a');
  expect(chosen(ruleOf('a', 'models', 'epp', { workloadSelector: { matchLabels: {} } }))).toBeUndefined();
});

test('settings of a port go before those of the host', () => {
  const trafficPolicy = { tls: { mode: 'SIMPLE' }, portLevelSettings: [{ port: { number: 9002 }, tls: { mode: 'DISABLE' } }, { port: { number: 9003 } }] };
  const [rule] = destinationRulesFor(graphOf([ruleOf('a', 'models', 'epp', { trafficPolicy })]), 'models', 'epp');
  expect([9002, 9003, 9004].map((port) => tlsTo(rule, port)?.mode)).toEqual(['DISABLE', undefined, 'SIMPLE']);
});
