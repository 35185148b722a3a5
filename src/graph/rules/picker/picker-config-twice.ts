import { GraphRule, RuleFamily, Severity } from '../../rule';
import { flagOf } from '../../views/command-line';
import { pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';
import { outcomeOf, pickerSeverity } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1306',
  title: 'an endpoint picker has its configuration from two places',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'The endpoint picker restarts again and again, and every request to the model answers 500.',
  breaks: 'It takes either --config-file or --config-text, and exits at start when it gets both.',
  source: 'pkg/epp/server/options.go of the Gateway API Inference Extension v1.5.0',
  * check(graph) {
    for (const picker of pickersOf(graph)) {
      const { object, line } = picker;
      const [file, inline] = [flagOf(line, 'config-file'), flagOf(line, 'config-text')];
      if (!file?.value || !inline?.value) continue;
      yield {
        object,
        field: inline.path,
        value: '--config-text',
        problem: `does not go with --config-file ${file.value}: the endpoint picker exits at start; ${outcomeOf(poolsOfPicker(graph, picker))}`,
        fix: 'remove one of the two',
        severity: pickerSeverity(graph, picker),
      };
    }
  },
};
