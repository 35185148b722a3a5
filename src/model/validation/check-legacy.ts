import type { Mistake } from '../../core';
import type { ModelContext } from './model-context';

const NEWER_ENGINE_FIELDS = ['image', 'extraArgs', 'enablePrefixCaching', 'enforceEager'] as const;

/** Fields that the older group's CustomResourceDefinition does not have yet. */
export function checkLegacy({ spec }: ModelContext): Mistake[] {
  return NEWER_ENGINE_FIELDS.filter((key) => spec.engine?.[key] !== undefined).map((key) => ({
    code: 'IGW201',
    field: `spec.engine.${key}`,
    value: spec.engine![key],
    problem: 'is not a field of kubeairunway.ai/v1alpha1',
    allowed: 'type, contextLength, trustRemoteCode and args',
    fix: key === 'image' ? 'use `image` of the model' : 'remove it, write it as a flag in engine.args, or use the group airunway.ai',
  }));
}
