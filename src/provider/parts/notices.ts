import type { Mistake } from '../../core';
import { ModelPlan, PlannedGpu } from '../../plan';
import { NVIDIA_GPU } from './containers';

/** Says that a provider asks for NVIDIA GPUs whatever type is given. */
export function ignoredGpuType(plan: ModelPlan): Mistake[] {
  const gpus: [string, PlannedGpu | undefined][] = [
    ['spec.resources.gpu.type', plan.resources?.gpu],
    ['spec.scaling.prefill.gpu.type', plan.prefill?.gpu],
    ['spec.scaling.decode.gpu.type', plan.decode?.gpu],
  ];
  return gpus.filter(([, gpu]) => gpu && gpu.count > 0 && gpu.type !== NVIDIA_GPU).map(([field, gpu]) => ({
    code: 'IGW210',
    field,
    value: gpu!.type,
    problem: `is ignored by provider ${plan.provider}, which always requests ${NVIDIA_GPU}`,
    allowed: NVIDIA_GPU,
    fix: 'use provider kuberay, which honours the type, or request the resource through provider.overrides where the provider allows it',
  }));
}
