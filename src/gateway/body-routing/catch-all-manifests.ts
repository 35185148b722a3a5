import type * as gatewayApi from '../../../imports/gateway.networking.k8s.io';
import { compact, Manifest, Plain } from '../../core';

type RouteSpec = Plain<gatewayApi.HttpRouteSpec>;

const FILTER = { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter' };

export interface CatchAllPlan {
  /** Name of the router, and of the filter that answers. */
  readonly name: string;
  readonly gatewayName: string;
  readonly gatewayNamespace: string;
  /** The host name of a virtual host of its own; absent for all that have none. */
  readonly hostname?: string;
}

/**
 * A route that matches every request. Envoy Gateway adds `ext_proc` to the filter chain disabled, and enables it on routes
 * (internal/xds/translator/extproc.go, v1.4.0 to v1.8.3). A request without the model header matches no model's route, so without this
 * one it answers 404 before the router sees it. With it the router runs, sets the header and clears the route cache, and Envoy
 * chooses again: any route with a header match outranks this one.
 *
 * Envoy looks for routes in the one virtual host that fits best, so each host name of a model's route needs its own.
 */
export function catchAllRoute({ name, gatewayName, gatewayNamespace, hostname }: CatchAllPlan): Manifest {
  const spec: RouteSpec = compact<RouteSpec>({
    parentRefs: [{ name: gatewayName, namespace: gatewayNamespace }],
    hostnames: hostname === undefined ? undefined : [hostname],
    rules: [{
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      filters: [{ type: 'ExtensionRef', extensionRef: { ...FILTER, name } }],
    }],
  });
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: catchAllName(name, hostname), namespace: gatewayNamespace },
    spec,
  };
}

export function catchAllName(name: string, hostname: string | undefined): string {
  return hostname === undefined ? name : `${name}-${hostname.replace('*', 'wildcard')}`;
}

/** What the catch-all answers when no model has the name: 404, in the words of the OpenAI API. */
export function notFoundFilter({ name, gatewayNamespace }: CatchAllPlan): Manifest {
  return {
    apiVersion: `${FILTER.group}/v1alpha1`,
    kind: FILTER.kind,
    metadata: { name, namespace: gatewayNamespace },
    spec: {
      directResponse: {
        statusCode: 404,
        contentType: 'application/json',
        body: { type: 'Inline', inline: JSON.stringify(NOT_FOUND) },
      },
    },
  };
}

const NOT_FOUND = {
  error: { message: 'This gateway has no model of the name the request asks for.', type: 'invalid_request_error', code: 'model_not_found' },
};
