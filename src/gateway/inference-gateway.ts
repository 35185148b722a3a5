import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import {
  AirunwayApi, assertNoMistakes, checkLabelName, checkObjectName, checkShape, compact, copyOf, isAttached, kubeObject, Manifest, Mistake,
  MODEL_HEADER, namespaceOf, warnAtSynth,
} from '../core';
import { referenceGrantManifest } from '../policy';
import { AllowedRoutes } from './allowed-routes';
import { BodyBasedRouter, BodyBasedRouterOptions } from './body-based-router';
import { GatewayBook } from './gateway-book';
import { BodyRouting } from './gateway-capabilities';
import { GatewayImplementation } from './gateway-implementation';
import { GatewayListener } from './gateway-listener';
import { GATEWAY_SHAPE } from './gateway-shape';
import { ListenerSpec, listenerSpec, secretNameOf, withAllowedRoutes } from './manifests/listeners';
import { checkListeners } from './validation/check-listeners';

/** A route that attaches to a Gateway. */
export interface AttachedRoute {
  /** Namespace of the route. */
  readonly namespace: string;

  /**
   * Model name the route answers to.
   *
   * @default - the route does not match on a model name
   */
  readonly modelName?: string;

  /**
   * More model names it answers to.
   *
   * @default - none
   */
  readonly additionalModelNames?: string[];

  /**
   * Paths it answers to exactly, whatever the model.
   *
   * @default - none
   */
  readonly paths?: string[];

  /**
   * Host names it answers to.
   *
   * @default - those of the listeners
   */
  readonly hostnames?: string[];

  /**
   * What else a request must match, in any words: routes that answer to one name conflict only when it is the same.
   *
   * @default - nothing
   */
  readonly condition?: string;
}

/** A Gateway that models attach to: one of ours, or one that exists. */
export interface IInferenceGateway extends IConstruct {
  /** Name of the Gateway. */
  readonly gatewayName: string;
  /** Namespace of the Gateway. */
  readonly gatewayNamespace: string;
  /** The software behind it. */
  readonly implementation: GatewayImplementation;
  /** The AI Runway API group whose labels the Gateway carries. */
  readonly airunwayApi: AirunwayApi;

  /**
   * Lets a route of a namespace attach, and claims its model names and paths.
   *
   * @param route the construct that renders the route, or the custom resource a controller makes it from
   * @param attached what attaches
   */
  attach(route: IConstruct, attached: AttachedRoute): void;
}

/** Properties of `InferenceGateway`. */
export interface InferenceGatewayProps {
  /** The software behind the Gateway. */
  readonly implementation: GatewayImplementation;

  /**
   * Name of the Gateway.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the Gateway.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /**
   * The ports it listens on.
   *
   * @default - HTTP on port 80
   */
  readonly listeners?: GatewayListener[];

  /**
   * Which namespaces' routes its listeners accept.
   *
   * @default AllowedRoutes.attached()
   */
  readonly allowedRoutes?: AllowedRoutes;

  /**
   * Makes Azure's load balancer probe the listeners by TCP. It asks for `/` over HTTP otherwise, gets 404 and drops the public
   * address (AI Runway, docs/gateway.md).
   *
   * @default false
   */
  readonly azureLoadBalancer?: boolean;

  /**
   * Labels for what the implementation creates: `spec.infrastructure.labels`.
   *
   * @default - none
   */
  readonly infrastructureLabels?: { [key: string]: string };

  /**
   * Annotations for what the implementation creates: `spec.infrastructure.annotations`.
   *
   * @default - none, or the probe annotations of `azureLoadBalancer`
   */
  readonly infrastructureAnnotations?: { [key: string]: string };

  /**
   * Configuration of the implementation's own: `spec.infrastructure.parametersRef`.
   *
   * @default - none
   */
  readonly parametersRef?: ParametersRef;

  /**
   * Labels of the Gateway, beside `<domain>/inference-gateway: "true"` by which AI Runway finds it.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the Gateway.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Namespace of a body-based router that something else deploys, for AI Runway's controller: annotation
   * `airunway.ai/bbr-namespace`. `addBodyBasedRouter` sets it by itself.
   *
   * @default - the Gateway's namespace
   */
  readonly bbrNamespace?: string;

