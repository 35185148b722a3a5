import type { Mistake } from '../../core';
import { ModelPlan, PlannedGpu } from '../../plan';
import { NVIDIA_GPU } from './containers';
import { explicitFlags } from './engine-args';

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

const PARALLEL_FLAGS = ['tensor-parallel-size', 'tp-size', 'tp', 'pipeline-parallel-size', 'pp-size', 'data-parallel-size', 'dp-size'];

/** Says that a provider passes no flag that would put more than one GPU of a pod to work. */
export function idleGpus(plan: ModelPlan): Mistake[] {
  const explicit = explicitFlags(plan.engine);
  if (PARALLEL_FLAGS.some((flag) => explicit.has(flag))) return [];
  const gpus: [string, PlannedGpu | undefined][] = plan.mode === 'aggregated'
    ? [['spec.resources.gpu.count', plan.resources?.gpu]]
    : [['spec.scaling.prefill.gpu.count', plan.prefill?.gpu], ['spec.scaling.decode.gpu.count', plan.decode?.gpu]];
  return gpus.filter(([, gpu]) => gpu && gpu.count > 1).map(([field, gpu]) => ({
    code: 'IGW210',
    field,
    value: gpu!.count,
    problem: `is requested, and provider ${plan.provider} tells the engine of one GPU only: the others idle`,
    fix: "set 'tensor-parallel-size' (SGLang: 'tp-size') in engine.args",
  }));
}
