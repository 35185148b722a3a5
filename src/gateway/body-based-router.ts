import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, checkLabelName, checkObjectName, checkServiceName, kubeObject, Mistake, parseQuantity, sizeToQuantity } from '../core';
import { destinationRuleManifest, gcpGrpcHealthCheckManifest, isNoShare, referenceGrantManifest } from '../policy';
import { PINS } from '../versions';
import { catchAllName, catchAllRoute, notFoundFilter } from './body-routing/catch-all-manifests';
import { agentgatewayPolicy, envoyExtensionPolicy, envoyFilter, FilterPlan, gcpRoutingExtension, modelRouterPlugin } from './body-routing/filter-manifests';
import {
  ROUTER_HEALTH_PORT, ROUTER_METRICS_PORT, ROUTER_PORT, routerDeployment, RouterPlan, routerRole, routerRoleBinding, routerService,
  routerServiceAccount,
} from './body-routing/router-manifests';
import { GatewayBook } from './gateway-book';
import { BodyRouting } from './gateway-capabilities';
import type { IInferenceGateway } from './inference-gateway';

/** Where traces of a body-based router go. */
export interface RouterTracing {
  /** The OTLP endpoint, as in `http://otel-collector.observability:4317`. */
  readonly endpoint: string;

  /**
   * Share of traces kept that no caller decided upon, 0 to 1.
   *
   * @default 0.1
   */
  readonly sampleRatio?: number;

  /**
   * Sampler, by its OpenTelemetry name.
   *
   * @default parentbased_traceidratio
   */
  readonly sampler?: string;

  /**
   * Name of the service in the traces.
   *
   * @default gateway-api-inference-extension/bbr
   */
  readonly serviceName?: string;
}

/** Options of a body-based router. */
export interface BodyBasedRouterOptions {
  /**
   * Name of the router and of everything it needs. AI Runway's controller knows it by the default.
   *
   * @default body-based-router
   */
  readonly name?: string;

  /**
   * Namespace of the router. Its filter stays in the Gateway's, where the implementation looks for it. For Higress the namespace it is
   * installed in: it reads WasmPlugins of no other.
   *
   * @default - the Gateway's namespace; `higress-system` for Higress
   */
  readonly namespace?: string;

  /**
   * Container image. For Higress the plugin's, with or without `oci://`.
   *
   * @default - the one of the pinned Gateway API Inference Extension release; for Higress the pinned release of its plugin `model-router`
   */
  readonly image?: string;

  /**
   * Number of pods.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Port the gateway calls it on. The process is told so too.
   *
   * @default 9004
   */
  readonly port?: number;

  /**
   * Port it answers health checks on. The process is told so too.
   *
   * @default 9005
   */
  readonly healthPort?: number;

  /**
   * Whether LoRA adapter ConfigMaps are read in every namespace instead of the router's own. Renders a ClusterRole.
   *
   * @default false
   */
  readonly allNamespaces?: boolean;

  /**
   * CPU each pod requests, as a Kubernetes quantity.
   *
   * @default 100m
   */
  readonly cpuRequest?: string;

  /**
   * Memory each pod requests.
   *
   * @default Size.mebibytes(128)
   */
  readonly memoryRequest?: Size;

  /**
   * Log verbosity, 0 to 5.
   *
   * @default 3
   */
  readonly verbosity?: number;

  /**
   * Sends traces.
   *
   * @default - none are sent
   */
  readonly tracing?: RouterTracing;
}

/** Properties of `BodyBasedRouter`. */
export interface BodyBasedRouterProps extends BodyBasedRouterOptions {
  /** The Gateway it reads requests of. */
  readonly gateway: IInferenceGateway;
}

/**
 * The body-based router (BBR): reads the `model` field of a request body into the header `X-Gateway-Model-Name`, before routing.
 *
 * Renders a ServiceAccount, Role, RoleBinding, Deployment and Service, and what plugs it into the Gateway: `EnvoyFilter` and
 * `DestinationRule` (Istio), `GCPRoutingExtension` and `HealthCheckPolicy` (GKE), `EnvoyExtensionPolicy` (Envoy Gateway). For
 * agentgateway, which reads bodies itself, only an `AgentgatewayPolicy`; for Higress only a `WasmPlugin` that configures its plugin
 * `model-router`. That one serves all Gateways of the installation: set `bbrNamespace` on the others.
 *
 * Envoy Gateway runs the router on requests that a route matched already, so it gets a catch-all `HTTPRoute` too, and an
 * `HTTPRouteFilter` by which that one answers 404 when the router finds no model. Each host name of a `ModelRoute` gets its own;
 * give a route that something else renders for a host name one by hand. On a Gateway that exists, the listeners must accept routes of
 * the Gateway's own namespace.
 *
 * Source of the shapes: Gateway API Inference Extension v1.5.0, config/charts/body-based-routing. Beyond the chart the pods have
 * probes and requests and meet the Pod Security "restricted" profile. The catch-all follows Envoy Gateway,
 * internal/xds/translator/extproc.go, where `ext_proc` is disabled but on routes.
 *
 * Errors: IGW101 for the name, IGW204 for an option, IGW402 when the implementation has no way to plug a router in, when the
 * Gateway has one already, or for options of the router's pods where there are none.
 */
