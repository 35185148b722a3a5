import './graph/register';
export { AirunwayApi } from './core';
export { CrdFamily, InferenceCrds, InferenceCrdsProps } from './crds';
export {
  AllowedRoutes, AttachedRoute, BodyBasedRouter, BodyBasedRouterOptions, BodyBasedRouterProps, BodyRouting, CertificateRef,
  CertManagerCertificateOptions, GatewayCapabilities, GatewayImplementation, GatewayListener, GatewayManifestOptions, GatewayReference,
  GkeGatewayClass, HttpListenerOptions, HttpsListenerOptions, IInferenceGateway, InferenceGateway, InferenceGatewayProps, ParametersRef,
  RouterTracing, SecretCertificateOptions,
} from './gateway';
export { DisableOptions, GraphOptions, MuteOptions } from './graph/graph-options';
export {
  AddHigressPluginOptions, AiCacheEmbeddingOptions, AiCacheKeyStrategy, AiCacheOptions, AiCacheThresholdRelation, AiCacheVectorOptions,
  AiLoadBalancing, AiPromptDecoratorOptions, AiPromptTemplateOptions, AiProtocol, AiProvider, AiProviderCustomSetting, AiProviderFailover,
  AiProviderRetry, AiProviderType, AiProxyOptions, AiQuotaOptions, AiSecurityGuardOptions, AiStatisticsOptions, AiTokenRateLimitOptions,
  ArgoCdIgnoreDifference, AutoRoutingOptions, AutoRoutingRule, BasePathHandling, BedrockProviderOptions, CertManagerIssuerOptions,
  ClusterMetricMode, ClusterMetricsOptions, ConsulRegistryOptions, CorsOptions, CustomPluginOptions, CustomProviderOptions, DedupeStrategy,
  DirectRegistryOptions, DnsRegistryOptions, EmbeddedUpstreamOptions, EndpointMetricPolicy, EndpointMetricsOptions, EurekaRegistryOptions,
  ExtAuthEndpointMode, ExtAuthHeader, ExtAuthMatch, ExtAuthMatchType, ExtAuthOptions, ExtAuthRequestRule, ExternalProvider, ExternalProviderType,
  ExternalUpstreamOptions, GatewayToken, GlobalLeastRequestOptions, GpuStackAuthenticationOptions, GpuStackGatewayMode, GpuStackPluginOptions,
  GpuStackRelease, GpuStackRole, GpuStackUpstream, GuardAction, GuardLevel, HeaderTransform, HelmChartUpstreamOptions, HigressConfigMap,
  HigressConfigMapProps, HigressConfigSource, HigressModel, HigressModelDestinationOptions, HigressModelInstance, HigressModelProps,
  HigressModelProvider, HigressModelProviderProps, HigressModelRoute, HigressModelRouteProps, HigressPlugin, HigressPlugins, HigressPluginsProps,
  HigressProviderDestinationOptions, HigressRedisOptions, HigressRemoteGateway, HigressSettings, HigressSettingsProps, HigressTls,
  HttpModuleOptions, InClusterUpstreamOptions, IpRestrictionOptions, IpSource, KeyAuthConsumer, KeyAuthOptions, McpBridge, McpBridgeProps,
  McpBridgeProxy, McpServerOptions, McpTransport, ModelDestination, ModelMapperOptions, ModelRouterOptions, Nacos2RegistryOptions,
  Nacos3RegistryOptions, NacosRegistryOptions, OciModuleOptions, Ownership, PemFilesOptions, PemTextOptions, PromptMessage, PromptReplacement,
  PromptTemplate, ReasoningContentMode, SecretText, SensitiveDataLevel, ServiceProtocol, ServiceRegistry, SetHeaderPreRouteOptions,
  StaticRegistryOptions, StatisticsAttribute, StatisticsRule, StatisticsSource, TokenLimit, TokenLimitBy, TokenLimitKey, TokenLimitRule,
  TokenUsageOptions, TransformAdd, TransformAppend, TransformDedupe, TransformEntry, TransformerOptions, TransformMap, TransformMapOptions,
  TransformOperation, TransformOptions, TransformPart, TransformRename, TransformReplace, TransformValueOptions, TransformValueType,
  VirtualServicePort, WasmPlugin, WasmPluginEnv, WasmPluginFailStrategy, WasmPluginMatchRule, WasmPluginPhase, WasmPluginProps,
  WasmPluginPullPolicy, WasmPluginRouteType, WasmPluginUrl, WholeHigressConfigOptions, ZookeeperRegistryOptions,
} from './higress';
export {
  FastApp, Fleet, FleetApplicationSet, FleetApplicationSetProps, FleetCatalogue, FleetLayout, FleetModel, FleetModelOptions, FleetProps, FleetReport,
  IFleetSource,
} from './gitops';
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
