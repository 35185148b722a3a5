import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { kubeObject, namespaceOf } from '../core';
import type { IInferenceGateway } from '../gateway';
import { grantBackend } from './backend-grants';
import { ModelRouteOptions } from './model-route-options';
import { modelNamesOf, planRoute, poolsOf } from './plan-route';
import { PoolReference, WeightedPool } from './pool-reference';

/** Properties of `ModelRoute`. Give either `pool` or `backends`. */
export interface ModelRouteProps extends ModelRouteOptions {
  /** The Gateway requests come from. */
  readonly gateway: IInferenceGateway;

  /**
   * The pool they go to. A `ModelPool` is one; call its `connectTo`, or `routeFrom` instead of this.
   *
   * @default - `backends`
   */
  readonly pool?: PoolReference;

  /**
   * Several pools that share the requests by weight, 16 at most: a canary, for example. Each pool's own endpoint picker picks its pods, and
   * nothing changes the model name of a request, so all of them must serve every name of the route. It is an error (IGW402) where
   * `GatewayCapabilities.weightedPools` is false.
   *
   * @default - `pool` gets all of them
   */
  readonly backends?: WeightedPool[];

  /**
   * Namespace of the HTTPRoute. A ReferenceGrant is rendered in the namespace of each pool, and of the mirror, that is in another.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;
}

/**
 * The route from a Gateway to the pool of a model.
 *
 * Renders an `HTTPRoute` (gateway.networking.k8s.io/v1) and, when pool and route are in different namespaces, the
 * `ReferenceGrant` without which every request answers 500. Attaches to the Gateway, which allows the namespace.
 *
 * It offers no retries: `retry` is a field of the Gateway API's experimental channel only, and an API server with the standard
 * CustomResourceDefinitions (v1.5.1) drops it. A request that already streams tokens cannot be sent again anyway.
 *
 * Source of the shape: AI Runway, controller/internal/controller/gateway_reconciler.go.
 *
 * Errors: IGW101 and IGW102 for names, IGW207 for an empty model name, IGW402 for what the implementation refuses: a pool in another
 * namespace, several pools, a pool as mirror; IGW502 for everything else the Gateway API refuses.
 * Warnings: IGW402 for `matchBaseModel` where nothing sets the header, IGW403 for a model name two routes answer to, IGW411 for a timeout
 * that GKE does not see, IGW502 for a space around a name.
 */
export class ModelRoute extends Construct {
  /** Name of the HTTPRoute. */
  public readonly name: string;
  /** Namespace of the HTTPRoute. */
  public readonly namespace: string;
  /** The model name it answers to. */
  public readonly modelName: string;
  /** All model names it answers to, LoRA adapters included. */
  public readonly modelNames: string[];
  /** The HTTPRoute object. */
  public readonly httpRoute: ApiObject;
  /** The first of `referenceGrants`. */
  public readonly referenceGrant?: ApiObject;
  /** The ReferenceGrants for what is in other namespaces. Routes to the same pool share one. */
  public readonly referenceGrants: ApiObject[];

  public constructor(scope: Construct, id: string, props: ModelRouteProps) {
    super(scope, id);
    const pools = poolsOf(props).map(({ pool }) => pool);
    this.name = props.name ?? pools[0]?.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.modelName = props.modelName;
    this.modelNames = modelNamesOf(props);
    const plan = planRoute(this, this.name, this.namespace, props);
    this.referenceGrants = [...new Set(plan.granted.flatMap((backend) => grantBackend(this, backend, this.namespace) ?? []))];
    this.referenceGrant = this.referenceGrants[0];
    this.httpRoute = kubeObject(this, 'Resource', plan.manifest());
    props.gateway.attach(this, plan.attached);
  }
}
