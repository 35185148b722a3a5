export * from './fast-app';
export * from './fleet';
export * from './fleet-application-set';
export * from './fleet-catalogue';
export * from './fleet-layout';
export * from './fleet-model';
export * from './fleet-source';
