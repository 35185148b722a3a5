export * from './check-model';
export * from './check-names';
export * from './model-context';
export * from './notices';
export * from './check-legacy';
