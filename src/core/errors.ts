import { IConstruct } from 'constructs';
import type { RuleCode } from './rule-codes';

/** One mistake in the input, with everything a message needs to name the fix. */
export interface Mistake {
  readonly code: RuleCode;
  /** Where it is, in the words of the API: `spec.resources.gpu.count`. */
  readonly field: string;
  /** The offending value; absent when a value is missing. */
  readonly value?: unknown;
  readonly problem: string;
  /** The values allowed, when they can be said in a line. */
  readonly allowed?: string;
  /** The change to make. */
  readonly fix: string;
}

/** Thrown when input contradicts itself: lists every mistake of one construct. */
export class InvalidInputError extends Error {
  public constructor(public readonly path: string, public readonly mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
    super([`${path || '(root)'}: ${count}`, ...mistakes.map((mistake) => `  ${formatMistake(mistake)}`)].join('\n'));
    this.name = 'InvalidInputError';
  }
}

/** Throws all mistakes at once; returns when there is none. */
export function assertNoMistakes(scope: IConstruct | string, mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  throw new InvalidInputError(typeof scope === 'string' ? scope : scope.node.path, mistakes);
}

/** Throws the errors of several constructs as one. */
export function throwTogether(errors: readonly InvalidInputError[]): void {
  if (errors.length === 0) return;
  const joined = new InvalidInputError(errors[0].path, errors.flatMap(({ mistakes }) => mistakes));
  joined.message = errors.map(({ message }) => message).join('\n');
  throw joined;
}

/** The message of a mistake; rules of the graph have codes of their own. */
export function formatMistake(mistake: Omit<Mistake, 'code'> & { readonly code: string }): string {
  const subject = 'value' in mistake ? `${mistake.field} is ${formatValue(mistake.value)}` : mistake.field;
  const parts = [`${mistake.code} ${subject}: ${mistake.problem}`];
  if (mistake.allowed) parts.push(`allowed: ${mistake.allowed}`);
  parts.push(mistake.fix);
  return parts.join('; ');
}

const LONGEST_VALUE = 120;

function formatValue(value: unknown): string {
  const text = value === undefined ? 'undefined' : JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text;
}
