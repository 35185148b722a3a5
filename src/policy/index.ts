export * from './destination-rule';
export * from './gcp-policies';
export * from './reference-grant';
export * from './restricted-pod';
export * from './tracing';
