import { imageOf, ModelPlan } from '../../plan';
import { PINS } from '../../versions';
import { isMocker } from './mocker';

const RUNTIMES: Record<string, string> = { vllm: 'vllm-runtime', sglang: 'sglang-runtime', trtllm: 'tensorrtllm-runtime' };

/** The image of workers and of a standalone frontend. Only the planner image holds the mocker, so it goes before an image of the user's. */
export function runtimeImage(plan: ModelPlan): string {
  if (isMocker(plan)) return dynamoImage('dynamo-planner');
  return imageOf(plan, dynamoImage(RUNTIMES[plan.engine.type]));
}

/** The frontend beside a worker: the vLLM runtime, whatever the engine of the worker is. */
export function sidecarImage(): string {
  return dynamoImage(RUNTIMES.vllm);
}

export function endpointPickerImage(): string {
  return dynamoImage('dynamo-frontend');
}

function dynamoImage(name: string): string {
  return `nvcr.io/nvidia/ai-dynamo/${name}:${PINS.dynamo}`;
}
