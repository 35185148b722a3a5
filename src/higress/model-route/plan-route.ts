import type { HigressModelRouteProps } from '../higress-model-route-props';
import type { ModelDestination } from '../model-destination';
import { AiProviderType, AiProxyEntry, providerConfig } from '../plugins';
import type { SecretText } from '../secret-text';
import type { MatchRule, ModelRouteContribution } from './model-route-book';
import { fallbackIngressName, routeIngressName, RouteShare } from './route-manifests';
import { percentagesOf } from './weights';

/** A route with every default filled in and every name decided. */
export interface RoutePlan {
  readonly id: string;
  /** What clients write as `model`. */
  readonly effectiveName: string;
  readonly namespace: string;
  readonly ingressName: string;
  readonly fallbackName: string;
  /** How Higress names the two Ingresses in match rules. */
  readonly ingress: string;
  readonly fallbackIngress: string;
  readonly ingressClass: string;
  readonly hostname?: string;
  readonly tlsSecretName?: string;
  readonly genericProxy: boolean;
  readonly publicAccess: boolean;
  readonly main: readonly DestinationShare[];
  readonly fallback: readonly DestinationShare[];
  readonly destinations: readonly ModelDestination[];
  readonly fallbackDestinations: readonly ModelDestination[];
}

/** One service of a destination, with what it gets of all requests. */
export interface DestinationShare extends RouteShare {
  readonly modelName: string;
  /** `model-1-1.static` */
  readonly service: string;
}

export function planRoute(id: string, props: HigressModelRouteProps): RoutePlan {
  const { higress, organization, destinations = [], fallback = [] } = props;
  const { gateway } = higress._modelRoutes;
  const routeId = props.routeId ?? id;
  const modelName = props.modelName ?? id;
  const inGatewayNamespace = gateway.ingressPrefix === '';
  const ingressName = routeIngressName(routeId);
  const fallbackName = fallbackIngressName(routeId);
  return Object.freeze({
    id: routeId,
    effectiveName: organization === undefined ? modelName : `${organization}/${modelName}`,
    namespace: inGatewayNamespace ? gateway.gatewayNamespace : gateway.ingressPrefix.slice(0, -1),
    ingressName,
    fallbackName,
    ingress: `${gateway.ingressPrefix}${ingressName}`,
    fallbackIngress: `${gateway.ingressPrefix}${fallbackName}`,
    ingressClass: gateway.ingressClass,
    hostname: props.hostname ?? (inGatewayNamespace ? gateway.hostname : undefined),
    tlsSecretName: props.tlsSecretName ?? (inGatewayNamespace ? gateway.tlsSecretName : undefined),
    genericProxy: props.genericProxy ?? false,
    publicAccess: props.publicAccess ?? false,
    main: sharesOf(destinations),
    // The least weight is 1 there: what is a fallback only may have none.
    fallback: sharesOf(fallback, 1),
    destinations,
    fallbackDestinations: fallback,
  });
}

/** The shares of all services, in order; those that come to nothing are left out. */
function sharesOf(destinations: readonly ModelDestination[], least = 0): DestinationShare[] {
  const percentages = percentagesOf(destinations.map(({ weight, _target }) => ({ weight, services: _target.services.length })), least);
  return destinations.flatMap(({ modelName, _target }, index) => _target.services.map((registry, at) => ({
    percentage: percentages[index][at] ?? 0,
    destination: registry.destination(),
    modelName,
    service: registry.serviceName(),
  }))).filter(({ percentage }) => percentage > 0);
}

/** What the route adds to the plugins. Source: gpustack/gpustack gpustack/server/controllers.py, sync_gateway. */
export function contributionOf(plan: RoutePlan): ModelRouteContribution {
  const groups = groupsOf(plan);
  return {
    providers: groups.map(providerOf),
    aiProxyRules: groups.flatMap((group) => [
      ...aiProxyRule(plan.ingress, group.id, group.services),
      ...aiProxyRule(plan.fallbackIngress, group.id, group.fallbackServices),
    ]),
    modelMapperRules: [
      ...mapperRules(plan, plan.main.filter(({ modelName }) => modelName !== plan.effectiveName), [plan.ingress]),
      // Of both: where there is nothing but a fallback, it is the destination of the first Ingress too.
      ...mapperRules(plan, plan.fallback, [plan.ingress, plan.fallbackIngress]),
    ],
    extAuthRules: plan.publicAccess
      ? [{ config: { access_policy: 'public' }, domain: [], ingress: [plan.ingress, plan.fallbackIngress], service: [] }]
      : [],
    aliases: plan.genericProxy ? { [plan.id]: plan.effectiveName } : {},
  };
}

/** A model of one's own in a route. A fallback serves the first Ingress too, so its services are in both lists. */
interface ModelGroup {
  readonly id: string;
  readonly token?: SecretText;
  readonly services: string[];
  readonly fallbackServices: string[];
}

function groupsOf({ destinations, fallbackDestinations }: RoutePlan): ModelGroup[] {
  const groups = new Map<string, ModelGroup>();
  for (const destination of [...destinations, ...fallbackDestinations]) {
    const { model, services } = destination._target;
    if (!model || services.length === 0) continue;
    const group = groups.get(model.id) ?? { id: model.id, token: model.token, services: [], fallbackServices: [] };
    groups.set(model.id, group);
    const names = services.map((registry) => registry.serviceName());
    group.services.push(...names);
    if (fallbackDestinations.includes(destination)) group.fallbackServices.push(...names);
  }
  return [...groups.values()];
}

function providerOf({ id, token }: ModelGroup): AiProxyEntry {
  return providerConfig({
    id: providerIdOf(id),
    type: AiProviderType.OPENAI,
    apiTokens: token && [token],
    failover: { enabled: false },
    retryOnFailure: { enabled: false },
  });
}

function providerIdOf(modelId: string): string {
  return `gpustack-model-${modelId}`;
}

function aiProxyRule(ingress: string, modelId: string, services: readonly string[]): MatchRule[] {
  if (services.length === 0) return [];
  return [{
    config: { activeProviderId: providerIdOf(modelId) }, configDisable: false, domain: [], ingress: [ingress], service: [...new Set(services)].sort(),
  }];
}

/** One rule for each model that requests are renamed to. */
function mapperRules(plan: RoutePlan, shares: readonly DestinationShare[], ingress: readonly string[]): MatchRule[] {
  return [...new Set(shares.map(({ modelName }) => modelName))].map((modelName) => ({
    config: { modelMapping: { [plan.effectiveName]: modelName } },
    configDisable: false,
    domain: [],
    ingress: [...ingress],
    service: shares.filter((share) => share.modelName === modelName).map(({ service }) => service),
  }));
}
