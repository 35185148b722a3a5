import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { integer, text } from '../../json';
import { ReferenceType } from '../../reference';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { Pool, poolsOf } from '../../views/pools';
import { gatewaysBefore } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1504',
  title: 'an InferencePool behind a GKE Gateway lacks its policies',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.WARNING,
  symptom: 'Requests answer 503 "no healthy upstream", or long answers are cut after 30 seconds.',
  breaks: 'Without a HealthCheckPolicy the load balancer probes / of the pods, which model servers answer with 404, and takes them out. Routes have no timeouts there: '
    + 'timeoutSec of a GCPBackendPolicy takes the place of 30 seconds.',
  source: 'GKE Inference Gateway; chart inferencepool of the Gateway API Inference Extension with provider.name gke',
  * check(graph) {
    for (const pool of poolsOf(graph)) {
      const gateway = gatewaysBefore(graph, pool.object).find(({ implementation }) => implementation.capabilities.gcpPolicies);
      if (gateway) yield* problemsOf(graph, pool, gateway.object);
    }
  },
};

function* problemsOf(graph: Graph, pool: Pool, gateway: GraphObject): Iterable<Problem> {
  const policies = graph.edgesTo(pool.object).filter(({ type }) => type === ReferenceType.TARGET).map(({ from }) => from);
  const ofKind = (kind: string) => policies.filter((policy) => policy.kind === kind && policy.group === 'networking.gke.io');
  const problem = { object: pool.object, field: ['metadata', 'name'], value: pool.name, related: [{ object: gateway, field: ['spec', 'gatewayClassName'], note: 'a Gateway of GKE' }] };
  const [check] = ofKind('HealthCheckPolicy');
  if (!check) {
    yield {
      ...problem, problem: `is behind ${gateway} and has no HealthCheckPolicy: the load balancer probes /, gets 404, and sends no requests to the pods`,
      fix: 'add a HealthCheckPolicy with the targetRef of the pool, for the path /health of its port', severity: graph.closed ? Severity.ERROR : Severity.WARNING,
    };
  } else {
    const port = ['httpHealthCheck', 'httpsHealthCheck', 'http2HealthCheck', 'grpcHealthCheck', 'tcpHealthCheck'].map((way) => ['spec', 'default', 'config', way, 'port'])
      .find((path) => integer(check.get(...path)) !== undefined);
    const ports = pool.targetPorts.map(({ number }) => number);
    if (port && ports.length > 0 && !ports.includes(check.get(...port) as number)) {
      yield {
        object: check, field: port, value: check.get(...port), problem: `is no target port of ${pool.object}: the load balancer finds no healthy pod`,
        allowed: ports.join(', '), fix: 'probe a port of the pool', related: [{ object: pool.object, field: ['spec', 'targetPorts'], note: 'the ports of the pool' }],
      };
    }
  }
  const backend = ofKind('GCPBackendPolicy');
  if (backend.some((policy) => policy.get('spec', 'default', 'timeoutSec') !== undefined || text(policy.get('spec', 'default', 'timeoutSec')) !== undefined)) return;
  yield {
    ...problem, ...backend[0] ? { object: backend[0], field: ['spec', 'default', 'timeoutSec'], value: undefined } : {},
    problem: backend[0] ? 'is missing: answers are cut after 30 seconds' : `is behind ${gateway} and has no GCPBackendPolicy: answers are cut after 30 seconds`,
    fix: 'set timeoutSec, 300 for one, in a GCPBackendPolicy with the targetRef of the pool',
  };
}
