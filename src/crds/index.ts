export * from './crd-family';
export * from './inference-crds';
