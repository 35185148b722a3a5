export * from './dynamo';
export * from './kaito';
export * from './kuberay';
export * from './llmd';
export * from './vllm';
