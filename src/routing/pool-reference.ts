/** Group and kind of an InferencePool, as references name it. */
export const inferencePoolKind = { group: 'inference.networking.k8s.io', kind: 'InferencePool' };

/** What a route needs to know of an InferencePool. */
export interface PoolReference {
  /** Name of the pool. */
  readonly name: string;
  /** Namespace of the pool. */
  readonly namespace: string;
}
