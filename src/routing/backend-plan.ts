import { inferencePoolKind, PoolReference } from './pool-reference';
import type { RequestMirror } from './request-mirror';
import { serviceKind, ServiceReference } from './service-reference';

/** What a reference of a route points at, with its namespace decided. */
export interface BackendPlan {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly port?: number;
}

export function poolBackend({ name, namespace }: PoolReference): BackendPlan {
  return { ...inferencePoolKind, name, namespace };
}

export function serviceBackend({ name, namespace, port }: ServiceReference, routeNamespace: string): BackendPlan {
  return { ...serviceKind, name, namespace: namespace ?? routeNamespace, port };
}

export function mirrorBackend(mirror: RequestMirror, routeNamespace: string): BackendPlan {
  return mirror.pool ? poolBackend(mirror.pool) : serviceBackend(mirror.service!, routeNamespace);
}
