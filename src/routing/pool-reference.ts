/** Group and kind of an InferencePool, as references name it. */
export const inferencePoolKind = { group: 'inference.networking.k8s.io', kind: 'InferencePool' };

/** What a route needs to know of an InferencePool. */
export interface PoolReference {
  /** Name of the pool. */
  readonly name: string;
  /** Namespace of the pool. */
  readonly namespace: string;
}

/** One of the pools that share the requests of a route. */
export interface WeightedPool {
  /** The pool. A `ModelPool` is one. */
  readonly pool: PoolReference;

  /** Its share of the requests: `weight` divided by the sum of all weights. A whole number, 0 to 1000000; 0 gets none. */
  readonly weight: number;
}
