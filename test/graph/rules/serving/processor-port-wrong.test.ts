import { rule } from '../../../../src/graph/rules/serving/processor-port-wrong';
import { FAIL_OPEN, filter, picker, pickerFlags, router, spec } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

test('ports that lead to gRPC', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, spec('Service models/llama-epp', ({ ports }) => { ports[0].targetPort = 'grpc'; })), rule)).toEqual([]);
});

test('a port of its own, all the way', () => {
  const target = spec('Service models/llama-epp', ({ ports }) => { ports[0].targetPort = 9010; });
  expect(linesOf(workingSet({}, pickerFlags('--grpc-port=9010'), target), rule)).toEqual([]);
});

test('fails for a pool that names the health port', () => {
  const change = spec('InferencePool models/llama', ({ endpointPickerRef }) => { endpointPickerRef.port.number = 9003; });
  expect(linesOf(workingSet({}, change), rule)).toEqual([
    'error InferencePool models/llama: IGW1203 spec.endpointPickerRef.port.number is 9003: is no port of Service models/llama-epp: 9003 is the health port '
    + 'of the endpoint picker; requests to the model answer 500; allowed: 9002; set port 9002',
  ]);
  expect(linesOf(workingSet({}, change, FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning .*failureMode is FailOpen/)]);
});

test('fails for a Service that leads to the metrics port', () => {
  const [line] = linesOf(workingSet({}, spec('Service models/llama-epp', ({ ports }) => { ports[0].targetPort = 9090; })), rule);
  expect(line).toContain('Service models/llama-epp: IGW1203 spec.ports[0].targetPort is 9090: is the metrics port of the endpoint picker: it listens on 9002');
});

test('fails for a name that no port of the container has', () => {
  const [line] = linesOf(workingSet({}, spec('Service models/llama-epp', ({ ports }) => { ports[0].targetPort = 'http'; })), rule);
  expect(line).toContain('is "http": is the name of no port of Deployment models/llama-epp; requests to the model answer 500; allowed: grpc, grpc-health; set grpc');
});

test('fails for a flag that moves the port away', () => {
  const [line] = linesOf(workingSet({}, pickerFlags('--grpc-port=9010')), rule);
  expect(line).toContain('spec.ports[0].port is 9002: is a port that the endpoint picker does not listen on: it listens on 9010, as --grpc-port says');
});

test('fails for a port of UDP', () => {
  const [line] = linesOf(workingSet({}, spec('Service models/llama-epp', ({ ports }) => { ports[0].protocol = 'UDP'; })), rule);
  expect(line).toContain('spec.ports[0].protocol is "UDP": is not what the endpoint picker speaks');
});

test('fails for a filter that names the health port of the body-based router', () => {
  const objects = workingSet({}, filter(({ grpc_service }) => {
    grpc_service.envoy_grpc.cluster_name = 'outbound|9005||body-based-router.gateway.svc.cluster.local';
  }));
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('9005 is the health port of the body-based router; every request through the gateway fails; allowed: 9004; set port 9004')]);
});

test('fails for a body-based router that listens elsewhere', () => {
  const [line] = linesOf(workingSet({}, router(({ args }) => { args.push('--grpc-port', '9010'); })), rule);
  expect(line).toContain('Service gateway/body-based-router: IGW1203 spec.ports[0].targetPort is 9004: is a port that the body-based router does not listen on');
});

test('ports that cannot be told', () => {
  expect(linesOf(workingSet({}, pickerFlags('--grpc-port=$(PORT)')), rule)).toEqual([]);
  const proxied = picker((_container, { spec: { template } }) => { template.spec.containers.push({ name: 'proxy', image: 'p', ports: [{ containerPort: 9010 }] }); });
  expect(linesOf(workingSet({}, proxied, spec('Service models/llama-epp', ({ ports }) => { ports[0].targetPort = 9010; })), rule)).toEqual([]);
});
