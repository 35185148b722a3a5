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
  const fill = (pattern: string | undefined, fallback: string) => (pattern ? pattern.replaceAll('{name}', name).replaceAll('{namespace}', namespace) : fallback);
  return { name: fill(gateway.inferencePoolNamePattern, name), namespace: fill(gateway.inferencePoolNamespace, namespace), managedByProvider: true };
}
