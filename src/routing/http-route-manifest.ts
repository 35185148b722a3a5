import { Duration } from 'cdk8s';
import type * as gatewayApi from '../../imports/gateway.networking.k8s.io';
import { compact, Manifest, Plain } from '../core';
import type { BackendPlan } from './backend-plan';

type RouteSpec = Plain<gatewayApi.HttpRouteSpec>;
type Filter = Plain<gatewayApi.HttpRouteSpecRulesFilters>;
type Rule = Plain<gatewayApi.HttpRouteSpecRules>;

export interface MatchPlan {
  readonly pathType: 'Exact' | 'PathPrefix';
  readonly path: string;
  /** Headers by name, all of which must have exactly these values. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpRoutePlan {
  readonly name: string;
  readonly namespace: string;
  readonly gateway: { readonly name: string; readonly namespace: string; readonly sectionName?: string };
  readonly hostnames?: readonly string[];
  /** A request must meet one of them. */
  readonly matches: readonly MatchPlan[];
  readonly setHeaders?: Readonly<Record<string, string>>;
  readonly removeHeaders?: readonly string[];
  readonly mirror?: { readonly backend: BackendPlan; readonly percent?: number };
  readonly backends: readonly (BackendPlan & { readonly weight?: number })[];
  /** A Gateway API duration; absent where the implementation takes none. */
  readonly requestTimeout?: string;
}

export function httpRouteManifest(plan: HttpRoutePlan): Manifest {
  const { name, namespace, gateway, hostnames, matches, backends, requestTimeout } = plan;
  const filters = filtersOf(plan);
  const spec: RouteSpec = compact<RouteSpec>({
    parentRefs: [compact({ name: gateway.name, namespace: gateway.namespace, sectionName: gateway.sectionName })],
    hostnames: hostnames?.length ? [...hostnames] : undefined,
    rules: [compact<Rule>({
      matches: matches.map(({ pathType, path, headers }) => compact({
        path: { type: pathType, value: path },
        headers: headers && Object.entries(headers).map(([header, value]) => ({ type: 'Exact' as const, name: header, value })),
      })),
      filters: filters.length > 0 ? filters : undefined,
      backendRefs: backends.map((backend) => compact({ ...backend })),
      timeouts: requestTimeout === undefined ? undefined : { request: requestTimeout },
    })],
  });
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace }, spec };
}

function filtersOf({ setHeaders = {}, removeHeaders = [], mirror }: HttpRoutePlan): Filter[] {
  const filters: Filter[] = [];
  const set = Object.entries(setHeaders).map(([name, value]) => ({ name, value }));
  if (set.length > 0 || removeHeaders.length > 0) {
    filters.push({
      type: 'RequestHeaderModifier',
      requestHeaderModifier: compact({ set: set.length > 0 ? set : undefined, remove: removeHeaders.length > 0 ? [...removeHeaders] : undefined }),
    });
  }
  if (mirror) filters.push({ type: 'RequestMirror', requestMirror: compact({ backendRef: compact({ ...mirror.backend }), percent: mirror.percent }) });
  return filters;
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
