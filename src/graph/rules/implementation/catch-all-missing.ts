import { GraphRule, RuleFamily, Severity } from '../../rule';
import { isBodyPlug, plugsByGateway, PlugType } from '../../views/body-routers';
import { isModelHeader } from '../../views/model-headers';
import { routesByGateway } from '../../views/routes';

export const rule: GraphRule = {
  code: 'IGW1507',
  title: 'Envoy Gateway never asks the body-based router',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.ERROR,
  symptom: 'Every request answers 404, unless the client sets the model header itself. The router runs and gets no requests.',
  breaks: 'Envoy Gateway adds ext_proc to the chain switched off, and switches it on for each route. A request without the model header matches no route that '
    + 'wants it, so the router is not asked. A route that matches every request has it asked; the route of the model then wins, by its header.',
  source: 'envoyproxy/gateway internal/xds/translator/extproc.go, v1.4.0 to v1.8.3',
  * check(graph) {
    for (const [gateway, plugs] of plugsByGateway(graph)) {
      const plug = plugs.find((one) => one.type === PlugType.ENVOY_EXTENSION_POLICY && isBodyPlug(graph, one));
      if (gateway.className !== 'eg' || !plug) continue;
      const rules = (routesByGateway(graph).get(gateway) ?? []).flatMap((route) => route.rules.map((one) => ({ route, ...one })));
      const byModel = rules.find(({ matches }) => matches.some(({ headers }) => headers.some(({ name }) => isModelHeader(name))));
      // A route for some paths only may be enough for those.
      if (!byModel || rules.some(({ matches }) => matches.some(({ headers }) => headers.length === 0))) continue;
      yield {
        object: gateway.object,
        field: ['metadata', 'name'],
        value: gateway.name,
        problem: 'has no route that takes requests without the model header, and Envoy Gateway runs the body-based router on routes only: requests answer 404',
        fix: 'add an HTTPRoute that matches every request and answers 404 by an HTTPRouteFilter',
        related: [{ object: plug.object, field: plug.path, note: 'the router' }, { object: byModel.route.object, field: byModel.path, note: 'matches on the model' }],
      };
    }
  },
};
