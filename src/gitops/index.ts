export * from './fast-app';
