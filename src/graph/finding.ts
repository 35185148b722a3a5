import { formatMistake } from '../core';
import { withoutSecrets } from './confidential';
import { GraphObject, Position } from './graph-object';
import { formatPath } from './json';
import type { GraphRule, Problem, RelatedPlace, Severity } from './rule';
import { onOneLine } from './visible';

/** A problem of a rule, with where it is. */
export interface Finding extends Problem {
  readonly rule: GraphRule;
  readonly code: string;
  readonly severity: Severity;
  readonly file?: string;
  /** Line and column of the field, when the object was read from a file. */
  readonly position?: Position;
  /** The construct that makes the object. */
  readonly construct?: string;
}

/** What a rule could not say, because it failed: a mistake of ours. */
export interface RuleFailure {
  readonly code: string;
  readonly error: unknown;
}

export function findingOf(rule: GraphRule, problem: Problem): Finding {
  const { object, field } = problem;
  const { file, construct } = object.origin;
  return {
    ...problem,
    ...('value' in problem ? { value: withoutSecrets(object, field, problem.value) } : {}),
    rule,
    code: rule.code,
    severity: problem.severity ?? rule.severity,
    file,
    position: object.positionOf(field),
    construct,
  };
}

/** `deploy.yaml:12:7`, or the path of the construct. */
export function placeOf(object: GraphObject, field: RelatedPlace['field']): string {
  const { file, construct } = object.origin;
  const position = object.positionOf(field);
  if (file === undefined) return construct ?? '';
  return position ? `${file}:${position.line}:${position.column}` : file;
}

/** A finding in the words and order of other messages: `IGW1301 field is "value": problem; allowed: …; fix`. */
export function formatFinding(finding: Finding): string {
  const { code, object, field, problem, allowed, fix } = finding;
  const place = placeOf(object, field);
  const mistake = { code, field: formatPath(field), problem, allowed, fix, ...('value' in finding ? { value: finding.value } : {}) };
  return onOneLine(`${object}${place === '' ? '' : ` (${place})`}: ${formatMistake(mistake)}`);
}
