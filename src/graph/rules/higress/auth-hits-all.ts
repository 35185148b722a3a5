import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { map } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { gatewaysByClass } from '../../views/gateways';
import { HigressWasmPlugin, higressIngressesOf, isManaged, wasmPluginsOf } from '../../views/higress';
import { routesByGateway } from '../../views/routes';

/** Plugins that know callers by consumers: without global_auth, match rules confine them. */
const BY_CONSUMER = new Set(['key-auth', 'jwt-auth', 'basic-auth', 'hmac-auth', 'hmac-auth-apisix', 'oauth']);
const AUTHENTICATION = new Set([...BY_CONSUMER, 'ext-auth', 'simple-jwt-auth', 'oidc', 'opa']);

export const rule: GraphRule = {
  code: 'IGW1704',
  title: 'a plugin that authenticates applies to the routes of others',
  family: RuleFamily.HIGRESS,
  severity: Severity.WARNING,
  symptom: 'Applications behind the same Higress that have nothing to do with the models answer 401 or 403.',
  breaks: 'A default configuration applies to every request of the gateway that no match rule takes, whoever owns the route.',
  source: 'gpustack/gpustack#5744; Higress, WasmPlugin.defaultConfig and global_auth of key-auth',
  * check(graph) {
    for (const plugin of wasmPluginsOf(graph)) {
      if (plugin.pluginId === undefined || !AUTHENTICATION.has(plugin.pluginId) || !isGlobal(plugin, plugin.pluginId)) continue;
      const other = strangerTo(graph, plugin);
      if (!other) continue;
      yield {
        object: plugin.object,
        field: ['spec', 'defaultConfig'],
        problem: `authenticates every request of this Higress, those of ${other} too: no match rule leaves them out`,
        fix: 'set defaultConfigDisable: true, and give the configuration in matchRules that name your Ingresses',
        // Whoever runs GPUStack knows which routes are its own; anyone else may mean all.
        severity: plugin.managed ? Severity.WARNING : Severity.INFO,
        related: [{ object: other, field: ['metadata', 'name'], note: 'is authenticated as well' }],
      };
    }
  },
};

/** Whether requests are authenticated that no match rule takes. Plugins have conditions of their own. */
function isGlobal({ global, configs, matchRules }: HigressWasmPlugin, id: string): boolean {
  const config = map(configs.find(({ path }) => path[1] === 'defaultConfig' || path[1] === 'pluginConfig')?.value);
  if (!global || !Object.keys(config).some((key) => key !== '_rules_')) return false;
  if (BY_CONSUMER.has(id)) return config.global_auth === true || config.global_auth === undefined && matchRules.length === 0;
  return config.route_match_regexes === undefined && config.match_list === undefined;
}

interface Served {
  readonly managed: readonly GraphObject[];
  readonly others: readonly GraphObject[];
}

/** More are not looked at for each plugin. */
const MOST = 1000;

/** Ingresses, and routes at Gateways of Higress. */
const served = view((graph: Graph): Served => {
  const routes = (gatewaysByClass(graph).get('higress') ?? []).flatMap((gateway) => routesByGateway(graph).get(gateway) ?? []);
  const all = [...new Set([...higressIngressesOf(graph), ...routes].map(({ object }) => object))].slice(0, MOST);
  return { managed: all.filter(isManaged), others: all.filter((object) => !isManaged(object)) };
});

/** A route that belongs to someone else, going by labels, else by namespaces. */
function strangerTo(graph: Graph, { managed, matchRules }: HigressWasmPlugin): GraphObject | undefined {
  const routes = served(graph);
  const named = new Set(matchRules.flatMap(({ disabled, ingress }) => (disabled ? [] : ingress)));
  const isFree = ({ namespace, name }: GraphObject) => !named.has(name) && !named.has(`${namespace}/${name}`);
  if (managed) return routes.others.find(isFree);
  const [first, ...rest] = [...routes.others, ...routes.managed];
  return rest.find((one) => one.namespace !== first.namespace && isFree(one));
}
