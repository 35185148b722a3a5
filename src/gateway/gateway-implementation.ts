import { BodyRouting, GatewayCapabilities } from './gateway-capabilities';

/** The two GKE gateway classes that support InferencePools. */
export enum GkeGatewayClass {
  /** Regional internal Application Load Balancer. */
  REGIONAL_INTERNAL = 'gke-l7-rilb',
  /** Regional external Application Load Balancer. */
  REGIONAL_EXTERNAL = 'gke-l7-regional-external-managed',
}

/**
 * The software behind a Gateway: its GatewayClass and what it can do.
 *
 * More than the class name differs between implementations: Istio needs DestinationRules, GKE its own policies and no route
 * timeouts, agentgateway and Higress no body-based router.
 */
export class GatewayImplementation {
  /**
   * Istio, GatewayClass `istio`. istiod must run with `ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true`.
   */
  public static istio(): GatewayImplementation {
    return new GatewayImplementation('istio', {
      destinationRules: true,
      bodyRouting: BodyRouting.ENVOY_FILTER,
      prerequisite: 'istiod runs with ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true',
    });
  }

  /**
   * Envoy Gateway, GatewayClass `eg`. Its Helm values must list InferencePool under `extensionManager.backendResources`.
   */
  public static envoyGateway(): GatewayImplementation {
    return new GatewayImplementation('eg', {
      weightedPools: false,
      bodyRouting: BodyRouting.ENVOY_EXTENSION_POLICY,
      prerequisite: 'Envoy Gateway lists InferencePool under extensionManager.backendResources',
    });
  }

  /**
   * kgateway, GatewayClass `kgateway`. Release 2.2 dropped InferencePools of this class (kgateway-dev/kgateway#12442): use
   * `agentgateway()` for them from then on.
   */
  public static kgateway(): GatewayImplementation {
    return new GatewayImplementation('kgateway', {
      prerequisite: 'kgateway is older than 2.2, which dropped InferencePools of class kgateway in favour of agentgateway',
    });
  }

  /**
   * agentgateway, GatewayClass `agentgateway`. Its Helm values must set `inferenceExtension.enabled=true`.
   */
  public static agentgateway(): GatewayImplementation {
    return new GatewayImplementation('agentgateway', {
      crossNamespacePools: false,
      bodyRouting: BodyRouting.AGENTGATEWAY_POLICY,
      prerequisite: 'agentgateway is installed with inferenceExtension.enabled=true',
    });
  }

  /**
   * Higress, GatewayClass `higress`. Its Helm values must set `global.enableInferenceExtension=true`, beside `global.enableGatewayAPI`
   * and `global.enableIstioAPI`, which are on by default.
   *
   * One rule takes one InferencePool: the picker of the last one would choose for all (higress-group/higress#4519). Every Gateway of the
   * class is served by the pods of the Higress installation, on the ports that the Service `higress-gateway` has.
   *
   * Source: alibaba/higress pkg/ingress/kube/gateway/istio/conversion.go, helm/core/templates.
   */
  public static higress(): GatewayImplementation {
    return new GatewayImplementation('higress', {
      // The picker is reached as in Istio, whose proxy speaks TLS only where told to.
      destinationRules: true,
      weightedPools: false,
      bodyRouting: BodyRouting.WASM_PLUGIN,
      prerequisite: 'Higress 2.1.10 or later is installed with global.enableInferenceExtension=true',
    });
  }

  /**
   * Google Kubernetes Engine.
   *
   * @param gatewayClass the load balancer to use; defaults to the regional internal one, `gke-l7-rilb`
   */
  public static gke(gatewayClass: GkeGatewayClass = GkeGatewayClass.REGIONAL_INTERNAL): GatewayImplementation {
    return new GatewayImplementation(gatewayClass, {
      routeTimeouts: false,
      gcpPolicies: true,
      bodyRouting: BodyRouting.GCP_ROUTING_EXTENSION,
    });
  }

  /**
   * Any other implementation.
   *
   * @param gatewayClassName the name of its GatewayClass
   * @param capabilities what it can do
   */
  public static of(gatewayClassName: string, capabilities: GatewayCapabilities = {}): GatewayImplementation {
    return new GatewayImplementation(gatewayClassName, capabilities);
  }

  /** The known implementation of a GatewayClass; one with default capabilities for a class that is not known. */
  public static fromGatewayClassName(gatewayClassName: string): GatewayImplementation {
    switch (gatewayClassName) {
      case 'istio': return GatewayImplementation.istio();
      case 'eg': return GatewayImplementation.envoyGateway();
      case 'kgateway': return GatewayImplementation.kgateway();
      case 'agentgateway': return GatewayImplementation.agentgateway();
      case 'higress': return GatewayImplementation.higress();
      case GkeGatewayClass.REGIONAL_INTERNAL: return GatewayImplementation.gke(GkeGatewayClass.REGIONAL_INTERNAL);
      case GkeGatewayClass.REGIONAL_EXTERNAL: return GatewayImplementation.gke(GkeGatewayClass.REGIONAL_EXTERNAL);
      default: return GatewayImplementation.of(gatewayClassName);
    }
  }

  /** Name of the GatewayClass. */
  public readonly gatewayClassName: string;
  /** What it can do. */
  public readonly capabilities: GatewayCapabilities;

  private constructor(gatewayClassName: string, capabilities: GatewayCapabilities) {
    this.gatewayClassName = gatewayClassName;
    this.capabilities = capabilities;
  }
}
