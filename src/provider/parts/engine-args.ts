import type { Mistake } from '../../core';
import type { ModelPlan, PlannedEngine } from '../../plan';

const ARG_KEY = /^[a-zA-Z0-9_][a-zA-Z0-9_-]*$/;

/** The flag a raw token such as `--seed=2` sets; undefined for values and single-dash tokens. */
export function flagOf(token: string): string | undefined {
  if (!token.startsWith('--') || token.startsWith('---')) return undefined;
  return token.slice(2).split('=', 1)[0].trim() || undefined;
}

/** The flags the user sets explicitly, in `args` or in `extraArgs`. */
export function explicitFlags(engine: PlannedEngine): Set<string> {
  return new Set([...Object.keys(engine.args), ...engine.extraArgs.map(flagOf).filter((flag) => flag !== undefined)]);
}

/** A flag derived from a field of the plan; a flag without values is a switch. */
export type DerivedFlag = readonly [flag: string, ...values: string[]];

/**
 * The derived flags that nobody set explicitly, then `args` sorted by key, then `extraArgs` as they stand.
 * An explicit flag goes before a derived one, also where the live provider passes both (llm-d): engines refuse or ignore the second.
 */
export function engineArgs(engine: PlannedEngine, derived: readonly DerivedFlag[]): string[] {
  const explicit = explicitFlags(engine);
  const isExplicit = (flag: string) => explicit.has(flag) || explicit.has(opposite(flag));
  return [
    ...derived.filter(([flag]) => !isExplicit(flag)).flatMap(([flag, ...values]) => [`--${flag}`, ...values]),
    ...Object.keys(engine.args).sort().flatMap((key) => (engine.args[key] === '' ? [`--${key}`] : [`--${key}`, engine.args[key]])),
    ...engine.extraArgs,
  ];
}

/** GPUs that one replica spreads its tensors over; 1 when none is asked for. */
export function tensorParallelSize(gpus: number | undefined): DerivedFlag[] {
  return gpus !== undefined && gpus > 1 ? [['tensor-parallel-size', String(gpus)]] : [];
}

export function checkArgKeys(plan: ModelPlan): Mistake[] {
  return Object.keys(plan.engine.args).filter((key) => !ARG_KEY.test(key)).map((key) => ({
    code: 'IGW208',
    field: 'spec.engine.args',
    value: key,
    problem: 'is not a flag name',
    allowed: 'letters, digits, - and _, not starting with -',
    fix: 'write the flag without its leading dashes, or move the whole token to extraArgs',
  }));
}

function opposite(flag: string): string {
  return flag.startsWith('no-') ? flag.slice('no-'.length) : `no-${flag}`;
}
