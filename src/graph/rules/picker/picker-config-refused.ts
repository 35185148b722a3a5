import { checkConfigText } from '../../../pool';
import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import type { Path } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { isOn } from '../../views/command-line';
import { Picker, pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';
import { outcomeOf, pickerSeverity } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1307',
  title: 'an endpoint picker does not take its configuration',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'The endpoint picker restarts again and again, and every request to the model answers 500. Its log names the plugin or key.',
  breaks: 'The configuration is decoded strictly: API group, keys, plugin types and the references between them have to be those of this very '
    + 'build.',
  source: 'pkg/epp/config/loader of the Gateway API Inference Extension and of the llm-d router; observed with v1.5.0 and v0.10.0; '
    + 'llm-d/llm-d-router#1471, #2274',
  * check(graph) {
    for (const picker of pickersOf(graph)) yield* problemsOf(graph, picker);
  },
};

function* problemsOf(graph: Graph, picker: Picker): Iterable<Problem> {
  const { configuration, build, line } = picker;
  // An empty text is the default of the build.
  if (!configuration) return;
  const { mistakes, notices } = checkConfigText(configuration, build, isOn(line, 'allow-experimental-plugins', false) !== false);
  const { object, field } = placeOf(picker);
  const failing = build ? pickerSeverity(graph, picker) : Severity.WARNING;
  const outcome = build ? `${picker.object.name} exits at start; ${outcomeOf(poolsOfPicker(graph, picker))}` : `${picker.object.name} exits at start, unless its build takes it`;
  const unreadable = mistakes.length === 1 && mistakes[0].field === CONFIG && mistakes[0].problem.startsWith('is not YAML');
  for (const mistake of mistakes) {
    yield {
      ...said(mistake, object, field),
      severity: mistake.tolerated ? tolerated(mistake) : unreadable ? pickerSeverity(graph, picker) : failing,
      problem: `${subject(mistake)} ${mistake.problem}${mistake.tolerated ? '' : `; ${outcome}`}`,
    };
  }
  for (const notice of notices) {
    yield { ...said(notice, object, field), problem: `${subject(notice)} ${notice.problem}`, severity: Severity.WARNING };
  }
}

const CONFIG = 'endpointPicker.config';

type Mistake = ReturnType<typeof checkConfigText>['mistakes'][number];

function said({ allowed, fix, ...rest }: Mistake, object: GraphObject, field: Path): Pick<Problem, 'object' | 'field' | 'value' | 'allowed' | 'fix'> {
  return { object, field, ...'value' in rest ? { value: rest.value } : {}, ...allowed === undefined ? {} : { allowed }, fix: inManifests(fix) };
}

/** What is left out has a default; what is written is hardly meant. */
function tolerated(mistake: Mistake): Severity {
  return 'value' in mistake ? Severity.WARNING : Severity.INFO;
}

/** What to do in a manifest: nobody chooses a runtime there. */
function inManifests(fix: string): string {
  return fix.replace('choose a runtime that has it', 'run a build that has it').replace('choose the runtime', 'run the build')
    .replace(/(, or )?see EndpointPickerRuntime.*/, 'name a plugin that it registers');
}

/** The place inside of the configuration. */
function subject({ field }: Mistake): string {
  return field === CONFIG ? 'the configuration' : field.slice(CONFIG.length + 1);
}

/** The key of the ConfigMap, or the flag. */
function placeOf({ object, configFile, configText, container }: Picker): { object: GraphObject; field: Path } {
  if (configText) return { object, field: configText.valuePath };
  const { source, flag } = configFile ?? {};
  if (source?.object && source.key !== undefined) return { object: source.object, field: ['data', source.key] };
  return { object, field: flag?.valuePath ?? container.path };
}
