export * from './engine';
export * from './model';
export * from './model-deployment';
export * from './model-deployment-props';
export * from './pod-options';
export * from './rendering';
export { DisaggregatedServing, Serving, ServingComponent } from './serving';
export { StorageVolume, VolumeAccessMode, VolumePurpose } from './storage-volume';
export { pickerOptions } from './static-model';
