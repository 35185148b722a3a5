import { checkTransform, noticesOfTransform } from '../../../higress/checks';
import { filled, items, map, Path } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { HigressWasmPlugin, wasmPluginsOf } from '../../views/higress';

export const rule: GraphRule = {
  code: 'IGW1710',
  title: 'a rule of the transformer is not valid',
  family: RuleFamily.HIGRESS,
  severity: Severity.ERROR,
  symptom: 'Headers stay as they are, also those that later rules were to change. The log of the gateway has one line of it.',
  breaks: 'The plugin reads an operation and the fields that belong to it. It leaves out a rule that is wrong, and all after it, and goes on.',
  source: 'alibaba/higress plugins/wasm-go/extensions/transformer',
  * check(graph) {
    for (const plugin of wasmPluginsOf(graph)) {
      if (plugin.pluginId !== 'transformer') continue;
      for (const { path } of plugin.configs) {
        yield* rulesAt(plugin, [...path, 'reqRules'], false);
        yield* rulesAt(plugin, [...path, 'respRules'], true);
      }
    }
  },
};

/** The plugin's names of fields, and ours. */
const FIELDS: Readonly<Record<string, string>> = { value_type: 'valueType', host_pattern: 'hostPattern', path_pattern: 'pathPattern' };
const NAMES: Readonly<Record<string, string>> = { valueType: 'value_type', hostPattern: 'host_pattern', pathPattern: 'path_pattern' };

function* rulesAt({ object }: HigressWasmPlugin, path: Path, ofAnswers: boolean): Iterable<Problem> {
  for (const { value, path: at } of items(object.manifest, path)) {
    const { operate, mapSource } = map(value);
    const operation = filled(operate)?.toLowerCase();
    if (operation === undefined) {
      yield { object, field: [...at, 'operate'], problem: 'is missing: the plugin leaves out this rule and all after it', allowed: OPERATIONS, fix: 'name the operation' };
      continue;
    }
    for (const part of ['headers', 'querys', 'body']) {
      const entries = items(value, [part]).map((entry) => entryOf(entry.value));
      if (entries.length === 0) continue;
      const checked = { operation, part, source: filled(mapSource), ofAnswers, entries };
      const mistakes = checkTransform('', checked);
      for (const mistake of mistakes) yield problemOf(object, at, mistake, IGNORED.test(mistake.problem) ? Severity.WARNING : Severity.ERROR);
      if (mistakes.length > 0) continue;
      for (const notice of noticesOfTransform('', checked)) yield problemOf(object, at, notice, Severity.WARNING);
    }
  }
}

const OPERATIONS = 'remove, rename, replace, add, append, map, dedupe';
/** What changes nothing, and so harms nothing. */
const IGNORED = /^is not read by /;
const LONGEST = 10_000;

/** The plugin reads numbers and booleans as the text they are written as. */
function entryOf(entry: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map(entry)).filter(([, field]) => field !== undefined && field !== null).map(([key, field]) => {
    const word = typeof field === 'object' ? JSON.stringify(field) : String(field);
    return [FIELDS[key] ?? key, word.slice(0, LONGEST)];
  }));
}

function problemOf(object: Problem['object'], at: Path, { field, problem, allowed, fix, ...rest }: ReturnType<typeof checkTransform>[number], severity: Severity): Problem {
  const steps = [...field.matchAll(/\.([A-Za-z_]+)|\[(\d+)\]/g)].map(([, name, index]) => (name === undefined ? Number(index) : NAMES[name] ?? name));
  return { object, field: [...at, ...steps], ...'value' in rest ? { value: rest.value } : {}, problem, allowed, fix, severity };
}
