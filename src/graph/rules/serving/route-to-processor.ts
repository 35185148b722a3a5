import type { Graph } from '../../graph';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { bodyRoutersOf } from '../../views/body-routers';
import { pickersOf } from '../../views/endpoint-pickers';
import { POOL_GROUP } from '../../views/pools';
import { Processor } from '../../views/processors';
import { usesOf } from '../../views/routes';
import { targetPortIn } from '../../views/services';

export const rule: GraphRule = {
  code: 'IGW1227',
  title: 'a route sends requests to an endpoint picker or body-based router itself',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request of the rule answers 404, 415 or 500. The model servers get none.',
  breaks: 'Pickers and routers only answer what the gateway asks them, over gRPC. A route leads to the InferencePool, and the gateway asks the picker of the pool by itself.',
  source: 'Gateway API Inference Extension, the endpoint picker protocol',
  * check(graph) {
    for (const picker of pickersOf(graph)) yield* problemsOf(graph, picker, 'the endpoint picker', picker.pool?.name);
    for (const router of bodyRoutersOf(graph)) yield* problemsOf(graph, router, 'the body-based router');
  },
};

function* problemsOf(graph: Graph, processor: Processor, what: string, pool?: string): Iterable<Problem> {
  const { services, template, object, grpcPort, healthPort } = processor;
  for (const service of services) {
    for (const { route, backend } of usesOf(graph, service.object)) {
      // Another container of the pod may well serve requests.
      const port = service.ports.find((one) => one.port === backend.port);
      const target = port && targetPortIn(port, template.containers);
      if (target === undefined || route.kind === 'TCPRoute' || (target !== grpcPort && target !== healthPort)) continue;
      yield {
        object: route.object,
        field: backend.path,
        value: `Service ${service.namespace}/${service.name}`,
        problem: `leads to ${what} ${object.name}, which serves no models: requests fail`,
        allowed: 'an InferencePool, or the Service of the model servers',
        fix: pool === undefined ? 'name the InferencePool' : `write group: ${POOL_GROUP}, kind: InferencePool, name: ${pool}`,
      };
    }
  }
}
