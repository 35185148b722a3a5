import { isMap, Manifest, Mistake } from '../../core';
import type { ModelPlan } from '../../plan';

const PROTECTED = ['apiVersion', 'kind', 'metadata', 'status'];

type Tree = Readonly<Record<string, unknown>>;

/** Merges `spec.provider.overrides` over the provider's object: maps merge, everything else is replaced. */
export function withOverrides(manifest: Manifest, plan: ModelPlan): Manifest {
  return plan.overrides ? merge(manifest, plan.overrides) as Manifest : manifest;
}

export function checkTopLevelOverrides(plan: ModelPlan): Mistake[] {
  return PROTECTED.filter((key) => plan.overrides && key in plan.overrides).map((key) => ({
    code: 'IGW205',
    field: `spec.provider.overrides.${key}`,
    value: plan.overrides![key],
    problem: 'would replace the identity of the object',
    allowed: 'any field but apiVersion, kind, metadata and status',
    fix: `remove ${key} from the overrides`,
  }));
}

function merge(base: Tree, over: Tree): Tree {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const present = result[key];
    result[key] = isMap(present) && isMap(value) ? merge(present, value) : value;
  }
  return result;
}
