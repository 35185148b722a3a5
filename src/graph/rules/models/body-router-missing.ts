import { BodyRouting } from '../../../gateway';
import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { BodyRouter, bodyRoutersOf, isBodyPlug, RouterPlug, routerPlugsOf } from '../../views/body-routers';
import { Gateway } from '../../views/gateways';
import { isModelHeader, modelHeadersOf } from '../../views/model-headers';
import { HeaderMatch, Route, routesByGateway } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1404',
  title: 'routes match on the model, and nothing reads it from the requests',
  family: RuleFamily.MODELS,
  severity: Severity.ERROR,
  symptom: 'Every request answers 404, unless the client sets the model header itself. Gateway and routes are Accepted and Programmed.',
  breaks: 'The model of a request stands in its body, and routes see headers. A body-based router, plugged into this very Gateway, or a policy '
    + 'or plugin of the gateway copies one to the other.',
  source: 'Gateway API Inference Extension, body-based routing; observed with Istio 1.30: 404 without a body-based router',
  * check(graph) {
    for (const [gateway, routes] of routesByGateway(graph)) {
      const { plugs, headers, unknown } = modelHeadersOf(graph, gateway);
      if (plugs.length > 0 || headers.size > 0 || unknown || isReportedElsewhere(graph, gateway)) continue;
      const matches = routes.flatMap((route) => {
        const header = headerOf(route);
        return header ? [{ route, header }] : [];
      });
      if (matches.length > 0) yield problemOf(graph, gateway, matches);
    }
  },
};

/** A match on the model; routes that take requests without it as well answer. */
function headerOf(route: Route): HeaderMatch | undefined {
  return route.rules.flatMap(({ matches }) => matches).flatMap(({ headers }) => headers).find(({ name }) => isModelHeader(name));
}

const strayPlugs = view((graph: Graph): readonly RouterPlug[] => routerPlugsOf(graph)
  .filter((plug) => plug.gateways.length === 0 && isBodyPlug(graph, plug)));

/** A filter in the wrong namespace or with a misspelt target is IGW1221. */
function isReportedElsewhere(graph: Graph, { name, namespace }: Gateway): boolean {
  return strayPlugs(graph).some((plug) => plug.everyGateway || plug.namespace === namespace || plug.targets.length === 0
    || plug.targets.some((target) => target.name === name));
}

const FIXES: Readonly<Record<BodyRouting, string>> = {
  [BodyRouting.ENVOY_FILTER]: 'add a body-based router and an EnvoyFilter that sends requests to it, in the namespace of the Gateway',
  [BodyRouting.GCP_ROUTING_EXTENSION]: 'add a body-based router and a GCPRoutingExtension for the Gateway',
  [BodyRouting.ENVOY_EXTENSION_POLICY]: 'add a body-based router and an EnvoyExtensionPolicy for the Gateway',
  [BodyRouting.AGENTGATEWAY_POLICY]: 'add an AgentgatewayPolicy of phase PreRouting that sets the header to json(request.body).model',
  [BodyRouting.WASM_PLUGIN]: 'add the WasmPlugin model-router of Higress',
  [BodyRouting.NONE]: 'put something before the Gateway that sets the header, or route by path or hostname',
};

function problemOf(graph: Graph, gateway: Gateway, matches: readonly { route: Route; header: HeaderMatch }[]): Problem {
  const [{ header }] = matches;
  const routing = gateway.implementation.capabilities.bodyRouting ?? BodyRouting.NONE;
  const router: BodyRouter | undefined = bodyRoutersOf(graph).find(({ plugs }) => plugs.length === 0) ?? bodyRoutersOf(graph)[0];
  const elsewhere = router?.plugs.flatMap(({ gateways }) => gateways)[0];
  const there = !router ? '' : elsewhere
    ? `; the body-based router ${router.object.name} is plugged into ${elsewhere.object}`
    : `; ${router.object} is there, and nothing sends it the requests of this Gateway`;
  const fix = FIXES[routing];
  return {
    object: gateway.object,
    field: ['metadata', 'name'],
    value: gateway.name,
    problem: `has no body-based router, and routes match on ${header.name}: `
      + `clients do not send that header, so nothing matches and requests answer 404${there}`,
    fix: `${router && routing === BodyRouting.ENVOY_FILTER ? 'add an EnvoyFilter for this Gateway, in its namespace' : fix}; when one is installed from elsewhere, mute this for the Gateway and say so`,
    // There a proxy before the Gateway is the only way.
    ...routing === BodyRouting.NONE ? { severity: Severity.WARNING } : {},
    related: matches.slice(0, 5).map(({ route, header: { path } }) => ({ object: route.object, field: path, note: 'matches on a header that nothing sets' })),
  };
}
