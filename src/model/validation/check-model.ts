import type { Mistake } from '../../core';
import { checkContextLength, checkEngine } from './check-engine';
import { checkEnv } from './check-env';
import { checkName } from './check-names';
import { checkOverrides } from './check-overrides';
import { checkResources, checkSigns } from './check-resources';
import { checkSchema } from './check-schema';
import { checkServing } from './check-serving';
import { checkStorage } from './check-storage';
import type { ModelContext } from './model-context';

/** Everything the API server and the admission webhook would refuse of a ModelDeployment. */
export function checkAdmission(context: ModelContext): Mistake[] {
  return [
    ...checkName(context),
    ...checkSchema(context),
    ...checkModelId(context),
    ...checkEngine(context),
    ...checkOverrides(context),
    ...checkServing(context),
    ...checkStorage(context),
    ...checkResources(context),
  ];
}

/** What is admitted, and fails once a controller or the API server meets the objects made of it. */
export function checkWorkable(context: ModelContext): Mistake[] {
  return [...checkContextLength(context), ...checkEnv(context), ...checkSigns(context)];
}

/** One message for each field and rule: several checks look at some fields. */
export function distinct(mistakes: readonly Mistake[]): Mistake[] {
  const seen = new Set<string>();
  return mistakes.filter(({ code, field, value }) => {
    const key = `${code} ${field} ${JSON.stringify(value)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function checkModelId({ spec }: ModelContext): Mistake[] {
  if (spec.model.id || (spec.model.source ?? 'huggingface') !== 'huggingface') return [];
  return [{
    code: 'IGW202',
    field: 'spec.model.id',
    problem: 'is missing, and source huggingface needs it',
    allowed: 'an id such as Qwen/Qwen3-0.6B',
    fix: 'set the model id, or use Model.custom()',
  }];
}
