export * from './model-route';
export { PoolReference } from './pool-reference';
