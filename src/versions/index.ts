export * from './pins';
