import { BodyRouting } from '../../../gateway';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { isBodyPlug, PlugType, routerPlugsOf } from '../../views/body-routers';

export const rule: GraphRule = {
  code: 'IGW1503',
  title: 'the body-based router is plugged in as for another implementation',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.WARNING,
  symptom: 'Every request answers 404, unless the client sets the model header itself. The filter is there, and nothing reads it.',
  breaks: 'An EnvoyFilter is read by Istio, a GCPRoutingExtension by GKE, an EnvoyExtensionPolicy by Envoy Gateway, an AgentgatewayPolicy by agentgateway. '
    + 'The class of the Gateway says which of them is there.',
  source: 'Gateway API Inference Extension, chart body-based-routing: provider.name; observed with Istio 1.30 and a Gateway of another class',
  * check(graph) {
    for (const plug of routerPlugsOf(graph)) {
      if (!isBodyPlug(graph, plug)) continue;
      for (const gateway of plug.gateways) {
        const routing: string | undefined = gateway.implementation.capabilities.bodyRouting ?? (gateway.className === 'kgateway' ? BodyRouting.NONE : undefined);
        if (!gateway.known || routing === undefined || routing === plug.type) continue;
        const owner = OWNERS[plug.type];
        yield {
          object: plug.object,
          field: ['kind'],
          value: plug.object.kind,
          problem: `is read by ${owner.name}, and ${gateway.object} is of class ${gateway.className}: nothing reads models from requests`,
          allowed: routing === BodyRouting.NONE ? undefined : routing,
          fix: routing === BodyRouting.NONE
            ? `name the class ${owner.className} in the Gateway if ${owner.name} is meant`
            : `write ${/^[AE]/.test(routing) ? 'an' : 'a'} ${routing} for this Gateway, or name the class ${owner.className} in it if ${owner.name} is meant`,
          related: [{ object: gateway.object, field: ['spec', 'gatewayClassName'], note: 'the class of the Gateway' }],
        };
      }
    }
  },
};

const OWNERS: Readonly<Record<PlugType, { name: string; className: string }>> = {
  [PlugType.ENVOY_FILTER]: { name: 'Istio', className: 'istio' },
  [PlugType.GCP_ROUTING_EXTENSION]: { name: 'GKE', className: 'gke-l7-regional-external-managed' },
  [PlugType.ENVOY_EXTENSION_POLICY]: { name: 'Envoy Gateway', className: 'eg' },
  [PlugType.AGENTGATEWAY_POLICY]: { name: 'agentgateway', className: 'agentgateway' },
};
