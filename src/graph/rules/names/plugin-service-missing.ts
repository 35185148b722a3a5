import type { Graph } from '../../graph';
import { at, text } from '../../json';
import { lookalike } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { isBodyPlug, PlugType, RouterPlug, routerPlugsOf } from '../../views/body-routers';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1018',
  title: 'a filter sends requests to a Service that does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'Every request through the Gateway answers 500, whichever model it is for.',
  breaks: 'The gateway asks an external processor, such as the body-based router, before it chooses a route, and failure_mode_allow is false most of the time.',
  source: 'Istio, EnvoyFilter; Envoy clusters of Istio are named outbound|port||service.namespace.svc.cluster.local',
  * check(graph) {
    for (const plug of routerPlugsOf(graph)) {
      yield* clusterProblems(plug);
      // The port of a body-based router is IGW1203.
      if (!isBodyPlug(graph, plug)) yield* portProblems(plug);
    }
    yield* missingProblems(graph);
  },
};

function* missingProblems(graph: Graph): Iterable<Problem> {
  for (const reference of graph.edges) {
    const { type, from: object, path, namespace, name } = reference;
    if (type !== ReferenceType.PLUGIN_SERVICE || graph.presence(reference) !== 'missing') continue;
    const meant = lookalike(graph, reference) ?? graph.namesakes('', 'Service', name)[0];
    const isCluster = path.at(-1) === 'cluster_name';
    const here = namesOf(graph, '', 'Service', namespace);
    const moved = meant !== undefined && meant.namespace !== namespace;
    yield {
      object,
      field: isCluster ? path : [...path, 'name'],
      value: isCluster ? object.get(...path) : name,
      problem: `leads to no Service: there is none named ${name} in namespace ${namespace}`,
      allowed: here.length > 0 ? nearestFirst(here, name) : undefined,
      fix: meant ? `name ${moved ? `${meant.name}.${meant.namespace}` : meant.name}` : 'name the Service of the body-based router, or add it',
    };
  }
}

function* portProblems({ object, service, type }: RouterPlug): Iterable<Problem> {
  if (!service?.object || service.port === undefined) return;
  const ports = service.object.ports.map(({ port }) => port);
  if (ports.length === 0 || ports.includes(service.port)) return;
  const isCluster = type === PlugType.ENVOY_FILTER;
  yield {
    object,
    field: isCluster ? service.path : [...service.path, 'port'],
    value: isCluster ? at(object.manifest, service.path) : service.port,
    problem: `${isCluster ? `has port ${service.port}, which ` : ''}is no port of Service ${service.namespace}/${service.name}`,
    allowed: ports.join(', '),
    fix: 'name the gRPC port of the Service',
    related: [{ object: service.object.object, field: ['spec', 'ports'], note: 'the ports there are' }],
  };
}

/** Names of Istio's clusters that Istio never makes. */
function* clusterProblems({ object, path, service, type }: RouterPlug): Iterable<Problem> {
  if (type !== PlugType.ENVOY_FILTER || service) return;
  const field = [...path, 'patch', 'value', 'typed_config', 'grpc_service', 'envoy_grpc', 'cluster_name'];
  const cluster = text(at(object.manifest, field));
  if (cluster === undefined || !/^(in|out)bound\b|\|/.test(cluster) || cluster.endsWith('.local')) return;
  yield {
    object, field, value: cluster, problem: 'is no name of a cluster that Istio makes', allowed: 'outbound|<port>||<service>.<namespace>.svc.cluster.local',
    fix: 'write the whole name, with namespace and svc.cluster.local',
  };
}
