export { AirunwayApi } from './core';
export { CrdFamily, InferenceCrds, InferenceCrdsProps } from './crds';
export {
  AllowedRoutes, AttachedRoute, BodyBasedRouter, BodyBasedRouterOptions, BodyBasedRouterProps, BodyRouting, CertificateRef,
  CertManagerCertificateOptions, GatewayCapabilities, GatewayImplementation, GatewayListener, GatewayManifestOptions, GatewayReference,
  GkeGatewayClass, HttpListenerOptions, HttpsListenerOptions, IInferenceGateway, InferenceGateway, InferenceGatewayProps, ParametersRef,
  SecretCertificateOptions,
} from './gateway';
export { AirunwayManifests, AirunwayManifestsOptions } from './manifests';
export {
  DefaultRendering, DisaggregatedServing, Engine, EngineOptions, EnvVariable, KeyRef, CustomModelOptions, Model, ModelDeployment,
  ModelDeploymentProps, ModelOptions, ModelRenderingOptions, ModelResources, Rendering, Serving, ServingComponent, StorageVolume,
  Toleration, VolumeAccessMode, VolumePurpose,
} from './model';
export { ApiFormat, EngineType, ServingMode } from './plan';
export {
  EndpointPicker, EndpointPickerConfig, EndpointPickerOptions, EndpointPickerProps, EndpointPickerServiceRef, FailureMode, ModelPool, ModelPoolProps,
} from './pool';
export {
  EngineGatewayCapabilities, ProviderEndpointPicker, ProviderEngine, ProviderGateway, ProviderGatewayOptions, ProviderGatewayProps, ResolvedPool,
  SelectionRule,
} from './provider';
export { ModelRoute, ModelRouteOptions, ModelRouteProps, PoolReference } from './routing';