  /**
   * The AI Runway API group whose labels and annotations are used.
   *
   * @default AirunwayApi.AIRUNWAY
   */
  readonly airunwayApi?: AirunwayApi;
}

/** Reference to an implementation's own configuration object in the Gateway's namespace. */
export interface ParametersRef {
  /** API group, empty for the core group. */
  readonly group: string;
  /** Kind. */
  readonly kind: string;
  /** Name. */
  readonly name: string;
}

/** What identifies a Gateway that exists. */
export interface GatewayReference {
  /** Name of the Gateway. */
  readonly name: string;

  /**
   * Namespace of the Gateway.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /** The software behind it. */
  readonly implementation: GatewayImplementation;

  /**
   * The AI Runway API group of the cluster.
   *
   * @default AirunwayApi.AIRUNWAY
   */
  readonly airunwayApi?: AirunwayApi;
}

/** Options of `InferenceGateway.fromManifest`. */
export interface GatewayManifestOptions {
  /**
   * The software behind it.
   *
   * @default - known from `gatewayClassName`
   */
  readonly implementation?: GatewayImplementation;

  /**
   * Which namespaces' routes its listeners accept. With `attached()` the namespaces of models are added to what is there.
   *
   * @default AllowedRoutes.unmanaged() - the manifest comes back as it is
   */
  readonly allowedRoutes?: AllowedRoutes;
}

/**
 * A Gateway for model traffic.
 *
 * Renders a `Gateway` (gateway.networking.k8s.io/v1), and a ReferenceGrant for each certificate Secret in another namespace.
 * Its `allowedRoutes` are known only when every model has attached, so they are written at synth.
 *
 * Errors: IGW101 for a name, IGW401 for a listener, IGW402 for what the implementation cannot do. Warnings: IGW403 for a model
 * name two routes answer to, IGW404 for several models without a body-based router.
 */
export class InferenceGateway extends Construct implements IInferenceGateway {
  /** References a Gateway that exists. Nothing is rendered, so its administrator must allow the routes of attached models. */
  public static fromGatewayName(scope: Construct, id: string, reference: GatewayReference): IInferenceGateway {
    return new ExistingGateway(scope, id, reference);
  }

  /**
   * Reads a Gateway manifest in, lossless: without `allowedRoutes` it is rendered as it is. One without a namespace gets the
   * chart's, if that has one.
   *
   * Errors: IGW601 for what is no Gateway.
   *
   * @param manifest the parsed manifest
   */
  public static fromManifest(scope: Construct, id: string, manifest: any, options: GatewayManifestOptions = {}): InferenceGateway {
    assertNoMistakes(`${scope.node.path}/${id}`, checkManifest(manifest));
    const namespace: string | undefined = manifest.metadata.namespace ?? Chart.of(scope).namespace;
    return new InferenceGateway(scope, id, {
      name: manifest.metadata.name,
      namespace,
      implementation: options.implementation ?? GatewayImplementation.fromGatewayClassName(manifest.spec.gatewayClassName ?? ''),
      airunwayApi: Object.values(AirunwayApi).find((api) => manifest.metadata.labels?.[`${api}/inference-gateway`] !== undefined),
      allowedRoutes: options.allowedRoutes ?? AllowedRoutes.unmanaged(),
      [MANIFEST]: copyOf({ ...manifest, metadata: { ...manifest.metadata, namespace } }),
    } as InferenceGatewayProps);
  }

  /** Name of the Gateway. */
  public readonly gatewayName: string;
  /** Namespace of the Gateway. */
  public readonly gatewayNamespace: string;
  /** The software behind it. */
  public readonly implementation: GatewayImplementation;
  /** The AI Runway API group whose labels the Gateway carries. */
  public readonly airunwayApi: AirunwayApi;
  /** The Gateway object. */
  public readonly gateway: ApiObject;

  private readonly allowedRoutes: AllowedRoutes;
  private readonly routes: { readonly route: IConstruct; readonly namespace: string }[] = [];
  private readonly book: GatewayBook;

