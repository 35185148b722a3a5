export * from './graph-validation';
