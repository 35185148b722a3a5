export * from './endpoint-picker';
export * from './endpoint-picker-config';
export * from './model-pool';
