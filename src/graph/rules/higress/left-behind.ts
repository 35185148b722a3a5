import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { bridgesOf, wasmPluginsByNamespace, wasmPluginsOf } from '../../views/higress';
import { workloadsOf } from '../../views/workloads';

export const rule: GraphRule = {
  code: 'IGW1711',
  title: 'a plugin is left behind, or where Higress does not read it',
  family: RuleFamily.HIGRESS,
  severity: Severity.WARNING,
  symptom: 'A plugin of an older GPUStack goes on changing requests; or a plugin does nothing at all.',
  breaks: 'GPUStack deletes no plugins when it is upgraded. Higress reads WasmPlugins of its own namespace only. Of plugins with the same phase and priority, the name decides.',
  source: 'Observed with GPUStack: after an upgrade gpustack-generic-route-transformer stays, active at priority 905; alibaba/higress pkg/ingress/config/ingress_config.go: AddOrUpdateWasmPlugin',
  * check(graph) {
    for (const [namespace, plugins] of wasmPluginsByNamespace(graph)) {
      const old = plugins.find(({ name }) => name === 'gpustack-generic-route-transformer');
      const newer = plugins.find(({ url = '' }) => url.includes('/gpustack-generic-proxy-router'));
      if (old && newer) yield stale(old, newer);
      const places = new Map<string, typeof plugins[number]>();
      for (const plugin of plugins) {
        const key = JSON.stringify([plugin.phase, plugin.priority]);
        const first = places.get(key);
        if (first) yield tie(plugin, first);
        else places.set(key, plugin);
      }
      const home = homes(graph);
      if (home.size > 0 && !home.has(namespace)) yield elsewhere(plugins[0], [...home]);
    }
  },
};

type Plugin = ReturnType<typeof wasmPluginsOf>[number];

function stale({ object, priority }: Plugin, newer: Plugin): Problem {
  return {
    object, field: ['metadata', 'name'], value: object.name,
    problem: `is of an older GPUStack than ${newer.name}, which does its work, and goes on adding headers at priority ${priority}`,
    fix: 'delete it', related: [{ object: newer.object, field: ['spec', 'url'], note: 'the plugin of the newer release' }],
  };
}

function tie({ object, phase, priority }: Plugin, first: Plugin): Problem {
  return {
    object, field: ['spec', 'priority'], value: priority, problem: `is that of ${first.name} in phase ${phase} as well: ${first.name} runs first, by its name`,
    fix: 'give them different priorities if the order matters', severity: Severity.INFO, related: [{ object: first.object, field: ['spec', 'priority'], note: 'the other one' }],
  };
}

/** Where Higress runs, as far as the set shows it. */
const homes = view((graph: Graph): ReadonlySet<string> => {
  const gateways = workloadsOf(graph).filter(({ templates }) => templates.some(({ labels }) => labels.has('higress') || labels.get('app') === 'higress-gateway'));
  return new Set([...bridgesOf(graph).map(({ namespace }) => namespace), ...gateways.map(({ namespace }) => namespace)]);
});

function elsewhere({ object, namespace }: Plugin, home: readonly string[]): Problem {
  return {
    object, field: ['metadata', 'namespace'], value: namespace, problem: 'is not the namespace of Higress, which ignores WasmPlugins of others', allowed: home.slice(0, 6).join(', '), fix: `move the plugins to namespace ${home[0]}`,
  };
}
