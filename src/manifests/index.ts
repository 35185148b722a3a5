export * from './airunway-manifests';
export * from './manifest-files';
