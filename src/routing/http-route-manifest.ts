import { Duration } from 'cdk8s';
import type * as gatewayApi from '../../imports/gateway.networking.k8s.io';
import { compact, Manifest, MODEL_HEADER, Plain } from '../core';
import { inferencePoolKind, PoolReference } from './pool-reference';

type RouteSpec = Plain<gatewayApi.HttpRouteSpec>;

export interface HttpRoutePlan {
  readonly name: string;
  readonly namespace: string;
  readonly gateway: { readonly name: string; readonly namespace: string };
  readonly modelName: string;
  readonly pool: PoolReference;
  /** A Gateway API duration; absent where the implementation takes none. */
  readonly requestTimeout?: string;
}

export function httpRouteManifest({ name, namespace, gateway, modelName, pool, requestTimeout }: HttpRoutePlan): Manifest {
  const spec: RouteSpec = {
    parentRefs: [{ name: gateway.name, namespace: gateway.namespace }],
    rules: [compact<NonNullable<RouteSpec['rules']>[number]>({
      matches: [{
        path: { type: 'PathPrefix', value: '/' },
        headers: [{ type: 'Exact', name: MODEL_HEADER, value: modelName }],
      }],
      backendRefs: [{ ...inferencePoolKind, name: pool.name, namespace: pool.namespace }],
      timeouts: requestTimeout === undefined ? undefined : { request: requestTimeout },
    })],
  };
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace }, spec };
}

/** A duration as the Gateway API writes it (GEP-2257): `300s`, or `1500ms` when it is no whole number of seconds. */
export function formatDuration(duration: Duration): string {
  const milliseconds = duration.toMilliseconds();
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
