export * from './airunway-manifests';
export * from './choose-gateway';
export * from './manifest-files';
export * from './object-key';
export { decide } from './decide';
