import { rule } from '../../../../src/graph/rules/serving/processor-http1';
import { spec } from '../../changes';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const port = (change: (port: any) => void) => spec('Service models/llama-epp', ({ ports }) => { change(ports[0]); });

test.each([
  ['an appProtocol', (one: any) => { delete one.name; }],
  ['HTTP2 as its appProtocol', (one: any) => { one.appProtocol = 'HTTP2'; }],
  ['a name that starts with grpc-', (one: any) => { delete one.appProtocol; }],
  ['the name http2', (one: any) => { delete one.appProtocol; one.name = 'http2'; }],
])('a port with %s', (_, change) => {
  expect(linesOf(workingSet({}, port(change)), rule)).toEqual([]);
});

test('fails for a port that says nothing', () => {
  expect(linesOf(workingSet({}, port((one) => { delete one.appProtocol; one.name = 'p'; })), rule)).toEqual([
    'error Service models/llama-epp: IGW1205 spec.ports[0]: has no appProtocol, and its name p does not start with grpc-, so that the gateway speaks HTTP/1.1 '
    + 'to the endpoint picker; requests to the model answer 500; allowed: kubernetes.io/h2c, grpc, HTTP2; set appProtocol: kubernetes.io/h2c, or a name that starts with grpc-',
  ]);
});

test.each(['http', 'h2c', 'https'])('fails for the appProtocol %s, whatever the name', (appProtocol) => {
  expect(linesOf(workingSet({}, port((one) => { one.appProtocol = appProtocol; })), rule)).toEqual([expect.stringContaining(`appProtocol is "${appProtocol}": is not HTTP/2`)]);
});

test('fails for the body-based router, which has no name to fall back on', () => {
  const objects = workingSet({}, spec('Service gateway/body-based-router', ({ ports }) => { delete ports[0].appProtocol; }));
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('has no appProtocol and no name, so that the gateway speaks HTTP/1.1 to the body-based router')]);
});

test('a rule that raises HTTP/1.1, and gateways that do not look at the port', () => {
  const nameless = port((one) => { delete one.appProtocol; delete one.name; });
  const upgrade = spec('DestinationRule models/llama-epp', ({ trafficPolicy }) => { trafficPolicy.connectionPool = { http: { h2UpgradePolicy: 'UPGRADE' } }; });
  expect(linesOf(workingSet({}, nameless, upgrade), rule)).toEqual([]);
  const others = edit(workingSet({}, nameless), ['DestinationRule models/llama-epp', null]);
  const gateway = (className: string) => edit(others, ['Gateway gateway/inference-gateway', (object: any) => { object.spec.gatewayClassName = className; }]);
  expect(linesOf(gateway('agentgateway'), rule)).toEqual([]);
  expect(linesOf(gateway('higress'), rule)).toHaveLength(1);
});