  public constructor(scope: Construct, id: string, props: InferenceGatewayProps) {
    super(scope, id);
    this.gatewayName = props.name ?? id;
    this.gatewayNamespace = namespaceOf(this, props.namespace);
    this.implementation = props.implementation;
    this.airunwayApi = props.airunwayApi ?? AirunwayApi.AIRUNWAY;
    this.allowedRoutes = props.allowedRoutes ?? AllowedRoutes.attached();
    this.book = GatewayBook.of(this);

    const imported = (props as { [MANIFEST]?: Manifest })[MANIFEST];
    const manifest = imported ?? this.manifestOf(props);
    const spec = manifest.spec as { listeners: readonly ListenerSpec[] };
    this.gateway = kubeObject(this, 'Resource', {
      ...manifest,
      spec: Lazy.any({ produce: () => ({ ...spec, listeners: this.listenersWithRoutes(spec.listeners) }) }),
    });
    if (imported) return;
    this.grantSecrets(props.listeners ?? []);
    warnAtSynth(this, () => this.checkBodyRouting());
  }

  public attach(route: IConstruct, attached: AttachedRoute): void {
    this.assertAllowed(route, attached.namespace);
    this.routes.push({ route, namespace: attached.namespace });
    this.book.claim(route, attached);
  }

  /**
   * Lets routes match on the `model` field of request bodies: without it only clients that send the model header themselves
   * reach a model (404 otherwise).
   *
   * Renders what the implementation needs: the body-based router and its `EnvoyFilter` (Istio), `GCPRoutingExtension` (GKE) or
   * `EnvoyExtensionPolicy`, catch-all `HTTPRoute` and `HTTPRouteFilter` (Envoy Gateway); an `AgentgatewayPolicy` and no router for
   * agentgateway, a `WasmPlugin` for Higress' own plugin.
   *
   * Errors: IGW402 when the implementation has no way to plug one in, or when the Gateway has one already.
   */
  public addBodyBasedRouter(options: BodyBasedRouterOptions = {}): BodyBasedRouter {
    this.book.assertNoRouter(this);
    const router = new BodyBasedRouter(this, 'BodyBasedRouter', { gateway: this, ...options });
    if (router.deployment && router.namespace !== this.gatewayNamespace) {
      this.gateway.metadata.addAnnotation(`${this.airunwayApi}/bbr-namespace`, router.namespace);
    }
    return router;
  }

  private manifestOf(props: InferenceGatewayProps): Manifest {
    const listeners = props.listeners && props.listeners.length > 0 ? props.listeners : [GatewayListener.http()];
    assertNoMistakes(this, [
      ...checkObjectName('metadata.name', this.gatewayName),
      ...checkLabelName('metadata.namespace', this.gatewayNamespace),
      ...checkObjectName('spec.gatewayClassName', this.implementation.gatewayClassName),
      ...checkListeners(this.gatewayName, listeners),
    ]);
    const infrastructure = compact({
      labels: props.infrastructureLabels,
      annotations: infrastructureAnnotations(props, listeners),
      parametersRef: props.parametersRef,
    });
    return {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: compact({
        name: this.gatewayName,
        namespace: this.gatewayNamespace,
        labels: { [`${this.airunwayApi}/inference-gateway`]: 'true', ...props.labels },
        annotations: this.annotationsOf(props, listeners),
      }),
      spec: compact({
        gatewayClassName: this.implementation.gatewayClassName,
        infrastructure: Object.keys(infrastructure).length > 0 ? infrastructure : undefined,
        listeners: listeners.map((listener) => listenerSpec(this.gatewayName, listener)),
      }),
    };
  }

  private annotationsOf(props: InferenceGatewayProps, listeners: readonly GatewayListener[]): Record<string, string> | undefined {
    const annotations = {
      ...(props.bbrNamespace ? { [`${this.airunwayApi}/bbr-namespace`]: props.bbrNamespace } : {}),
      ...issuerAnnotation(listeners),
      ...props.annotations,
    };
    return Object.keys(annotations).length > 0 ? annotations : undefined;
  }

  private listenersWithRoutes(listeners: readonly ListenerSpec[]): ListenerSpec[] {
    const namespaces = new Set(this.routes.filter(({ route }) => isAttached(route)).map(({ namespace }) => namespace));
    return listeners.map((listener) => withAllowedRoutes(listener, this.allowedRoutes, this.gatewayNamespace, namespaces));
  }

