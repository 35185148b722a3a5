import { Finding, findingOf, RuleFailure } from './finding';
import { compare, Graph } from './graph';
import { formatPath } from './json';
import { mutesOf } from './mutes';
import type { GraphRule } from './rule';

export interface CheckOptions {
  /** The rules to run; all by default. */
  readonly rules?: readonly GraphRule[];
}

export interface MutedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

export interface CheckResult {
  /** Sorted by place: file and line, else the object. */
  readonly findings: readonly Finding[];
  readonly muted: readonly MutedFinding[];
  /** Rules that failed: mistakes of ours, whatever the manifests hold. */
  readonly failures: readonly RuleFailure[];
}

/** Every rule there is, loaded when first asked for. */
export function allRules(): readonly GraphRule[] {
  return (require('./rules') as typeof import('./rules')).RULES;
}

/** Runs rules over a graph. A rule that fails is reported, and the others still run. */
export function checkGraph(graph: Graph, { rules = allRules() }: CheckOptions = {}): CheckResult {
  const found: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    try {
      for (const problem of rule.check(graph)) found.push(findingOf(rule, problem));
    } catch (error) {
      failures.push({ code: rule.code, error });
    }
  }
  const onObjects = mutesOf(graph);
  const findings: Finding[] = [];
  const muted: MutedFinding[] = [];
  for (const finding of found.sort(comparePlaces)) {
    const reason = onObjects.get(finding.object)?.mutes.find(({ code }) => code === finding.code)?.reason;
    if (reason === undefined) findings.push(finding);
    else muted.push({ finding, reason });
  }
  return { findings, muted, failures };
}

function comparePlaces(a: Finding, b: Finding): number {
  return compare(a.file ?? '', b.file ?? '')
    || (a.position?.line ?? 0) - (b.position?.line ?? 0)
    || compare(a.object.key, b.object.key)
    || compare(a.code, b.code)
    || compare(formatPath(a.field), formatPath(b.field))
    || compare(a.problem, b.problem);
}
