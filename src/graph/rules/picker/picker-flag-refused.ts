import { GraphRule, RuleFamily, Severity } from '../../rule';
import { pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';
import { refusedFlags, similarFlag } from '../../views/flag-problems';
import { flagSetOf } from '../../views/picker-builds';
import { outcomeOf, pickerSeverity } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1303',
  title: 'an endpoint picker refuses a flag',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'The endpoint picker restarts again and again, and every request to the model answers 500.',
  breaks: 'It exits at start on flags it does not know, on those that were removed, on some it still lists, and on values of the wrong type.',
  source: 'pkg/epp/server/options.go of the Gateway API Inference Extension and of the llm-d router; observed with v1.5.0 and v0.10.0; '
    + 'kserve/kserve#6035',
  * check(graph) {
    for (const picker of pickersOf(graph)) {
      const { object, build } = picker;
      if (isOlder(picker.container.image)) continue;
      const set = flagSetOf(picker);
      for (const { path, value, problem, allowed, fix } of refusedFlags(picker.line, set)) {
        // A build that is not known may have flags of its own, and other programs may be started on the way.
        const certain = build !== undefined || (value.startsWith('--') && isVariant(value, Object.keys(set.flags)));
        yield {
          object,
          field: path,
          value,
          problem: certain ? `${problem}; ${outcomeOf(poolsOfPicker(graph, picker))}` : `${problem}, unless this image has it`,
          ...allowed === undefined ? {} : { allowed },
          fix,
          severity: certain ? pickerSeverity(graph, picker) : Severity.WARNING,
        };
      }
    }
  },
};

/** Before GAIE 1.3 flags were parsed by another library, and written otherwise: `-poolName`. */
function isOlder(image: string): boolean {
  return /gateway-api-inference-extension\/epp:v?(0\.[0-9]+|1\.[0-2])\.[0-9]+(-|$)/.test(image) || /:v?0\.0\.[0-9]+$/.test(image);
}

/** Whether a flag is one that every build has, only not written with dashes: `--poolName`. */
function isVariant(written: string, known: readonly string[]): boolean {
  const name = written.replace(/^-+/, '');
  const similar = similarFlag(name, known);
  return similar !== undefined && similar !== name && similar.replaceAll('-', '') === name.toLowerCase().replace(/[-_]/g, '');
}