export class BodyBasedRouter extends Construct {
  /** Name of the router. */
  public readonly name: string;
  /** Namespace of the router. */
  public readonly namespace: string;
  /** The object that plugs the router into the Gateway. */
  public readonly filter: ApiObject;
  /** The router's Deployment; undefined where the gateway reads bodies itself. */
  public readonly deployment?: ApiObject;
  /** The router's Service; undefined where the gateway reads bodies itself. */
  public readonly service?: ApiObject;

  public constructor(scope: Construct, id: string, props: BodyBasedRouterProps) {
    super(scope, id);
    const { gateway } = props;
    this.name = props.name ?? 'body-based-router';
    const bodyRouting = gateway.implementation.capabilities.bodyRouting ?? BodyRouting.NONE;
    this.namespace = props.namespace ?? (bodyRouting === BodyRouting.WASM_PLUGIN ? 'higress-system' : gateway.gatewayNamespace);
    assertNoMistakes(this, [
      ...checkOptions(this.name, this.namespace, props),
      ...checkPluggable(gateway, bodyRouting, this.namespace),
      ...checkPodOptions(gateway, bodyRouting, props),
    ]);
    const book = GatewayBook.of(gateway);
    book.claimRouter(this);
    const filter: FilterPlan = {
      name: this.name,
      routerNamespace: this.namespace,
      port: props.port ?? ROUTER_PORT,
      gatewayName: gateway.gatewayName,
      gatewayNamespace: gateway.gatewayNamespace,
    };
    if (bodyRouting === BodyRouting.AGENTGATEWAY_POLICY) {
      this.filter = kubeObject(this, 'Resource', agentgatewayPolicy(filter));
      return;
    }
    if (bodyRouting === BodyRouting.WASM_PLUGIN) {
      this.filter = kubeObject(this, 'Resource', modelRouterPlugin(this.name, this.namespace, pluginUrl(props.image)));
      return;
    }

    const plan = this.planOf(props, bodyRouting);
    kubeObject(this, 'ServiceAccount', routerServiceAccount(plan));
    kubeObject(this, 'Role', routerRole(plan));
    kubeObject(this, 'RoleBinding', routerRoleBinding(plan));
    this.deployment = kubeObject(this, 'Resource', routerDeployment(plan));
    this.service = kubeObject(this, 'Service', routerService(plan));
    this.filter = this.plugIn(bodyRouting, filter, plan.healthPort);
    if (bodyRouting === BodyRouting.ENVOY_EXTENSION_POLICY) {
      kubeObject(this, 'NotFound', notFoundFilter(filter));
      this.catchAll(filter);
      book.forEachHostname(this, (hostname) => this.catchAll(filter, hostname));
      gateway.attach(this, { namespace: gateway.gatewayNamespace });
    }
  }

  private catchAll(filter: FilterPlan, hostname?: string): void {
    assertNoMistakes(this, checkObjectName('name', catchAllName(filter.name, hostname)));
    kubeObject(this, hostname === undefined ? 'CatchAll' : `CatchAll-${hostname}`, catchAllRoute({ ...filter, hostname }));
  }

  private planOf(props: BodyBasedRouterProps, bodyRouting: BodyRouting): RouterPlan {
    const envoyGateway = bodyRouting === BodyRouting.ENVOY_EXTENSION_POLICY;
    return {
      name: this.name,
      namespace: this.namespace,
      image: props.image ?? `registry.k8s.io/gateway-api-inference-extension/bbr:${PINS.gaie}`,
      replicas: props.replicas ?? 1,
      port: props.port ?? ROUTER_PORT,
      healthPort: props.healthPort ?? ROUTER_HEALTH_PORT,
      verbosity: props.verbosity ?? 3,
      cpuRequest: props.cpuRequest ?? '100m',
      memoryRequest: sizeToQuantity(props.memoryRequest ?? Size.mebibytes(128)),
      allNamespaces: props.allNamespaces ?? false,
      tracing: props.tracing,
      // Envoy Gateway verifies a backend that speaks TLS, which a self-signed certificate cannot pass: it gets plain HTTP/2.
      secureServing: !envoyGateway,
      appProtocol: envoyGateway ? 'kubernetes.io/h2c' : 'HTTP2',
    };
  }

