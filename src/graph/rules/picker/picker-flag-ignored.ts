import { GraphRule, RuleFamily, Severity } from '../../rule';
import { bodyRoutersOf } from '../../views/body-routers';
import { pickersOf } from '../../views/endpoint-pickers';
import { ignoredValues } from '../../views/flag-problems';

export const rule: GraphRule = {
  code: 'IGW1304',
  title: 'the value of a boolean flag is ignored',
  family: RuleFamily.PICKER,
  severity: Severity.WARNING,
  symptom: 'What was switched off is on: TLS, tracing, the protection of metrics.',
  breaks: 'A boolean flag takes its value after an equals sign only. As a word of its own the value is ignored, and the flag is true.',
  source: 'spf13/pflag; kubernetes-sigs/gateway-api-inference-extension#2871; observed with the endpoint picker v1.5.0 and the llm-d router v0.10.0',
  * check(graph) {
    for (const { object, line } of [...pickersOf(graph), ...bodyRoutersOf(graph)]) {
      for (const { flag, word } of ignoredValues(line)) {
        yield { object, field: word.path, value: word.text, problem: `is ignored, and --${flag.name} is true`, fix: `write --${flag.name}=${word.text} in one word` };
      }
    }
  },
};
