import { formatMistake, Manifest, Mistake } from '../../src/core';
import { ModelDeploymentSpec, planModel } from '../../src/plan';
import { dynamo } from '../../src/provider/dynamo';

export const MOCKER = { 'airunway.ai/dynamo-test-backend': 'mocker' };

export type Spec = Omit<ModelDeploymentSpec, 'model'> & { model?: Partial<ModelDeploymentSpec['model']> };

export function plan(spec: Spec = {}, { name = 'qwen3', annotations }: { name?: string; annotations?: Record<string, string> } = {}) {
  const engine = { type: 'vllm' as const, ...spec.engine };
  return planModel({
    name, namespace: 'team-a', domain: 'airunway.ai', annotations, provider: 'dynamo', engine: engine.type, spec: {
      ...spec, engine, model: { id: 'Qwen/Qwen3-0.6B', ...spec.model },
    },
  });
}

export function services(...input: Parameters<typeof plan>): Record<string, any> {
  return (dynamo.render(plan(...input))[0].spec as any).services;
}

export function worker(...input: Parameters<typeof plan>): any {
  return services(...input).VllmWorker;
}

export function containerOf(service: any): any {
  return service.extraPodSpec.mainContainer;
}

export const messages = (mistakes: Mistake[]) => mistakes.map(formatMistake);
export const kinds = (manifests: Manifest[]) => manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

export const DISAGGREGATED: Spec = {
  serving: { mode: 'disaggregated' },
  scaling: { prefill: { replicas: 2, gpu: { count: 1 }, memory: '32Gi' }, decode: { replicas: 3, gpu: { count: 4 } } },
};
export const CACHE: Spec = { model: { storage: { volumes: [{ name: 'cache', purpose: 'modelCache', size: '5Gi' }] } } };
