import type { IConstruct } from 'constructs';
import { warn } from '../../core';
import type { ModelDestination } from '../model-destination';
import type { ModelRouteGateway } from '../model-route/model-route-book';
import type { RoutePlan } from '../model-route/plan-route';

export function warnOfModelRoute(scope: IConstruct, plan: RoutePlan, gateway: ModelRouteGateway): void {
  if (plan.fallback.length > 0 && plan.namespace !== gateway.gatewayNamespace) {
    warn(scope, {
      code: 'IGW769',
      field: 'fallback',
      problem: `never comes: its EnvoyFilter is in ${plan.namespace}, where Istio applies it to the pods of that namespace only, and names the ` +
        `route without \`${gateway.ingressPrefix}\`, which Higress puts before it`,
      fix: `let GPUStack and Higress share one namespace, as GPUStack's Helm chart does: \`gatewayNamespace\` ${plan.namespace}`,
    });
  }
  if (isRetry(plan)) {
    warn(scope, {
      code: 'IGW764',
      field: 'fallback',
      value: plan.fallback[0].service,
      problem: 'is where the requests come from: what failed there is sent there once more',
      fix: 'send failed requests elsewhere, unless one more try is what you want',
    });
  }
  unserved(plan.destinations, plan.main).forEach((service) => warnOfNoShare(scope, 'destinations', service));
  unserved(plan.fallbackDestinations, plan.fallback).forEach((service) => warnOfNoShare(scope, 'fallback', service));
}

/** With several servers, the next try may reach another one. */
function isRetry({ main, fallback }: RoutePlan): boolean {
  const [only, ...others] = new Set([...main, ...fallback].map(({ service, modelName }) => `${service} ${modelName}`));
  return only !== undefined && others.length === 0 && main.length > 0 && fallback.length > 0;
}

/** The services of destinations with a weight that come to less than one percent. */
function unserved(destinations: readonly ModelDestination[], shares: RoutePlan['main']): string[] {
  const served = new Set(shares.map(({ service }) => service));
  return destinations.filter(({ weight }) => weight > 0)
    .flatMap(({ _target }) => _target.services.map((registry) => registry.serviceName()))
    .filter((service) => !served.has(service));
}

function warnOfNoShare(scope: IConstruct, field: string, service: string): void {
  warn(scope, {
    code: 'IGW770',
    field,
    value: service,
    problem: 'gets no requests: its share comes to less than the one percent that Higress can say',
    fix: 'raise its weight, or list fewer servers',
  });
}
