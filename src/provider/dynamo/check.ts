import { LONGEST_LABEL, Mistake } from '../../core';
import type { ModelPlan } from '../../plan';
import { checkArgKeys } from '../parts/engine-args';
import { checkTopLevelOverrides } from '../parts/overrides';
import { isMocker, mockerAnnotation } from './mocker';
import { downloadJobName, needsDownload } from './storage';

export function checkDynamo(plan: ModelPlan): Mistake[] {
  return [...checkTopLevelOverrides(plan), ...checkShorthands(plan), ...checkKeys(plan), ...checkMocker(plan), ...checkJobName(plan)];
}

/** Without the way out through extraArgs, which the provider ignores. */
function checkKeys(plan: ModelPlan): Mistake[] {
  return checkArgKeys(plan).map((mistake) => ({ ...mistake, fix: 'write the flag without its leading dashes' }));
}

function checkShorthands({ overrides = {} }: ModelPlan): Mistake[] {
  const isMap = (value: unknown) => typeof value === 'object' && !Array.isArray(value);
  const isText = (value: unknown) => typeof value === 'string';
  const image = isMap(overrides.epp) ? (overrides.epp as { image?: unknown } | null)?.image : undefined;
  const fields: [field: string, value: unknown, fits: (value: unknown) => boolean, allowed: string][] = [
    ['routerMode', overrides.routerMode, isText, 'a string, kv, round-robin or none for example'],
    ['frontend', overrides.frontend, isMap, 'an object'],
    ['epp', overrides.epp, isMap, 'an object'],
    ['epp.image', image, isText, 'a string'],
  ];
  return fields.filter(([, value, fits]) => value !== undefined && value !== null && !fits(value)).map(([field, value, , allowed]) => ({
    code: 'IGW201',
    field: `spec.provider.overrides.${field}`,
    value,
    problem: 'cannot be read by provider dynamo',
    allowed,
    fix: `give ${field} the right type`,
  }));
}

function checkMocker(plan: ModelPlan): Mistake[] {
  if (!isMocker(plan) || plan.engine.type === 'vllm') return [];
  return [{
    code: 'IGW301',
    field: 'spec.engine.type',
    value: plan.engine.type,
    problem: 'cannot be simulated by the mocker test backend',
    allowed: 'vllm',
    fix: `use engine vllm, or remove the annotation ${mockerAnnotation(plan)}`,
  }];
}

/** The name of a Job becomes a label of its pods. */
function checkJobName(plan: ModelPlan): Mistake[] {
  const job = downloadJobName(plan);
  if (!needsDownload(plan) || job.length <= LONGEST_LABEL) return [];
  return [{
    code: 'IGW102',
    field: 'metadata.name',
    value: plan.name,
    problem: `makes the name of the download Job ${job.length} characters long`,
    allowed: `at most ${plan.name.length - (job.length - LONGEST_LABEL)} characters with a model cache to fill`,
    fix: 'choose a shorter name, or mark a cache that is filled already as readOnly',
  }];
}
