import type { ModelPlan } from '../../plan';

export const MOCKER_RESOURCES = { cpu: '100m', memory: '256Mi' };

/** The annotation that replaces the engine with a simulator, for clusters without GPUs. */
export function mockerAnnotation({ domain }: ModelPlan): string {
  return `${domain}/dynamo-test-backend`;
}

export function isMocker(plan: ModelPlan): boolean {
  return plan.annotations[mockerAnnotation(plan)] === 'mocker';
}

/** Whether requests come through an InferencePool: never to a mocker, which a standalone frontend serves. */
export function isRouted(plan: ModelPlan): boolean {
  return plan.gatewayEnabled && !isMocker(plan);
}

export function mockerArgs({ model }: ModelPlan): string[] {
  return [
    '--model-path', model.id,
    '--model-name', model.servedName ?? model.id,
    '--speedup-ratio', '1000.0',
    '--num-gpu-blocks-override', '4096',
    '--block-size', '16',
    '--max-num-seqs', '64',
  ];
}
