/** Group and kind of an InferencePool, as objectives and rewrites refer to it. */
export const POOL_KIND = { group: 'inference.networking.k8s.io', kind: 'InferencePool' };
