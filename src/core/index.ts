export * from './errors';
export * from './kube-object';
export * from './manifest';
export * from './names';
export * from './namespace';
export * from './quantity';
export * from './rule-codes';
export * from './warnings';
