export * from './airunway-manifests';
