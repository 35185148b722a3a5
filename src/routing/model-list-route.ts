import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, checkLabelName, checkObjectName, kubeObject, Mistake, namespaceOf } from '../core';
import type { IInferenceGateway } from '../gateway';
import { grantBackend } from './backend-grants';
import { poolBackend, serviceBackend } from './backend-plan';
import { httpRouteManifest } from './http-route-manifest';
import { RouteScopeOptions } from './model-route-options';
import { PoolReference } from './pool-reference';
import { ServiceReference } from './service-reference';
import { checkPool, checkPoolsSupported, checkService } from './validation/check-backends';
import { checkPath } from './validation/check-paths';
import { checkScope } from './validation/check-scope';

/** Properties of `ModelListRoute`. Give either `pool` or `service`. */
export interface ModelListRouteProps extends RouteScopeOptions {
  /** The Gateway requests come from. */
  readonly gateway: IInferenceGateway;

  /**
   * The pool whose model servers answer. A `ModelPool` is one.
   *
   * @default - `service` answers
   */
  readonly pool?: PoolReference;

  /**
   * The Service that answers: one that knows every model of the Gateway, for example.
   *
   * @default - `pool` answers
   */
  readonly service?: ServiceReference;

  /**
   * Path of the health check to route too, matched exactly: `/health` for vLLM and SGLang.
   *
   * @default - none
   */
  readonly healthPath?: string;

  /**
   * Name of the HTTPRoute.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the HTTPRoute. A ReferenceGrant is rendered in the namespace of pool or Service when it is another.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;
}

/** Path of the list of models in the OpenAI API. */
const MODELS_PATH = '/v1/models';

/**
 * The route of requests that name no model: the list of models, and health checks. Without it they answer 404, since the routes of models
 * match on the header `X-Gateway-Model-Name`, which is read from a body these requests do not have.
 *
 * Renders an `HTTPRoute` (gateway.networking.k8s.io/v1) that matches the path `/v1/models` exactly, and a `ReferenceGrant` when pool or
 * Service is in another namespace.
 *
 * What clients get is the answer of one model server: a pool lists its own models and LoRA adapters, never those of the Gateway's other
 * pools, and its health says nothing of theirs. For a list of all models give a `service` that answers it. An exact path outranks
 * headers, so a client that sends `X-Gateway-Model-Name` with `/v1/models` gets this list too, not that of its model.
 *
 * Source of the precedence: Gateway API v1.5.1, HTTPRouteRule.matches.
 *
 * Errors: IGW101 and IGW102 for names, IGW402 for a pool the implementation refuses, IGW502 for what the Gateway API refuses.
 * Warnings: IGW410 when another route of the Gateway answers to the path.
 */
export class ModelListRoute extends Construct {
  /** Name of the HTTPRoute. */
  public readonly name: string;
  /** Namespace of the HTTPRoute. */
  public readonly namespace: string;
  /** The HTTPRoute object. */
  public readonly httpRoute: ApiObject;
  /** The ReferenceGrant, when pool or Service is in another namespace. */
  public readonly referenceGrant?: ApiObject;

  public constructor(scope: Construct, id: string, props: ModelListRouteProps) {
    super(scope, id);
    const { gateway, pool, service, healthPath, hostnames, sectionName } = props;
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    assertNoMistakes(this, [
      ...checkObjectName('name', this.name),
      ...checkLabelName('namespace', this.namespace),
      ...checkModelListRoute(props, this.namespace),
    ]);
    const paths = healthPath === undefined ? [MODELS_PATH] : [MODELS_PATH, healthPath];
    const backend = pool ? poolBackend(pool) : serviceBackend(service!, this.namespace);
    if (backend.namespace !== this.namespace) this.referenceGrant = grantBackend(this, backend, this.namespace);
    this.httpRoute = kubeObject(this, 'Resource', httpRouteManifest({
      name: this.name,
      namespace: this.namespace,
      gateway: { name: gateway.gatewayName, namespace: gateway.gatewayNamespace, sectionName },
      hostnames,
      matches: paths.map((path) => ({ pathType: 'Exact', path })),
      backends: [backend],
    }));
    gateway.attach(this, { namespace: this.namespace, paths, hostnames, condition: sectionName });
  }
}

function checkModelListRoute(props: ModelListRouteProps, namespace: string): Mistake[] {
  const { gateway, pool, service, healthPath } = props;
  const mistakes: Mistake[] = [...checkScope(props)];
  if (healthPath !== undefined) mistakes.push(...checkPath('healthPath', healthPath));
  if (healthPath === MODELS_PATH) {
    mistakes.push({ code: 'IGW502', field: 'healthPath', value: healthPath, problem: 'is routed already', fix: 'remove `healthPath`' });
  }
  if ((pool === undefined) === (service === undefined)) {
    const problem = pool ? 'is given beside `service`' : 'is missing, and so is `service`';
    mistakes.push({ code: 'IGW502', field: 'pool', problem, allowed: 'one of the two', fix: pool ? 'remove one of the two' : 'name what answers' });
  }
  if (pool) mistakes.push(...checkPoolsSupported(gateway), ...checkPool('pool', pool, gateway, namespace));
  if (service) mistakes.push(...checkService('service', service));
  return mistakes;
}
