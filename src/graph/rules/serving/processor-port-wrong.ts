import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { nameOf, Processor, ProcessorLink, processorLinks } from '../../views/processors';
import { containerPort, ServicePort, targetPortIn } from '../../views/services';

export const rule: GraphRule = {
  code: 'IGW1203',
  title: 'the port of an endpoint picker or body-based router leads nowhere',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 500; for a body-based router, every request through the gateway. All conditions are True.',
  breaks: 'The gateway asks a port that the Service does not have, that nothing listens on, or where health checks or metrics are answered.',
  source: 'pkg/epp/server/options.go and pkg/bbr/server/options.go of the Gateway API Inference Extension; observed with v1.5.0 and Istio 1.30',
  * check(graph) {
    for (const link of processorLinks(graph)) yield* problemsOf(link);
  },
};

function* problemsOf(link: ProcessorLink): Iterable<Problem> {
  const { from, portPath, port, service, servicePort, severity, what } = link;
  if (port === undefined) return;
  const [processor] = link.processors;
  const problem = { object: from, field: portPath, value: link.portPath === link.path ? from.get(...portPath) : port, severity };
  if (!servicePort) {
    const usual = processor && service.ports.find((candidate) => [candidate.targetPort, candidate.port].includes(processor.grpcPort!));
    const near = role(processor, port);
    yield {
      ...problem,
      problem: `is no port of ${service.object}${near ? `: ${port} is ${near} of the ${what}` : ''}; ${link.outcome}`,
      allowed: service.ports.map((candidate) => candidate.port).join(', ') || 'none',
      fix: usual ? `set port ${usual.port}` : `add port ${port} to the Service, or name one it has`,
    };
    return;
  }
  if (servicePort.protocol !== 'TCP') {
    yield {
      object: service.object, field: [...servicePort.path, 'protocol'], value: servicePort.protocol, severity, problem: `is not what the ${what} speaks; ${link.outcome}`, allowed: 'TCP', fix: 'set TCP',
    };
  }
  for (const candidate of link.processors) yield* behind(link, servicePort, candidate, problem);
}

/** What listens behind the port in the pods of a processor. */
function* behind(
  link: ProcessorLink, servicePort: ServicePort, processor: Processor, problem: Pick<Problem, 'object' | 'field' | 'value' | 'severity'>,
): Iterable<Problem> {
  const { service, severity, what, outcome } = link;
  const { grpcPort, container, object } = processor;
  const target = targetPortIn(servicePort, [container, ...processor.template.containers]);
  if (target === undefined) {
    const names = container.ports.flatMap(({ name }) => name ?? []);
    yield {
      object: service.object,
      field: [...servicePort.path, 'targetPort'],
      value: servicePort.targetPort,
      severity,
      problem: `is the name of no port of ${object}; ${outcome}`,
      allowed: names.join(', ') || 'numbers',
      fix: `set ${container.ports.find(({ port }) => port === grpcPort)?.name ?? grpcPort ?? 'the port it listens on'}`,
    };
    return;
  }
  if (grpcPort === undefined || target === grpcPort) return;
  const declared = processor.template.containers.some((other) => other !== container && containerPort([other], target));
  // Another container of the pods, a proxy for one, may be what is meant.
  if (declared) return;
  const fitting = service.ports.find((candidate) => targetPortIn(candidate, [container]) === grpcPort);
  const near = role(processor, target);
  const why = near ? `${near} of the ${what}` : `a port that the ${what} does not listen on`;
  const flag = processor.line.flags.some(({ name }) => name === 'grpc-port');
  const listens = `it listens on ${grpcPort}${flag ? ', as --grpc-port says' : ''}`;
  if (fitting) {
    yield {
      ...problem, problem: `leads through ${service.object} to ${target}, ${why}: ${listens}; ${outcome}`, allowed: String(fitting.port), fix: `name port ${fitting.port}`,
    };
  } else {
    const explicit = service.object.get(...servicePort.path, 'targetPort') !== undefined;
    yield {
      object: service.object,
      field: [...servicePort.path, explicit ? 'targetPort' : 'port'],
      value: servicePort.targetPort,
      severity,
      problem: `is ${why}: ${listens}; ${outcome}`,
      fix: near ? `set targetPort ${grpcPort}` : `set targetPort ${grpcPort}, or give the ${nameOf(processor)} the flag --grpc-port=${target}`,
      related: [{ object, field: [...container.path, 'args'], note: `the flags of the ${what}` }],
    };
  }
}

function role(processor: Processor | undefined, port: number): string | undefined {
  if (!processor || port === processor.grpcPort) return undefined;
  if (port === processor.healthPort) return 'the health port';
  return port === ('metricsPort' in processor ? processor.metricsPort : 9090) ? 'the metrics port' : undefined;
}
