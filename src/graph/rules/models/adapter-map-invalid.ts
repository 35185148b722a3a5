import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { AdapterMap, adapterMapsOf, MANAGED_LABEL } from '../../views/adapter-maps';

export const rule: GraphRule = {
  code: 'IGW1406',
  title: 'the body-based router cannot read a ConfigMap of adapters',
  family: RuleFamily.MODELS,
  severity: Severity.ERROR,
  symptom: 'Requests for the adapters answer 404. The log of the body-based router says "failed to parse configmap".',
  breaks: `The router reads ConfigMaps whose label ${MANAGED_LABEL} is exactly "true": data.baseModel is one name, data.adapters a YAML list of names in a text.`,
  source: 'pkg/bbr/plugins/basemodelextractor/adapters_store.go of the Gateway API Inference Extension v1.5.0',
  * check(graph) {
    const maps = adapterMapsOf(graph);
    for (const map of maps) yield* problemsOf(map);
    yield* conflicts(maps);
  },
};

function* problemsOf({ object, managed, baseModel, error }: AdapterMap): Iterable<Problem> {
  const label = object.get('metadata', 'labels', MANAGED_LABEL);
  if (label !== undefined && !managed) {
    yield {
      object, field: ['metadata', 'labels', MANAGED_LABEL], value: label, problem: 'is not "true": the body-based router does not read this ConfigMap', allowed: '"true"', fix: 'write "true", in quotes',
      severity: typeof label === 'string' && /^(false|no|off)$/i.test(label) ? Severity.INFO : Severity.ERROR,
    };
    return;
  }
  if (!managed) return;
  if (baseModel === undefined) {
    const wrong = Object.keys(Object(object.get('data')) as object).find((key) => key !== 'baseModel' && key.toLowerCase().replace(/[^a-z]/g, '') === 'basemodel');
    yield {
      object, field: ['data', 'baseModel'], problem: 'is missing or empty: the body-based router refuses this ConfigMap', fix: wrong ? `rename ${wrong} to baseModel` : 'set it to the name that pods serve',
    };
  }
  if (error !== undefined) {
    yield {
      object, field: ['data', 'adapters'], value: object.get('data', 'adapters'), problem: `${error}: the body-based router refuses this ConfigMap`,
      allowed: 'a YAML list of names in a text', fix: 'write adapters: | and below it one "- name" for each adapter',
    };
  }
}

/** One adapter of two base models: which one counts depends on what the router reads last. */
function* conflicts(maps: readonly AdapterMap[]): Iterable<Problem> {
  const owner = new Map<string, AdapterMap>();
  for (const map of maps) {
    if (!map.managed || map.baseModel === undefined) continue;
    for (const [index, adapter] of (map.adapters ?? []).entries()) {
      const first = owner.get(JSON.stringify([map.namespace, adapter]));
      if (!first) owner.set(JSON.stringify([map.namespace, adapter]), map);
      else if (first.baseModel !== map.baseModel) {
        yield {
          object: map.object, field: ['data', 'adapters'], value: adapter,
          problem: `is number ${index + 1} of the list and an adapter of ${first.baseModel} as well, in ${first.object}: the ConfigMap that is read last decides`,
          fix: 'name each adapter in one ConfigMap', severity: Severity.WARNING, related: [{ object: first.object, field: ['data', 'adapters'], note: 'the other one' }],
        };
      }
    }
  }
}
