import { object } from './objects';

const AIRUNWAY = 'airunway.ai/v1alpha1';

/** A ModelDeployment of provider vllm; the parts of its spec take the place of what is there. */
export function modelDeployment(id: string, spec: object = {}): any {
  return object(AIRUNWAY, 'ModelDeployment', id, {
    spec: { model: { id: `example/${id}` }, provider: { name: 'vllm' }, engine: { type: 'vllm' }, ...spec },
  });
}

export function providerConfig(name: string, engines: readonly object[]): any {
  return object(AIRUNWAY, 'InferenceProviderConfig', name, { spec: { capabilities: { engines } } });
}

/** Marks an object as made by AI Runway, as it is in a cluster. */
export function madeFor(model: string, made: any): any {
  return { ...made, metadata: { ...made.metadata, ownerReferences: [{ apiVersion: AIRUNWAY, kind: 'ModelDeployment', name: model, controller: true }] } };
}
