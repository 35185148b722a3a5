import { rule } from '../../../../src/graph/rules/serving/processor-tls';
import { FAIL_OPEN, pickerFlags, router, spec } from '../../changes';
import { linesOf } from '../../lint';
import { Change, edit, workingSet } from '../../working-set';

const PLAIN = pickerFlags('--secure-serving=false');
const dr = (change: (spec: any, object: any) => void) => spec('DestinationRule models/llama-epp', change);
const without = (...changes: Change[]) => edit(workingSet({}, ...changes), ['DestinationRule models/llama-epp', null]);

test('TLS on both sides, or on none', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(without(PLAIN), rule)).toEqual([]);
});

test.each<[string, (spec: any, object: any) => void]>([
  ['of the short name', (object) => { object.host = 'llama-epp'; }],
  ['in the namespace of the gateway', (_, { metadata }) => { metadata.namespace = 'gateway'; }],
  ['in the root namespace', (_, { metadata }) => { metadata.namespace = 'istio-system'; }],
  ['for all hosts of the namespace', (object) => { object.host = '*.models.svc.cluster.local'; }],
  ['for the port', (object) => { object.trafficPolicy = { portLevelSettings: [{ port: { number: 9002 }, tls: object.trafficPolicy.tls }] }; }],
  ['for some clients', (object) => { object.workloadSelector = { matchLabels: { a: 'b' } }; }],
])('a rule %s', (_, change) => {
  expect(linesOf(workingSet({}, dr(change)), rule).filter((line) => !line.includes('workloadSelector'))).toEqual(
    _ === 'for some clients' ? [expect.stringContaining('no DestinationRule')] : [],
  );
});

test('fails without a rule', () => {
  expect(linesOf(without(), rule)).toEqual([
    'error Service models/llama-epp: IGW1206 metadata.name is "llama-epp": the endpoint picker llama-epp serves TLS, and the gateway speaks plaintext to it: no '
    + 'DestinationRule for llama-epp.models.svc.cluster.local; requests to the model answer 500; add a DestinationRule for llama-epp.models.svc.cluster.local '
    + 'with tls mode SIMPLE and insecureSkipVerify true, or set --secure-serving=false',
  ]);
  expect(linesOf(without(FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning /)]);
});

test('a rule that a controller may make, and gateways that are not Istio', () => {
  const deployment = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'llama', namespace: 'models' } };
  expect(linesOf([...without(), deployment], rule)).toEqual([]);
  expect(linesOf(edit(without(), ['Gateway gateway/inference-gateway', (object: any) => { object.spec.gatewayClassName = 'agentgateway'; }]), rule)).toEqual([]);
});

test.each<[string, (spec: any, object: any) => void, string]>([
  ['a certificate that is checked', ({ trafficPolicy }) => { delete trafficPolicy.tls.insecureSkipVerify; }, 'trafficPolicy.tls.insecureSkipVerify: is not true, and the endpoint picker llama-epp has a certificate of its own making'],
  ['plaintext', ({ trafficPolicy }) => { trafficPolicy.tls = { mode: 'DISABLE' }; }, 'mode is "DISABLE": makes the gateway speak plaintext, and the endpoint picker llama-epp serves TLS'],
  ['no TLS', (object) => { delete object.trafficPolicy; }, 'spec.trafficPolicy: says nothing of TLS to port 9002'],
  ['TLS of a subset', (object) => { object.subsets = [{ name: 'a', trafficPolicy: object.trafficPolicy }]; delete object.trafficPolicy; }, 'says nothing of TLS to port 9002'],
  ['settings of the port that leave it out', ({ trafficPolicy }) => { trafficPolicy.portLevelSettings = [{ port: { number: 9002 } }]; }, 'what portLevelSettings leaves out is not taken from above'],
  ['a certificate of the mesh', ({ trafficPolicy }) => { trafficPolicy.tls.mode = 'ISTIO_MUTUAL'; }, 'expects a certificate of the mesh'],
  ['no known mode', ({ trafficPolicy }) => { trafficPolicy.tls.mode = 'TLS'; }, 'is "TLS": is no mode of TLS; requests to the model answer 500; allowed: DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL; set SIMPLE'],
  ['a host of another namespace', (object) => { object.host = 'llama-epp.default.svc.cluster.local'; }, 'spec.host is "llama-epp.default.svc.cluster.local": is not the name of the Service'],
  ['half of a host', (object) => { object.host = 'llama-epp.models'; }, 'allowed: llama-epp.models.svc.cluster.local; set llama-epp.models.svc.cluster.local'],
  ['clients of its own namespace', (object) => { object.exportTo = ['.']; }, 'spec.exportTo is ["."]: is not seen by the gateway in namespace gateway'],
  ['another namespace', (_, { metadata }) => { metadata.namespace = 'elsewhere'; }, 'metadata.namespace is "elsewhere": is not seen by the gateway in namespace gateway'],
])('fails for a rule with %s', (_, change, message) => {
  expect(linesOf(workingSet({}, dr(change)), rule)).toEqual([expect.stringContaining(message)]);
});

test('fails for TLS to a picker that serves plaintext', () => {
  expect(linesOf(workingSet({}, PLAIN), rule)).toEqual([
    expect.stringContaining('trafficPolicy.tls.mode is "SIMPLE": makes the gateway speak TLS to the endpoint picker llama-epp, which serves plaintext'),
  ]);
});

test('fails for a rule of the gateway that comes before the right one', () => {
  const first = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'a', namespace: 'gateway' }, spec: { host: 'llama-epp.models.svc.cluster.local' } };
  expect(linesOf([...workingSet(), first], rule)).toEqual([expect.stringContaining('(DestinationRule models/llama-epp says SIMPLE, but this one comes first)')]);
});

test('fails for a body-based router, whatever the model', () => {
  const objects = edit(workingSet(), ['DestinationRule gateway/body-based-router', null]);
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('the body-based router body-based-router serves TLS')]);
  expect(linesOf(edit(workingSet({}, router(({ args }) => { args.push('--secure-serving=false'); })), ['DestinationRule gateway/body-based-router', null]), rule)).toEqual([]);
});

test('a certificate that the gateway can check', () => {
  const checked = dr(({ trafficPolicy }) => { trafficPolicy.tls = { mode: 'SIMPLE', caCertificates: '/etc/ca.crt' }; });
  expect(linesOf(workingSet({}, pickerFlags('--cert-path=/certs'), checked), rule)).toEqual([]);
  expect(linesOf(workingSet({}, checked), rule)).toHaveLength(1);
});
