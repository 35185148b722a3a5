import './graph/register';
export { AirunwayApi } from './core';
export { CrdFamily, InferenceCrds, InferenceCrdsProps } from './crds';
export {
  AllowedRoutes, AttachedRoute, BodyBasedRouter, BodyBasedRouterOptions, BodyBasedRouterProps, BodyRouting, CertificateRef,
  CertManagerCertificateOptions, GatewayCapabilities, GatewayImplementation, GatewayListener, GatewayManifestOptions, GatewayReference,
  GkeGatewayClass, HttpListenerOptions, HttpsListenerOptions, IInferenceGateway, InferenceGateway, InferenceGatewayProps, ParametersRef,
  SecretCertificateOptions,
} from './gateway';
export { DisableOptions, GraphOptions, MuteOptions } from './graph/graph-options';
export {
  AddHigressPluginOptions, ArgoCdIgnoreDifference, BedrockProviderOptions, CertManagerIssuerOptions, ConsulRegistryOptions, CustomPluginOptions,
  CustomProviderOptions, DirectRegistryOptions, DnsRegistryOptions, EmbeddedUpstreamOptions, EurekaRegistryOptions, ExternalProvider,
  ExternalProviderType, ExternalUpstreamOptions, GatewayToken, GpuStackAuthenticationOptions, GpuStackGatewayMode, GpuStackPluginOptions,
  GpuStackRelease, GpuStackRole, GpuStackUpstream, HelmChartUpstreamOptions, HigressConfigMap, HigressConfigMapProps, HigressConfigSource,
  HigressModel, HigressModelDestinationOptions, HigressModelInstance, HigressModelProps, HigressModelProvider, HigressModelProviderProps,
  HigressModelRoute, HigressModelRouteProps, HigressPlugin, HigressPlugins, HigressPluginsProps, HigressProviderDestinationOptions,
  HigressRemoteGateway, HigressSettings, HigressSettingsProps, HigressTls, HttpModuleOptions, InClusterUpstreamOptions, McpBridge, McpBridgeProps,
  McpBridgeProxy, ModelDestination, Nacos2RegistryOptions, Nacos3RegistryOptions, NacosRegistryOptions, OciModuleOptions, Ownership,
  PemFilesOptions, PemTextOptions, SecretText, ServiceProtocol, ServiceRegistry, StaticRegistryOptions, VirtualServicePort, WasmPlugin,
  WasmPluginEnv, WasmPluginFailStrategy, WasmPluginMatchRule, WasmPluginPhase, WasmPluginProps, WasmPluginPullPolicy, WasmPluginRouteType,
  WasmPluginUrl, WholeHigressConfigOptions, ZookeeperRegistryOptions,
} from './higress';
export { AirunwayManifests, AirunwayManifestsOptions } from './manifests';
export {
  DefaultRendering, DisaggregatedServing, Engine, EngineOptions, EnvVariable, KeyRef, CustomModelOptions, Model, ModelDeployment,
  ModelDeploymentProps, ModelOptions, ModelRenderingOptions, ModelResources, Rendering, Serving, ServingComponent, StorageVolume,
  Toleration, VolumeAccessMode, VolumePurpose,
} from './model';
export { ApiFormat, EngineType, ServingMode } from './plan';
export {
  ConcurrencyDetectorOptions, CoreMetricsExtractorOptions, CustomRuntimeOptions, DisaggProfileHandlerOptions, EndpointPicker, EndpointPickerConfig,
  EndpointPickerConfigProps, EndpointPickerFlagType, EndpointPickerHeaders, EndpointPickerMonitoring, EndpointPickerOptions, EndpointPickerPlugin,
  EndpointPickerPluginOptions, EndpointPickerProps, EndpointPickerRuntime, EndpointPickerServiceRef, EndpointPickerTls, EngineMetrics, FailureMode,
  FlowControl, InferenceModelRewrite, InferenceModelRewriteOptions, InferenceModelRewriteProps, InferenceObjective, InferenceObjectiveOptions,
  InferenceObjectiveProps, LatencyPredictor, LoraAdapters, LoraAdaptersProps, MetricsDataSourceOptions, ModelPool, ModelPoolProps,
  ModelRewriteRule, ModelRewriteTarget, ModelServerEngine, PdProfileHandlerOptions,
  PickerCertificateOptions, PickerDataSource, PickerMonitoringOptions, PickerNetworkPolicy, PickerPluginOptions,
  PickerToleration, PickerTracing, PoolAppProtocol,
  PrecisePrefixOptions, PrefillDecodeOptions, PrefixBasedPdDeciderOptions, PrefixCacheAffinityFilterOptions, PrefixCacheScorerOptions, PriorityBand,
  ProfilePlugin, SchedulingProfile, UtilizationDetectorOptions,
} from './pool';
export {
  EngineGatewayCapabilities, ProviderEndpointPicker, ProviderEngine, ProviderGateway, ProviderGatewayOptions, ProviderGatewayProps, ResolvedPool,
  SelectionRule,
} from './provider';
export {
  GrantSource, GrantTarget, ModelListRoute, ModelListRouteProps, ModelRoute, ModelRouteOptions, ModelRouteProps, PoolReference, ReferenceGrant,
  ReferenceGrantProps, RequestMirror, RequestMirrorOptions, RouteScopeOptions, ServiceReference, WeightedPool,
} from './routing';