  private plugIn(bodyRouting: BodyRouting, filter: FilterPlan, healthPort: number): ApiObject {
    const { name, namespace } = this;
    switch (bodyRouting) {
      case BodyRouting.GCP_ROUTING_EXTENSION:
        kubeObject(this, 'HealthCheckPolicy', gcpGrpcHealthCheckManifest(name, namespace, healthPort));
        return kubeObject(this, 'Filter', gcpRoutingExtension(filter));
      case BodyRouting.ENVOY_EXTENSION_POLICY:
        if (namespace !== filter.gatewayNamespace) {
          kubeObject(this, 'ReferenceGrant', referenceGrantManifest({
            name,
            namespace,
            from: [{ group: 'gateway.envoyproxy.io', kind: 'EnvoyExtensionPolicy', namespace: filter.gatewayNamespace }],
            to: [{ group: '', kind: 'Service', name }],
          }));
        }
        return kubeObject(this, 'Filter', envoyExtensionPolicy(filter));
      default:
        kubeObject(this, 'DestinationRule', destinationRuleManifest({ name, namespace, service: name, version: 'v1' }));
        return kubeObject(this, 'Filter', envoyFilter(filter));
    }
  }
}

function checkPluggable(gateway: IInferenceGateway, bodyRouting: BodyRouting, namespace: string): Mistake[] {
  const { gatewayClassName } = gateway.implementation;
  if (bodyRouting === BodyRouting.NONE) {
    return [{
      code: 'IGW402',
      field: 'gatewayClassName',
      value: gatewayClassName,
      problem: 'has no way to plug a body-based router in',
      allowed: 'istio, eg, agentgateway, higress, the GKE classes, or GatewayImplementation.of with bodyRouting',
      fix: 'have clients send the header X-Gateway-Model-Name, or choose another implementation',
    }];
  }
  // A GCPRoutingExtension's backendRef has no namespace.
  if (bodyRouting === BodyRouting.GCP_ROUTING_EXTENSION && namespace !== gateway.gatewayNamespace) {
    return [{
      code: 'IGW402',
      field: 'namespace',
      value: namespace,
      problem: 'is not the namespace of the Gateway, where GKE looks for the router',
      allowed: gateway.gatewayNamespace,
      fix: 'remove `namespace`',
    }];
  }
  return [];
}

/** Options that only pods take are refused where the gateway reads bodies in its own. */
function checkPodOptions(gateway: IInferenceGateway, bodyRouting: BodyRouting, options: BodyBasedRouterOptions): Mistake[] {
  if (bodyRouting !== BodyRouting.WASM_PLUGIN) return [];
  return POD_OPTIONS.filter((field) => options[field] !== undefined).map((field) => ({
    code: 'IGW402',
    field,
    value: field === 'memoryRequest' ? sizeToQuantity(options.memoryRequest!) : options[field],
    problem: `is for the pods of a router, and ${gateway.implementation.gatewayClassName} reads bodies by a plugin`,
    allowed: 'name, namespace, image',
    fix: `remove \`${field}\``,
  }));
}

const POD_OPTIONS = ['replicas', 'port', 'healthPort', 'allNamespaces', 'cpuRequest', 'memoryRequest', 'verbosity', 'tracing'] as const;

function pluginUrl(image = `higress-registry.cn-hangzhou.cr.aliyuncs.com/plugins/model-router:${PINS.higressModelRouter}`): string {
  return image.includes('://') ? image : `oci://${image}`;
}

function checkOptions(name: string, namespace: string, options: BodyBasedRouterOptions): Mistake[] {
  const { replicas, verbosity, cpuRequest, tracing, port = ROUTER_PORT, healthPort = ROUTER_HEALTH_PORT } = options;
  const mistakes = [...checkServiceName('name', name), ...checkLabelName('namespace', namespace)];
  const refuse = (field: string, value: unknown, problem: string, allowed: string, fix: string) => {
    mistakes.push({ code: 'IGW204', field, value, problem, allowed, fix });
  };
  if (replicas !== undefined && (!Number.isInteger(replicas) || replicas < 0)) {
    refuse('replicas', replicas, 'is not a number of pods', 'whole numbers from 0', 'set a whole number');
  }
  for (const [field, value] of [['port', port], ['healthPort', healthPort]] as const) {
    if (!Number.isInteger(value) || value < 1 || value > 65535) {
      refuse(field, value, 'is not a port', 'whole numbers from 1 to 65535', 'set another port');
    } else if (value === ROUTER_METRICS_PORT) {
      refuse(field, value, 'is where the router answers metrics', 'any other port', 'set another port');
    }
  }
  if (port === healthPort) refuse('healthPort', healthPort, 'is the port of requests, and the router exits', 'any other port', 'set another port');
  if (verbosity !== undefined && (!Number.isInteger(verbosity) || verbosity < 0 || verbosity > 5)) {
    refuse('verbosity', verbosity, 'is not a log level', 'whole numbers from 0 to 5', 'set one of them');
  }
  if (cpuRequest !== undefined && !((parseQuantity(cpuRequest) ?? -1) >= 0)) {
    refuse('cpuRequest', cpuRequest, 'is not a quantity', 'for example 100m or 2', 'write a Kubernetes quantity');
  }
  if (isNoShare(tracing?.sampleRatio)) {
    refuse('tracing.sampleRatio', tracing?.sampleRatio, 'is not a share', '0 to 1', 'set another one');
  }
  return mistakes;
}
