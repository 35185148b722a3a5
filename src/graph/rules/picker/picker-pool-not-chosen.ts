import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { CommandLine, Flag, flagOf } from '../../views/command-line';
import { Picker, pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';
import { outcomeOf, pickerSeverity } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1305',
  title: 'an endpoint picker is not told, or told twice, whose pods it picks',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'The endpoint picker restarts again and again, and every request to the model answers 500.',
  breaks: 'It takes either --pool-name or --endpoint-selector. The latter needs --endpoint-target-ports and the variable POD_NAME as well.',
  source: 'pkg/epp/server/options.go and cmd/epp/runner/runner.go of the Gateway API Inference Extension v1.5.0',
  * check(graph) {
    for (const picker of pickersOf(graph)) yield* problemsOf(graph, picker);
  },
};

const WRITTEN = /^(pool[-_]?name|endpoint[-_]?selector)$/i;

function* problemsOf(graph: Graph, picker: Picker): Iterable<Problem> {
  const { object, line, container, build } = picker;
  // What a build that is not known asks for, or a configuration it holds, cannot be told.
  if (container.words.some(({ dynamic }) => dynamic)) return;
  const problem = { object, severity: build ? pickerSeverity(graph, picker) : Severity.WARNING };
  const outcome = `the endpoint picker exits at start; ${outcomeOf(poolsOfPicker(graph, picker))}`;
  const [pool, selector] = [given(line, 'pool-name'), given(line, 'endpoint-selector')];
  if (pool && selector) {
    yield {
      ...problem, field: selector.path, value: selector.value, problem: `does not go with --pool-name ${pool.value}: ${outcome}`, fix: 'remove one of the two',
    };
    return;
  }
  if (!pool && !selector) {
    // A flag that is written wrongly, or has no value, is reported for itself.
    if (line.flags.some(({ name, style }) => WRITTEN.test(name) && (name !== name.toLowerCase() || style === 'alone'))) return;
    const [named] = poolsOfPicker(graph, picker);
    yield {
      ...problem, field: [...container.path, 'args'], problem: `has neither --pool-name nor --endpoint-selector: ${outcome}`, fix: `add --pool-name=${named?.name ?? '<name of the InferencePool>'}`,
    };
    return;
  }
  if (!selector) return;
  const ports = given(line, 'endpoint-target-ports');
  const count = ports?.value?.split(',').length ?? 0;
  if (count < 1 || count > 8) {
    yield {
      ...problem,
      field: ports?.valuePath ?? [...container.path, 'args'],
      ...ports ? { value: ports.value } : {},
      problem: `${ports ? `has ${count} ports` : 'has --endpoint-selector without --endpoint-target-ports'}: ${outcome}`,
      allowed: '1 to 8 ports',
      fix: 'set --endpoint-target-ports to the ports of the model server',
    };
  }
  if (!container.env.some(({ name, value }) => name === 'POD_NAME' && value !== '')) {
    yield {
      ...problem, field: [...container.path, 'env'], problem: `has no POD_NAME, which --endpoint-selector needs: ${outcome}`, fix: 'add POD_NAME from the field metadata.name',
    };
  }
}

/** A flag with a value. */
function given(line: CommandLine, name: string): Flag | undefined {
  const flag = flagOf(line, name);
  return flag?.value ? flag : undefined;
}
