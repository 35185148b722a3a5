import type { Graph } from '../../graph';
import { at, items, text } from '../../json';
import { distance } from '../../presence';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { isBodyPlug, PlugType, routerPlugsOf } from '../../views/body-routers';

export const rule: GraphRule = {
  code: 'IGW1223',
  title: 'the filter of a body-based router asks a cluster that Istio does not make',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request through the gateway answers 500. Istio and the EnvoyFilter report nothing.',
  breaks: 'Envoy knows Services by names of the form outbound|9004||name.namespace.svc.cluster.local. It looks a cluster up at each request only.',
  source: 'Istio, BuildSubsetKey of pilot/pkg/model; Envoy ext_proc grpc_service',
  * check(graph) {
    for (const plug of routerPlugsOf(graph)) {
      if (plug.type !== PlugType.ENVOY_FILTER || !isBodyPlug(graph, plug)) continue;
      const field = [...plug.path, 'patch', 'value', 'typed_config', 'grpc_service', 'envoy_grpc', 'cluster_name'];
      const cluster = text(plug.object.get(...field));
      const domain = /^outbound\|.*\.svc\.(.+)$/.exec(cluster ?? '')?.[1];
      if (cluster !== undefined && domain !== undefined && isMisspelt(domain)) {
        const meant = cluster.slice(0, -domain.length) + DOMAIN;
        yield { object: plug.object, field, value: cluster, problem: 'is not how Istio calls the Service: every request through the gateway answers 500', allowed: meant, fix: `write ${meant}` };
      }
      // An empty one is IGW1226.
      if (plug.service || cluster === undefined || cluster === '' || cluster.includes('|') || clusters(graph).has(cluster)) continue;
      const service = graph.namesakes('', 'Service', cluster.split('.')[0])[0];
      yield {
        object: plug.object,
        field,
        value: cluster,
        problem: `${service ? `is the name of ${service}, not of a cluster` : 'is no cluster that Istio makes, or an EnvoyFilter of the set adds'}: every request through the gateway answers 500`,
        allowed: 'outbound|<port>||<service>.<namespace>.svc.cluster.local',
        fix: service ? `write outbound|9004||${service.name}.${service.namespace}.svc.cluster.local` : 'write the name of the cluster of its Service',
        // Another EnvoyFilter, or the bootstrap of the proxies, may add it.
        severity: service || graph.closed ? Severity.ERROR : Severity.WARNING,
      };
    }
  },
};

const DOMAIN = 'cluster.local';

/** A cluster may have a domain of its own, but hardly one with a letter more or less. */
function isMisspelt(domain: string): boolean {
  return domain !== DOMAIN && domain.length < 30 && distance(domain, DOMAIN) <= 2;
}

/** The clusters that EnvoyFilters of the set add. */
const clusters = view((graph: Graph): ReadonlySet<string> => new Set(graph.ofKind('networking.istio.io', 'EnvoyFilter').flatMap(({ manifest }) => (
  items(manifest, ['spec', 'configPatches']).flatMap(({ value }) => text(at(value, ['patch', 'value', 'name'])) ?? [])))));
