import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, kubeObject } from '../core';
import type { HigressModelRouteProps } from './higress-model-route-props';
import type { HigressPlugins } from './higress-plugins';
import { contributionOf, planRoute, RoutePlan } from './model-route/plan-route';
import { fallbackFilterManifest, RouteIngressPlan, routeIngressManifest } from './model-route/route-manifests';
import { checkModelRoute } from './validation/check-model-route';
import { warnOfModelRoute } from './validation/warn-of-model-route';

/**
 * From the name of a model to the servers and providers that have it, on Higress: a model route of GPUStack, from Git.
 *
 * Renders an Ingress, and with a fallback a second one and an `EnvoyFilter`. It adds match rules to the plugins ai-proxy and model-mapper
 * of the gateway, with `publicAccess` to the one for authentication, with `genericProxy` an alias to the router. Names, annotations and
 * shapes are those of GPUStack (47277d79), so a server that knows the same route finds nothing to change.
 *
 * Weights become whole percentages of each service, by the largest remainder.
 *
 * Source: gpustack/gpustack gpustack/gateway/utils.py, gpustack/server/controllers.py.
 *
 * Errors: IGW760 for a name, IGW761 for a weight, IGW762 without a destination, IGW763 for an id, a name or a destination that is there
 * twice, IGW765 for a destination of another gateway, IGW766 when the gateway takes no routes.
 * Warnings: IGW764 for a fallback that only tries again, IGW769 for a fallback that never comes, IGW770 for a service that gets no requests.
 */
export class HigressModelRoute extends Construct {
  /** What its Ingresses are named after. */
  public readonly routeId: string;
  /** What clients write as `model`, with the name of the organization. */
  public readonly modelName: string;
  /** Namespace of the Ingresses. */
  public readonly namespace: string;
  /** The Ingress. */
  public readonly ingress: ApiObject;
  /** The Ingress of the fallback. */
  public readonly fallbackIngress?: ApiObject;
  /** What sends failed requests to the fallback. */
  public readonly fallbackFilter?: ApiObject;

  public constructor(scope: Construct, id: string, props: HigressModelRouteProps) {
    super(scope, id);
    const plan = planRoute(id, props);
    assertNoMistakes(this, checkModelRoute(this, plan, props));
    this.routeId = plan.id;
    this.modelName = plan.effectiveName;
    this.namespace = plan.namespace;
    warnOfModelRoute(this, plan, props.higress._modelRoutes.gateway);

    const { higress } = props;
    this.ingress = this.addIngress('Resource', higress, plan, { name: plan.ingressName, shares: plan.main.length > 0 ? plan.main : plan.fallback });
    if (plan.fallback.length > 0) {
      this.fallbackIngress = this.addIngress('Fallback', higress, plan, { name: plan.fallbackName, shares: plan.fallback, fallbackOf: plan.ingressName });
      this.fallbackFilter = kubeObject(this, 'FallbackFilter', fallbackFilterManifest(plan.ingressName, plan.namespace));
      higress._keepLive(this.fallbackFilter, ['/spec']);
    }
    higress._modelRoutes.add(this, contributionOf(plan));
  }

  private addIngress(id: string, higress: HigressPlugins, plan: RoutePlan, own: Pick<RouteIngressPlan, 'name' | 'shares' | 'fallbackOf'>): ApiObject {
    const { namespace, ingressClass, effectiveName: modelName, genericProxy, hostname, tlsSecretName } = plan;
    const manifest = routeIngressManifest({ ...own, namespace, ingressClass, modelName, genericProxy, hostname, tlsSecretName });
    const ingress = kubeObject(this, id, manifest);
    // A running server writes all of it. Other annotations are not its own, Argo CD's for one.
    higress._keepLive(ingress, [...Object.keys(manifest.metadata.annotations!).map(annotationPointer), '/spec']);
    return ingress;
  }
}

/** Source: RFC 6901. */
function annotationPointer(key: string): string {
  return `/metadata/annotations/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
