import type { Graph } from '../../graph';
import { filled } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { bodyRoutersOf } from '../../views/body-routers';
import { isOn } from '../../views/command-line';
import { Probe, ProbeType } from '../../views/containers';
import { pickersOf } from '../../views/endpoint-pickers';
import { isPicker, nameOf, pickerSeverity, Processor } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1207',
  title: 'a probe of an endpoint picker or body-based router never passes',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'The pod runs and never becomes Ready, or is restarted again and again; requests answer 500.',
  breaks: 'Health is answered in plaintext gRPC on a port of its own, 9003 for an endpoint picker and 9005 for a body-based router. With leader '
    + 'election an endpoint picker knows the services readiness and liveness only.',
  source: 'cmd/epp/runner/health.go and cmd/bbr/runner/health.go of the Gateway API Inference Extension; observed with v1.5.0; llm-d/llm-d-router#2900, #2901',
  * check(graph) {
    for (const processor of [...pickersOf(graph), ...bodyRoutersOf(graph)]) {
      for (const probe of processor.container.probes) yield* problemsOf(graph, processor, probe);
    }
  },
};

const EXT_PROC = 'envoy.service.ext_proc.v3.ExternalProcessor';
const RESULT: Readonly<Record<ProbeType, string>> = {
  [ProbeType.READINESS]: 'the pod never becomes Ready',
  [ProbeType.LIVENESS]: 'the pod is restarted again and again',
  [ProbeType.STARTUP]: 'the pod is restarted again and again',
};

function* problemsOf(graph: Graph, processor: Processor, probe: Probe): Iterable<Problem> {
  const { object, grpcPort, healthPort } = processor;
  const { via, type, path, port } = probe;
  if (via === undefined || via === 'exec') return;
  const written = object.get(...path, via, 'port');
  const known = isPicker(processor) ? processor.build !== undefined : true;
  const failing = isPicker(processor) ? pickerSeverity(graph, processor) : Severity.ERROR;
  const problem = { object, field: [...path, via, 'port'], value: written, severity: known ? failing : Severity.WARNING };
  const what = nameOf(processor);
  if (port === undefined) {
    if (filled(written) === undefined || via === 'grpc') return;
    yield { ...problem, problem: `is the name of no port of the container: ${RESULT[type]}`, fix: `use a gRPC probe on port ${healthPort ?? 'of --grpc-health-port'}` };
    return;
  }
  if (grpcPort === undefined || healthPort === undefined) return;
  const metricsPort = isPicker(processor) ? processor.metricsPort : 9090;
  if (via === 'tcpSocket' || metricsPort === undefined) {
    if (![grpcPort, healthPort, metricsPort].includes(port)) {
      yield { ...problem, problem: `is a port the ${what} does not listen on: ${RESULT[type]}`, allowed: String(healthPort), fix: `set ${healthPort}` };
    }
    return;
  }
  if (via === 'httpGet') {
    const why = httpProblem(processor, port, metricsPort);
    if (why) yield { ...problem, problem: `${why}: ${RESULT[type]}`, fix: `use a gRPC probe on port ${healthPort}` };
    return;
  }
  const why = grpcProblem(processor, port, metricsPort);
  if (why !== undefined) {
    yield { ...problem, problem: `${why}: ${RESULT[type]}`, allowed: String(healthPort), fix: `set ${healthPort}` };
    return;
  }
  if (port === healthPort && isPicker(processor)) yield* serviceProblems(processor.leaderElection, processor.replicas, probe, problem);
}

function httpProblem(processor: Processor, port: number, metricsPort: number): string | undefined {
  if (port === processor.grpcPort || port === processor.healthPort) return 'answers gRPC, not plain HTTP';
  if (port !== metricsPort) return `is a port the ${nameOf(processor)} does not listen on`;
  return isOn(processor.line, 'metrics-endpoint-auth', true) ? 'asks for a token, since --metrics-endpoint-auth is on, and probes have none' : undefined;
}

function grpcProblem(processor: Processor, port: number, metricsPort: number): string | undefined {
  const { grpcPort, healthPort, secureServing, line } = processor;
  if (port === healthPort) return undefined;
  if (port !== grpcPort) return port === metricsPort ? 'answers metrics, not gRPC' : `is a port the ${nameOf(processor)} does not listen on`;
  if (secureServing === undefined) return undefined;
  if (secureServing) return 'serves TLS, which probes do not speak';
  return isPicker(processor) && isOn(line, 'health-checking', false) !== false ? undefined : 'answers requests of the gateway only, no health checks';
}

function* serviceProblems(
  leaderElection: boolean | undefined, replicas: number | undefined, { type, path, service = '' }: Probe, problem: Pick<Problem, 'object' | 'severity'>,
): Iterable<Problem> {
  if (leaderElection !== true) return;
  const field = [...path, 'grpc', 'service'];
  const wanted = type === ProbeType.READINESS ? 'readiness' : 'liveness';
  const { object, severity } = problem;
  if (!['', 'readiness', 'liveness', EXT_PROC].includes(service)) {
    yield {
      object, field, value: service, severity, problem: `is unknown to it with --ha-enable-leader-election: ${RESULT[type]}`, allowed: 'readiness, liveness', fix: `set ${wanted}`,
    };
  } else if (type !== ProbeType.READINESS && service !== 'liveness' && replicas !== 1) {
    yield {
      object, field, value: service, severity: Severity.WARNING, problem: 'is served by the leader only: the pods that stand by are restarted again and again', allowed: 'liveness', fix: 'set liveness',
    };
  } else if (type === ProbeType.READINESS && service === 'liveness' && replicas !== 1) {
    yield {
      object, field, value: service, severity: Severity.WARNING, problem: 'also passes for the pods that stand by: requests that reach them answer 503', allowed: 'readiness', fix: 'set readiness',
    };
  }
}
