import { Testing } from 'cdk8s';
import { formatMistake, InvalidInputError } from '../../src/core';
import { ModelDeployment, Rendering } from '../../src/model';

export interface Document {
  readonly name?: string;
  readonly annotations?: Record<string, string>;
  readonly spec: any;
}

export function read({ name = 'phi', annotations, spec }: Document): ModelDeployment {
  const manifest = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name, namespace: 'team-a', annotations }, spec };
  return ModelDeployment.fromManifest(Testing.chart(), 'x', manifest, { rendering: Rendering.CONTROLLER });
}

export function mistakesOf(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.mistakes.map(formatMistake);
  }
}

export const model = { id: 'microsoft/phi-4' };
export const engine = { type: 'vllm' };
export const provider = { name: 'vllm' };
export const vllm = (rest: object) => ({ model, engine, provider, ...rest });
export const volumes = (...list: object[]) => ({ model: { ...model, storage: { volumes: list } } });
export const claim = { name: 'a', claimName: 'c', mountPath: '/a' };
export const roles = { prefill: { gpu: { count: 1 } }, decode: { gpu: { count: 1 } } };
export const disaggregated = (scaling: object | undefined, rest: object = {}) => (
  { model, engine, provider: { name: 'llmd' }, serving: { mode: 'disaggregated' }, scaling, ...rest }
);
