export * from './preset-of';
export * from './provider-gateway';
export * from './provider-spec';
export * from './provider-workload';
export * from './resolve-pool';
export * from './workloads';
export { flagOf } from './parts/engine-args';
export { managerOf, poolLabel } from './parts/labels';
