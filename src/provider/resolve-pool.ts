import type { EngineGatewaySpec } from './provider-spec';

/** The InferencePool of a model and who makes it. */
export interface ResolvedPool {
  /** Name of the pool. */
  readonly name: string;
  /** Namespace of the pool. */
  readonly namespace: string;
  /** Whether the provider's operator makes pool and endpoint picker. */
  readonly managedByProvider: boolean;
}

/** Where the pool of a model is: patterns count only when the provider manages it, and an empty one stands for the model's own. */
export function resolvePool(gateway: EngineGatewaySpec | undefined, name: string, namespace: string): ResolvedPool {
  if (!gateway?.managesInferencePool) return { name, namespace, managedByProvider: false };
  return {
    name: fillIn(gateway.inferencePoolNamePattern || '{name}', name, namespace),
    namespace: fillIn(gateway.inferencePoolNamespace || '{namespace}', name, namespace),
    managedByProvider: true,
  };
}

/** The placeholders that a pool pattern may have. */
export const POOL_PLACEHOLDERS = ['{name}', '{namespace}'];

export function fillIn(pattern: string, name: string, namespace: string): string {
  return pattern.replaceAll('{name}', name).replaceAll('{namespace}', namespace);
}
