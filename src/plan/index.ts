export * from './model-deployment-spec';
export * from './model-plan';
export * from './plan-model';
export * from './words';
