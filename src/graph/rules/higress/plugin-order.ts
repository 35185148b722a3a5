import { checkPluginChain } from '../../../higress/checks';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { wasmPluginsByNamespace } from '../../views/higress';

/** No chain is longer; more are generated. */
const LONGEST = 300;

export const rule: GraphRule = {
  code: 'IGW1701',
  title: 'plugins of Higress run in an order that does not work',
  family: RuleFamily.HIGRESS,
  severity: Severity.ERROR,
  symptom: 'Requests answer 404, pass without authentication, or are counted and cached in the wrong format.',
  breaks: 'The plugins of one Higress are one chain: by phase (AUTHN, AUTHZ, STATS, UNSPECIFIED_PHASE), then by priority, higher ones first. Each sees what those '
    + 'before it made of a request.',
  source: 'higress-group/higress#4610, higress-console#777, higress#1424, #3571; the code of the plugins',
  * check(graph) {
    for (const plugins of wasmPluginsByNamespace(graph).values()) {
      const byName = new Map(plugins.map((plugin) => [plugin.name, plugin]));
      const chain = plugins.slice(0, LONGEST).map(({ name, pluginId, phase, priority, configs, matchRules }) => ({
        name, pluginId, phase, priority, configs: configs.map(({ value }) => value),
        matchesRoutes: matchRules.some(({ disabled, ingress, service }) => !disabled && (ingress.length > 0 || service.length > 0)),
      }));
      for (const { field, value, problem, allowed, fix } of checkPluginChain(chain)) {
        const plugin = byName.get(field);
        if (plugin) yield { object: plugin.object, field: ['spec', 'priority'], value, problem, allowed, fix };
      }
    }
  },
};
