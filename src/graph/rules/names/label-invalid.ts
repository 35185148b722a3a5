import { isMap } from '../../../core';
import type { GraphObject } from '../../graph-object';
import { at, Path } from '../../json';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';

const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const ALLOWED_VALUE = 'at most 63 letters, digits, -, _ and ., beginning and ending with a letter or digit';
const ALLOWED_KEY = 'an optional DNS name and /, then at most 63 letters, digits, -, _ and .';

/** Where labels stand, in any kind; the second ones are annotations, whose values may be any text. */
const LABELS: readonly Path[] = [
  ['metadata', 'labels'],
  ['spec', 'selector', 'matchLabels'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'],
  ['spec', 'leaderWorkerTemplate', 'leaderTemplate', 'metadata', 'labels'],
  ['spec', 'leaderWorkerTemplate', 'workerTemplate', 'metadata', 'labels'],
  ['spec', 'infrastructure', 'labels'],
];
const ANNOTATIONS: readonly Path[] = [['metadata', 'annotations'], ['spec', 'template', 'metadata', 'annotations'], ['spec', 'infrastructure', 'annotations']];

export const rule: GraphRule = {
  code: 'IGW1005',
  title: 'a label or annotation is none that the API server takes',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The API server refuses the object: a label value is invalid, too long, or a number or boolean instead of text.',
  breaks: 'Labels are short text without spaces or slashes, so that they can be selected by. YAML reads true, 1 and 1.10 as something else than text.',
  source: 'Kubernetes, Labels and Selectors',
  * check(graph) {
    for (const object of graph.objects) {
      const labels = object.is('', 'Service') ? [...LABELS, ['spec', 'selector']] : LABELS;
      for (const path of labels) yield* problemsOf(object, path, true);
      for (const path of ANNOTATIONS) yield* problemsOf(object, path, false);
    }
  },
};

function problemsOf(object: GraphObject, path: Path, labels: boolean): Iterable<Problem> {
  const all = at(object.manifest, path);
  return all === undefined || all === null ? [] : problemsAt(object, path, all, labels);
}

function* problemsAt(object: GraphObject, path: Path, all: unknown, labels: boolean): Iterable<Problem> {
  if (!isMap(all) && !(typeof all === 'string' && /[{}$]/.test(all))) {
    yield { object, field: path, value: all, problem: `is ${Array.isArray(all) ? 'a list' : typeof all === 'string' ? 'text' : `a ${typeof all}`}, not a map of keys and values`, fix: 'write each as key: value, below it' };
    return;
  }
  for (const [key, value] of Object.entries(all)) {
    const field = [...path, key];
    if (!isKey(key)) {
      yield { object, field, value: key, problem: `is no key of ${labels ? 'a label' : 'an annotation'}`, allowed: ALLOWED_KEY, fix: 'choose another key' };
    } else if (typeof value !== 'string') {
      // The API server reads null as an empty text.
      if (value === null) continue;
      const simple = typeof value === 'number' || typeof value === 'boolean';
      yield {
        object, field, value, problem: `is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not text`, fix: simple ? `put it in quotes: "${value}"` : 'write it as text',
      };
    } else if (labels && !/[{}<>$]/.test(value) && (value.length > 63 || !VALUE.test(value))) {
      yield {
        object, field, value, allowed: ALLOWED_VALUE,
        problem: value.length > 63 ? `has ${value.length} characters, more than the 63 of a label` : 'is no value of a label',
        fix: 'choose another value, or make it an annotation',
      };
    }
  }
}

function isKey(key: string): boolean {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  if (name.length > 63 || !NAME.test(name)) return false;
  return slash < 0 || (slash <= 253 && PREFIX.test(key.slice(0, slash)));
}
