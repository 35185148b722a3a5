import type { Graph } from '../../graph';
import { integer, map, text } from '../../json';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { bodyRoutersOf, PlugType } from '../../views/body-routers';

export const rule: GraphRule = {
  code: 'IGW1218',
  title: 'GKE checks the health of a body-based router in the wrong way',
  family: RuleFamily.SERVING,
  severity: Severity.WARNING,
  symptom: 'The backend of the router is unhealthy in the load balancer, and requests fail.',
  breaks: 'Without a HealthCheckPolicy GKE asks for / over HTTP on the serving port, where the router speaks gRPC only. It answers health checks '
    + 'over gRPC on port 9005.',
  source: 'Gateway API Inference Extension, chart body-based-routing, provider gke',
  * check(graph) {
    for (const { plugs, services, healthPort } of bodyRoutersOf(graph)) {
      if (!plugs.some(({ type }) => type === PlugType.GCP_ROUTING_EXTENSION)) continue;
      for (const { object } of services) {
        if (!plugs.some(({ service }) => service?.object?.object === object)) continue;
        const policy = policies(graph).get(object);
        if (!policy) {
          yield {
            object,
            field: ['metadata', 'name'],
            value: object.name,
            problem: 'has no HealthCheckPolicy: GKE takes the body-based router for unhealthy',
            fix: `add a HealthCheckPolicy that targets it, of type GRPC and port ${healthPort ?? 9005}`,
          };
          continue;
        }
        const config = map(policy.get('spec', 'default', 'config'));
        const port = integer(map(config.grpcHealthCheck).port);
        if (text(config.type) !== 'GRPC') {
          yield {
            object: policy,
            field: ['spec', 'default', 'config', 'type'],
            ...config.type === undefined ? {} : { value: config.type },
            problem: 'is not what the body-based router answers',
            allowed: 'GRPC',
            fix: 'set GRPC',
          };
        } else if (port !== undefined && healthPort !== undefined && port !== healthPort) {
          yield {
            object: policy,
            field: ['spec', 'default', 'config', 'grpcHealthCheck', 'port'],
            value: port,
            problem: 'is not the health port of the body-based router',
            allowed: String(healthPort),
            fix: `set ${healthPort}`,
          };
        }
      }
    }
  },
};

/** The HealthCheckPolicies of the set by what they target. */
const policies = view((graph: Graph) => new Map(graph.ofKind('networking.gke.io', 'HealthCheckPolicy').flatMap((policy) => (
  graph.edgesFrom(policy).flatMap(({ type, to }) => (type === ReferenceType.TARGET && to ? [[to, policy] as const] : []))))));
