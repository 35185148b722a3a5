export * from './model-route';
export { grantPool } from './pool-grants';
export { PoolReference } from './pool-reference';
