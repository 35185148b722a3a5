import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, checkLabelName, checkObjectName, kubeObject, Mistake, namespaceOf, warn } from '../core';
import type { IInferenceGateway } from '../gateway';
import { formatDuration, httpRouteManifest, isGatewayDuration } from './http-route-manifest';
import { grantPool } from './pool-grants';
import { PoolReference } from './pool-reference';

/** Options of a route from a Gateway to an InferencePool. */
export interface ModelRouteOptions {
  /** The model name clients ask for: matched against the header `X-Gateway-Model-Name`, exactly. */
  readonly modelName: string;

  /**
   * Name of the HTTPRoute.
   *
   * @default - the name of the pool
   */
  readonly name?: string;

  /**
   * Longest time a request may take, streaming included. On GKE it goes into the pool's GCPBackendPolicy instead of the route.
   *
   * @default Duration.seconds(300)
   */
  readonly timeout?: Duration;
}

/** Properties of `ModelRoute`. */
export interface ModelRouteProps extends ModelRouteOptions {
  /** The Gateway requests come from. */
  readonly gateway: IInferenceGateway;
  /** The pool they go to. */
  readonly pool: PoolReference;

  /**
   * Namespace of the HTTPRoute. A ReferenceGrant is rendered in the pool's namespace when it is another.
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
 * Source of the shape: AI Runway, controller/internal/controller/gateway_reconciler.go.
 *
 * Errors: IGW101 for the name, IGW207 for an empty model name, IGW402 for a pool in another namespace where the implementation
 * refuses it, IGW502 for the timeout.
 */
export class ModelRoute extends Construct {
  /** Name of the HTTPRoute. */
  public readonly name: string;
  /** Namespace of the HTTPRoute. */
  public readonly namespace: string;
  /** The model name it answers to. */
  public readonly modelName: string;
  /** The HTTPRoute object. */
  public readonly httpRoute: ApiObject;
  /** The ReferenceGrant, when pool and route are in different namespaces. Routes to the same pool share it. */
  public readonly referenceGrant?: ApiObject;

  public constructor(scope: Construct, id: string, props: ModelRouteProps) {
    super(scope, id);
    const { gateway, pool } = props;
    this.name = props.name ?? pool.name;
    this.namespace = namespaceOf(this, props.namespace);
    this.modelName = props.modelName;
    assertNoMistakes(this, [
      ...checkObjectName('name', this.name),
      ...checkLabelName('namespace', this.namespace),
      ...checkRoute(props, this.namespace),
    ]);
    warnOfHeaderValue(this, props.modelName);

    if (pool.namespace !== this.namespace) this.referenceGrant = grantPool(this, pool, this.namespace);
    const timeouts = gateway.implementation.capabilities.routeTimeouts ?? true;
    this.httpRoute = kubeObject(this, 'Resource', httpRouteManifest({
      name: this.name,
      namespace: this.namespace,
      gateway: { name: gateway.gatewayName, namespace: gateway.gatewayNamespace },
      modelName: props.modelName,
      pool,
      requestTimeout: timeouts ? formatDuration(props.timeout ?? Duration.seconds(300)) : undefined,
    }));
    gateway.attach(this, { namespace: this.namespace, modelName: props.modelName });
  }
}

const LONGEST_HEADER_VALUE = 4096;

function checkRoute({ gateway, pool, modelName, timeout }: ModelRouteProps, namespace: string): Mistake[] {
  const mistakes: Mistake[] = [];
  const { gatewayClassName, capabilities } = gateway.implementation;
  if (!modelName) {
    mistakes.push({
      code: 'IGW207',
      field: 'modelName',
      problem: 'is empty, and a route matches on it',
      fix: 'set `modelName` to the name clients ask for, as /v1/models of the server answers it',
    });
  } else if (modelName.length > LONGEST_HEADER_VALUE) {
    mistakes.push({
      code: 'IGW502',
      field: 'modelName',
      value: modelName,
      problem: 'is too long for a header',
      allowed: `at most ${LONGEST_HEADER_VALUE} characters`,
      fix: 'choose a shorter name',
    });
  }
  if (timeout && !isGatewayDuration(timeout)) {
    mistakes.push({
      code: 'IGW502',
      field: 'timeout',
      value: `${timeout.toMilliseconds({ integral: false })}ms`,
      problem: 'cannot be written as a Gateway API duration',
      allowed: 'whole milliseconds, up to 99999 hours',
      fix: 'set another duration; 0 is no limit',
    });
  }
  if (capabilities.inferencePools === false) {
    mistakes.push({
      code: 'IGW402',
      field: 'gatewayClassName',
      value: gatewayClassName,
      problem: 'does not support InferencePools',
      fix: 'choose an implementation that does',
    });
  }
  if (capabilities.crossNamespacePools === false && pool.namespace !== namespace) {
    mistakes.push({
      code: 'IGW402',
      field: 'pool.namespace',
      value: pool.namespace,
      problem: `is not the route's namespace ${namespace}, and ${gatewayClassName} refuses the reference even with a ReferenceGrant`,
      allowed: namespace,
      fix: 'put pool and route into one namespace, or choose another implementation',
    });
  }
  return mistakes;
}

function warnOfHeaderValue(route: ModelRoute, modelName: string): void {
  if (modelName === modelName.trim()) return;
  warn(route, {
    code: 'IGW502',
    field: 'modelName',
    value: modelName,
    problem: 'starts or ends with a space, which no header value does',
    fix: 'remove the space',
  });
}