  private assertAllowed(route: IConstruct, namespace: string): void {
    if (this.allowedRoutes.from !== 'Same' || namespace === this.gatewayNamespace) return;
    assertNoMistakes(route, [{
      code: 'IGW402',
      field: 'allowedRoutes',
      value: 'Same',
      problem: `keeps the route of namespace ${namespace} from attaching to Gateway ${this.gatewayNamespace}/${this.gatewayName}`,
      allowed: `routes of namespace ${this.gatewayNamespace}`,
      fix: 'use AllowedRoutes.attached(), which lists exactly the namespaces in use',
    }]);
  }

  private checkBodyRouting(): Mistake[] {
    const { bodyRouting = BodyRouting.NONE } = this.implementation.capabilities;
    if (bodyRouting === BodyRouting.NONE || this.book.modelCount < 2 || this.book.hasRouter || this.hasRouterElsewhere()) return [];
    return [{
      code: 'IGW404',
      field: 'bodyBasedRouter',
      problem: `is missing while several models attach: clients that do not send the header ${MODEL_HEADER} get 404`,
      fix: 'call addBodyBasedRouter(), or set `bbrNamespace` when something else deploys a router',
    }];
  }

  private hasRouterElsewhere(): boolean {
    return `${this.airunwayApi}/bbr-namespace` in (this.gateway.metadata.toJson().annotations ?? {});
  }

  private grantSecrets(listeners: readonly GatewayListener[]): void {
    const foreign = listeners.filter(({ certificate }) => certificate?.secretNamespace && certificate.secretNamespace !== this.gatewayNamespace);
    for (const namespace of new Set(foreign.map(({ certificate }) => certificate!.secretNamespace!))) {
      kubeObject(this, `SecretGrant-${namespace}`, referenceGrantManifest({
        // Gateways of the same name in several namespaces may share a certificate.
        name: `${this.gatewayNamespace}-${this.gatewayName}-certificates`,
        namespace,
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: this.gatewayNamespace }],
        to: [...new Set(foreign.filter(({ certificate }) => certificate!.secretNamespace === namespace)
          .map((listener) => secretNameOf(this.gatewayName, listener)))]
          .map((name) => ({ group: '', kind: 'Secret', name })),
      }));
    }
  }
}

const MANIFEST = Symbol('manifest');

function checkManifest(manifest: any): Mistake[] {
  if (manifest?.kind === 'Gateway' && manifest.metadata?.name && Array.isArray(manifest.spec?.listeners)) return checkShape(manifest.spec, GATEWAY_SHAPE, 'spec');
  return [{
    code: 'IGW601',
    field: 'kind',
    value: `${manifest?.apiVersion} ${manifest?.kind}`,
    problem: 'is not a Gateway with a name and listeners',
    allowed: 'gateway.networking.k8s.io/v1 Gateway',
    fix: 'pass one parsed Gateway document',
  }];
}

class ExistingGateway extends Construct implements IInferenceGateway {
  public readonly gatewayName: string;
  public readonly gatewayNamespace: string;
  public readonly implementation: GatewayImplementation;
  public readonly airunwayApi: AirunwayApi;

  public constructor(scope: Construct, id: string, reference: GatewayReference) {
    super(scope, id);
    this.gatewayName = reference.name;
    this.gatewayNamespace = namespaceOf(this, reference.namespace);
    this.implementation = reference.implementation;
    this.airunwayApi = reference.airunwayApi ?? AirunwayApi.AIRUNWAY;
  }

  public attach(route: IConstruct, attached: AttachedRoute): void {
    GatewayBook.of(this).claim(route, attached);
  }
}

function infrastructureAnnotations(props: InferenceGatewayProps, listeners: readonly GatewayListener[]): Record<string, string> | undefined {
  const probes = props.azureLoadBalancer
    ? Object.fromEntries(listeners.map(({ port }) => [`service.beta.kubernetes.io/port_${port}_health-probe_protocol`, 'tcp']))
    : undefined;
  return probes || props.infrastructureAnnotations ? { ...probes, ...props.infrastructureAnnotations } : undefined;
}

function issuerAnnotation(listeners: readonly GatewayListener[]): Record<string, string> {
  const issued = listeners.find(({ certificate }) => certificate?.issuedBy)?.certificate?.issuedBy;
  if (issued?.clusterIssuer) return { 'cert-manager.io/cluster-issuer': issued.clusterIssuer };
  if (issued?.issuer) return { 'cert-manager.io/issuer': issued.issuer };
  return {};
}
