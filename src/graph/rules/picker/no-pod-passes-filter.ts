import { checkConfigText } from '../../../pool';
import type { Graph } from '../../graph';
import { list, map, text } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { Picker, pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';

export const rule: GraphRule = {
  code: 'IGW1310',
  title: 'a filter of the endpoint picker leaves no pod',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 429, ResourceExhausted, although pods are Ready and idle.',
  breaks: 'decode-filter keeps pods without the label llm-d.ai/role and those that decode. All pods of the pool have another role.',
  source: 'llm-d/llm-d-inference-scheduler pkg/plugins/filter/pd_role.go, llm-d/llm-d-router; observed with the inference scheduler',
  * check(graph) {
    for (const picker of pickersOf(graph)) yield* problemsOf(graph, picker);
  },
};

const ROLE = 'llm-d.ai/role';
const DECODING = ['decode', 'both', 'prefill-decode', 'encode-prefill-decode'];

function* problemsOf(graph: Graph, picker: Picker): Iterable<Problem> {
  const { configuration, build } = picker;
  if (!configuration || !configuration.includes('decode-filter')) return;
  const { document } = checkConfigText(configuration, build, true);
  const plugins = list(document?.plugins).map((plugin) => ({ name: text(map(plugin).name) || text(map(plugin).type), type: text(map(plugin).type) }));
  const used = new Set(list(document?.schedulingProfiles).flatMap((profile) => list(map(profile).plugins).map((plugin) => map(plugin).pluginRef)));
  const filter = plugins.find(({ name, type }) => type === 'decode-filter' && used.has(name));
  if (!filter) return;
  for (const pool of poolsOfPicker(graph, picker)) {
    if (pool.selects.length === 0 || pool.selects.some(({ workload }) => workload.opaque)) continue;
    const refused = pool.selects.filter(({ labels }) => labels.has(ROLE) && !DECODING.includes(labels.get(ROLE)!));
    if (refused.length < pool.selects.length) continue;
    const [{ workload, path, labels }] = refused;
    yield {
      object: workload.object,
      field: [...path, 'metadata', 'labels', ROLE],
      value: labels.get(ROLE),
      problem: `is the role of all pods of ${pool.object}, and the endpoint picker ${picker.object.name} uses decode-filter, which leaves none of them: requests answer 429`,
      allowed: DECODING.slice(0, 2).join(', '),
      fix: 'add pods that decode, or set both',
      related: [{ object: picker.object, field: ['metadata', 'name'], note: 'the endpoint picker with the filter' }],
    };
  }
}
