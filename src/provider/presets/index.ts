export * from './dynamo';
export * from './kaito';
export * from './kuberay';
export * from './llmd';
export { goJson } from './registration';
export * from './vllm';
