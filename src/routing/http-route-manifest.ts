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

/** The largest number in front of a unit. */
const MOST = 99_999;

/** A duration as the Gateway API writes it (GEP-2257): in the smallest unit that five digits are enough for, `300s` or `1500ms`. */
export function formatDuration(duration: Duration): string {
  const milliseconds = duration.toMilliseconds();
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (milliseconds % 1000 > 0 && milliseconds <= MOST) return `${milliseconds}ms`;
  const rest = milliseconds % 1000 > 0 ? `${milliseconds % 1000}ms` : '';
  if (seconds <= MOST) return `${seconds}s${rest}`;
  const parts = [[Math.floor(minutes / 60), 'h'], [minutes % 60, 'm'], [seconds % 60, 's']] as const;
  return parts.map(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : '')).join('') + rest;
}

/** Whether the Gateway API can write a duration: whole milliseconds, and no more hours than five digits hold. */
export function isGatewayDuration(duration: Duration): boolean {
  const milliseconds = duration.toMilliseconds({ integral: false });
  return Number.isInteger(milliseconds) && milliseconds < (MOST + 1) * 3_600_000;
}
