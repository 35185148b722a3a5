import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { at, items, map, text, textMap } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo, view } from '../../view';
import { isBodyPlug, PlugType, routerPlugsOf } from '../../views/body-routers';
import type { Gateway } from '../../views/gateways';

export const rule: GraphRule = {
  code: 'IGW1216',
  title: 'bodies are read before requests are authenticated',
  family: RuleFamily.SERVING,
  severity: Severity.WARNING,
  symptom: 'Requests without valid credentials are refused, but only after their whole body went through the body-based router.',
  breaks: 'INSERT_FIRST puts the router before every other filter, those that check tokens included: anyone can keep it busy.',
  source: 'kubernetes-sigs/gateway-api-inference-extension#2727, #2735',
  * check(graph) {
    for (const plug of routerPlugsOf(graph)) {
      if (plug.type !== PlugType.ENVOY_FILTER || plug.operation !== 'INSERT_FIRST' || !isBodyPlug(graph, plug)) continue;
      const [policy] = plug.gateways.flatMap((gateway) => authOf(graph, gateway));
      if (!policy) continue;
      yield {
        object: plug.object,
        field: [...plug.path, 'patch', 'operation'],
        value: plug.operation,
        problem: `puts the body-based router before the filters of ${policy}: it reads bodies of requests that are then refused`,
        allowed: 'INSERT_BEFORE, INSERT_AFTER',
        fix: 'match the subFilter envoy.filters.http.router and set INSERT_BEFORE',
        related: [{ object: policy, field: ['spec'], note: 'authenticates or authorizes requests' }],
      };
    }
  },
};

const ROOT_NAMESPACE = 'istio-system';
const GATEWAY_LABEL = 'gateway.networking.k8s.io/gateway-name';
const AUTH_FILTER = /jwt_authn|ext_authz|oauth2|basic_auth|api_key_auth/;

interface Policies {
  readonly byGateway: ReadonlyMap<string, readonly GraphObject[]>;
  readonly byNamespace: ReadonlyMap<string, readonly GraphObject[]>;
}

/** What authenticates or authorizes requests, by the Gateway it names, or by namespace when it names none. */
const policies = view((graph: Graph): Policies => {
  const byGateway = new Map<string, GraphObject[]>();
  const byNamespace = new Map<string, GraphObject[]>();
  const filters = graph.ofKind('networking.istio.io', 'EnvoyFilter').filter(({ manifest }) => items(manifest, ['spec', 'configPatches']).some(({ value }) => (
    AUTH_FILTER.test(text(at(value, ['patch', 'value', 'typed_config', '@type'])) ?? ''))));
  const kinds = ['RequestAuthentication', 'AuthorizationPolicy'].flatMap((kind) => graph.ofKind('security.istio.io', kind));
  for (const object of [...kinds, ...filters]) {
    const { namespace = '', manifest } = object;
    const targets = [...items(manifest, ['spec', 'targetRefs']).map(({ value }) => value), object.get('spec', 'targetRef')]
      .filter((target) => text(map(target).kind) === 'Gateway');
    const labels = textMap(object.get('spec', 'selector', 'matchLabels') ?? object.get('spec', 'workloadSelector', 'labels'));
    const named = [...targets.flatMap((target) => text(map(target).name) ?? []), ...labels.has(GATEWAY_LABEL) ? [labels.get(GATEWAY_LABEL)!] : []];
    named.forEach((name) => addTo(byGateway, `${namespace}/${name}`, object));
    const hasTargets = object.get('spec', 'targetRef') !== undefined || items(manifest, ['spec', 'targetRefs']).length > 0;
    if (!hasTargets && labels.size === 0) addTo(byNamespace, namespace, object);
  }
  return { byGateway, byNamespace };
});

function authOf(graph: Graph, { namespace, name }: Gateway): readonly GraphObject[] {
  const { byGateway, byNamespace } = policies(graph);
  return [...byGateway.get(`${namespace}/${name}`) ?? [], ...byNamespace.get(namespace) ?? [], ...byNamespace.get(ROOT_NAMESPACE) ?? []];
}
