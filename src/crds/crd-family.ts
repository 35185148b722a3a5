/** A set of CustomResourceDefinitions that one upstream project releases together. */
export enum CrdFamily {
  /** Gateway API, standard channel: Gateway, GatewayClass, HTTPRoute, ReferenceGrant and the other routes and policies. */
  GATEWAY_API = 'gateway-api',
  /** Gateway API Inference Extension: InferencePool, InferenceObjective, InferenceModelRewrite, InferencePoolImport. */
  GAIE = 'gaie',
  /** AI Runway: ModelDeployment and InferenceProviderConfig of the group `airunway.ai`. */
  AIRUNWAY = 'airunway',
  /** AI Runway's older group `kubeairunway.ai`. */
  AIRUNWAY_LEGACY = 'airunway-legacy',
  /** Higress: WasmPlugin, McpBridge, Http2Rpc. */
  HIGRESS = 'higress',
  /** Istio: all of its kinds, among them DestinationRule and EnvoyFilter. */
  ISTIO = 'istio',
  /** KAITO: Workspace and InferenceSet. */
  KAITO = 'kaito',
  /** KubeRay: RayService alone; the operator's own chart brings RayCluster and RayJob. */
  KUBERAY = 'kuberay',
  /** Argo CD: Application, ApplicationSet, AppProject. */
  ARGO_CD = 'argo-cd',
}
