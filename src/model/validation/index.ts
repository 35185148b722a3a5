export * from './check-decided';
export * from './check-legacy';
export * from './check-model';
export * from './check-names';
export { checkStructure, unknownFields } from './check-schema';
export * from './model-context';
export * from './notices';
