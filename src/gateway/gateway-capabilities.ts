/** How the `model` field of a request body becomes the header that routes match on. */
export enum BodyRouting {
  /** The body-based router, plugged in by an Istio `EnvoyFilter`. */
  ENVOY_FILTER = 'EnvoyFilter',
  /** The body-based router, plugged in by a `GCPRoutingExtension`. */
  GCP_ROUTING_EXTENSION = 'GCPRoutingExtension',
  /** The body-based router, plugged in by Envoy Gateway's `EnvoyExtensionPolicy`. */
  ENVOY_EXTENSION_POLICY = 'EnvoyExtensionPolicy',
  /** No router: the gateway reads the body itself, told by an `AgentgatewayPolicy`. */
  AGENTGATEWAY_POLICY = 'AgentgatewayPolicy',
  /** No router: the plugin `model-router` of Higress reads the body, configured by a `WasmPlugin`. */
  WASM_PLUGIN = 'WasmPlugin',
  /** There is no way to plug a router in. */
  NONE = 'None',
}

/** What a gateway implementation can do, and which objects of its own it needs. */
export interface GatewayCapabilities {
  /**
   * Whether endpoint pickers and the body-based router need an Istio `DestinationRule`, because the data plane speaks TLS
   * to them only when told to.
   *
   * @default false
   */
  readonly destinationRules?: boolean;

  /**
   * Whether `HTTPRoute` may carry `timeouts`. GKE refuses the route that does (kserve/kserve#5311).
   *
   * @default true
   */
  readonly routeTimeouts?: boolean;

  /**
   * Whether each InferencePool needs a `HealthCheckPolicy` and takes its timeout from a `GCPBackendPolicy`.
   *
   * @default false
   */
  readonly gcpPolicies?: boolean;

  /**
   * Whether a route may point at an InferencePool of another namespace. agentgateway answers RefNotPermitted even with a
   * ReferenceGrant.
   *
   * @default true
   */
  readonly crossNamespacePools?: boolean;

  /**
   * Whether one rule may spread its requests over several InferencePools by weight.
   *
   * @default true
   */
  readonly weightedPools?: boolean;

  /**
   * Whether requests may be mirrored to an InferencePool. The Gateway API leaves every mirror that is no Service to the
   * implementation, and an endpoint picker is asked for the original request only, so nothing picks a pod for the copy.
   *
   * @default false
   */
  readonly mirroredPools?: boolean;

  /**
   * Whether InferencePools are supported at all.
   *
   * @default true
   */
  readonly inferencePools?: boolean;

  /**
   * How the model name of a request body reaches the routes.
   *
   * @default BodyRouting.NONE
   */
  readonly bodyRouting?: BodyRouting;

  /**
   * What has to be switched on in the implementation before any of this works, as one line.
   *
   * @default - nothing
   */
  readonly prerequisite?: string;
}
