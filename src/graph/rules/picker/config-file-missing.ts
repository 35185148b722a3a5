import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { keysOf } from '../../views/config-source';
import { Picker, pickersOf } from '../../views/endpoint-pickers';
import { pickerSeverity } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1302',
  title: 'the configuration file of an endpoint picker is not where its flag says',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'The endpoint picker restarts again and again, and every request to the model answers 500.',
  breaks: 'The endpoint picker reads the file of --config-file at start and exits when there is none.',
  source: 'cmd/epp/runner/runner.go of the Gateway API Inference Extension; observed with v1.5.0',
  * check(graph) {
    for (const picker of pickersOf(graph)) yield* problemsOf(picker, pickerSeverity(graph, picker));
  },
};

function* problemsOf({ object, configFile, build }: Picker, severity: Severity): Iterable<Problem> {
  if (!configFile) return;
  const { flag, file, source } = configFile;
  const problem = { object, field: flag.valuePath, value: file, severity };
  if (!source.mount) {
    yield {
      ...problem,
      problem: 'is in no volume that the container mounts',
      fix: 'mount the ConfigMap with the configuration in its folder',
      // The images of upstream hold no configuration; another one may.
      ...build ? {} : { severity: Severity.WARNING },
    };
  } else if (source.empty) {
    yield { ...problem, problem: 'is in a volume that is empty when the pod starts, and that no other container fills', fix: 'mount the ConfigMap with the configuration there' };
  } else if (source.from && source.key === undefined) {
    yield { ...problem, problem: `is none of the items that the volume takes from ${source.from.kind} ${source.from.name}`, fix: 'name a file that is mounted' };
  } else if (source.from && source.object && source.key !== undefined) {
    const keys = keysOf(source.object);
    if (keys.includes(source.key)) return;
    yield {
      ...problem,
      problem: `would be key ${JSON.stringify(source.key)} of ${source.object}, which it does not have`,
      allowed: keys.join(', ') || 'no key',
      fix: keys.length === 1 ? `end the path in ${keys[0]}, or rename the key` : 'name a file that is mounted, or rename the key',
      related: [{ object: source.object, field: ['data'], note: 'the keys there are' }],
    };
  }
}
