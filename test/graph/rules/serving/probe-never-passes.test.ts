import { rule } from '../../../../src/graph/rules/serving/probe-never-passes';
import { FAIL_OPEN, picker, router } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const readiness = (probe: object, ...flags: string[]) => picker((container) => {
  container.readinessProbe = probe;
  container.args.push(...flags);
});
const HA = '--ha-enable-leader-election';

test('probes of the health port', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['any service without leader election', { grpc: { port: 9003, service: 'anything' } }, []],
  ['no service', { grpc: { port: 9003 } }, []],
  ['a connection', { tcpSocket: { port: 'grpc' } }, []],
  ['a command', { exec: { command: ['true'] } }, []],
  ['metrics without authentication', { httpGet: { port: 9090, path: '/metrics' } }, ['--metrics-endpoint-auth=false']],
  ['the port of requests, which answers as well', { grpc: { port: 9002 } }, ['--secure-serving=false', '--health-checking']],
  ['a port that cannot be told', { grpc: { port: 9999 } }, ['--grpc-health-port=$(PORT)']],
])('a probe of %s', (_, probe, flags) => {
  expect(linesOf(workingSet({}, readiness(probe, ...flags)), rule)).toEqual([]);
});

test('fails for the port of requests', () => {
  expect(linesOf(workingSet({}, readiness({ grpc: { port: 9002 } })), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1207 spec.template.spec.containers[0].readinessProbe.grpc.port is 9002: serves TLS, which probes do not speak: '
    + 'the pod never becomes Ready; allowed: 9003; set 9003',
  ]);
  expect(linesOf(workingSet({}, FAIL_OPEN, readiness({ grpc: { port: 9002 } })), rule)).toEqual([expect.stringMatching(/^warning/)]);
});

test.each<[string, object, string]>([
  ['HTTP', { httpGet: { port: 9003, path: '/healthz' } }, 'answers gRPC, not plain HTTP'],
  ['metrics', { httpGet: { port: 9090, path: '/metrics' } }, 'asks for a token'],
  ['metrics over gRPC', { grpc: { port: 9090 } }, 'answers metrics, not gRPC'],
  ['a port nobody listens on', { grpc: { port: 9999 } }, 'is a port the endpoint picker does not listen on'],
  ['such a port over TCP', { tcpSocket: { port: 9999 } }, 'is a port the endpoint picker does not listen on'],
  ['such a port over HTTP', { httpGet: { port: 9999 } }, 'is a port the endpoint picker does not listen on'],
  ['a name that is none', { httpGet: { port: 'health' } }, 'is the name of no port of the container'],
])('fails for %s', (_, probe, message) => {
  expect(linesOf(workingSet({}, readiness(probe)), rule)).toEqual([expect.stringContaining(message)]);
});

test('fails for plaintext that answers no health checks', () => {
  expect(linesOf(workingSet({}, readiness({ grpc: { port: 9002 } }, '--secure-serving=false')), rule)).toEqual([expect.stringContaining('no health checks')]);
});

test('fails with leader election for a service that is unknown then', () => {
  const lines = linesOf(workingSet({}, picker(({ args }) => { args.push(HA); })), rule);
  expect(lines).toEqual([
    expect.stringContaining('livenessProbe.grpc.service is "inference-extension": is unknown to it with --ha-enable-leader-election: the pod is restarted again and again; allowed: readiness, liveness; set liveness'),
    expect.stringContaining('readinessProbe.grpc.service is "inference-extension": is unknown to it with --ha-enable-leader-election: the pod never becomes Ready; allowed: readiness, liveness; set readiness'),
  ]);
});

test('fails softly for a probe that restarts the pods that stand by', () => {
  const change = (liveness: string, ready: string) => picker((container, object) => {
    container.args.push(HA);
    object.spec.replicas = 2;
    container.livenessProbe.grpc.service = liveness;
    container.readinessProbe.grpc.service = ready;
  });
  expect(linesOf(workingSet({}, change('liveness', 'readiness')), rule)).toEqual([]);
  expect(linesOf(workingSet({}, change('readiness', 'readiness')), rule)).toEqual([expect.stringMatching(/^warning .*the pods that stand by are restarted/)]);
  expect(linesOf(workingSet({}, change('liveness', 'liveness')), rule)).toEqual([expect.stringMatching(/^warning .*requests that reach them answer 503/)]);
});

test('fails for a body-based router that is asked on the wrong port', () => {
  const lines = linesOf(workingSet({}, router(({ livenessProbe }) => { livenessProbe.grpc.port = 9004; })), rule);
  expect(lines).toEqual([expect.stringContaining('livenessProbe.grpc.port is 9004: serves TLS, which probes do not speak: the pod is restarted again and again; allowed: 9005')]);
});
