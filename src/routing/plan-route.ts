import { IConstruct } from 'constructs';
import { assertNoMistakes, BASE_MODEL_HEADER, checkLabelName, checkObjectName, Manifest, MODEL_HEADER } from '../core';
import type { AttachedRoute } from '../gateway';
import { BackendPlan, mirrorBackend, poolBackend } from './backend-plan';
import { formatDuration, httpRouteManifest, MatchPlan } from './http-route-manifest';
import type { ModelRouteProps } from './model-route';
import type { WeightedPool } from './pool-reference';
import { DEFAULT_TIMEOUT } from './pool-timeouts';
import { checkModelRoute } from './validation/check-model-route';
import { warnOfModelRoute } from './validation/warn-of-model-route';

/** A route that is checked. */
export interface RoutePlan {
  /** What it may refer to only with a grant. */
  readonly granted: readonly BackendPlan[];
  /** What it is to the Gateway. */
  readonly attached: AttachedRoute;
  readonly manifest: () => Manifest;
}

/** Checks a route in the name of the construct that renders it; its name and namespace are decided. */
export function planRoute(owner: IConstruct, name: string, namespace: string, props: ModelRouteProps): RoutePlan {
  const { gateway, hostnames, mirror } = props;
  const pools = poolsOf(props);
  const modelNames = modelNamesOf(props);
  assertNoMistakes(owner, [
    // The name of a pool is checked as such.
    ...(props.name === undefined ? [] : checkObjectName('name', name)),
    ...checkLabelName('namespace', namespace),
    ...checkModelRoute(props, namespace),
  ]);
  warnOfModelRoute(owner, modelNames, props, pools.map(({ pool }) => pool));
  const backends = pools.map(({ pool, weight }) => ({ ...poolBackend(pool), weight }));
  const mirrored = mirror && { backend: mirrorBackend(mirror, namespace), percent: mirror.percent };
  const timeouts = gateway.implementation.capabilities.routeTimeouts ?? true;
  return {
    granted: [...pools.map(({ pool }) => poolBackend(pool)), ...(mirrored ? [mirrored.backend] : [])]
      .filter((backend) => backend.namespace !== namespace),
    attached: { namespace, modelName: props.modelName, additionalModelNames: modelNames.slice(1), hostnames, condition: conditionOf(props) },
    manifest: () => httpRouteManifest({
      name,
      namespace,
      gateway: { name: gateway.gatewayName, namespace: gateway.gatewayNamespace, sectionName: props.sectionName },
      hostnames,
      matches: matchesOf(modelNames, props),
      setHeaders: props.setRequestHeaders,
      removeHeaders: props.removeRequestHeaders,
      mirror: mirrored,
      backends,
      requestTimeout: timeouts ? formatDuration(props.timeout ?? DEFAULT_TIMEOUT) : undefined,
    }),
  };
}

/** The pools requests go to, and their weights. */
export function poolsOf({ backends, pool }: ModelRouteProps): readonly (Pick<WeightedPool, 'pool'> & Partial<WeightedPool>)[] {
  return backends ?? (pool ? [{ pool }] : []);
}

/** All names it answers to, LoRA adapters included. */
export function modelNamesOf({ modelName, additionalModelNames = [], loraAdapters = [] }: ModelRouteProps): string[] {
  return [modelName, ...additionalModelNames, ...loraAdapters];
}

function matchesOf(modelNames: readonly string[], { modelName, pathPrefix = '/', headers, matchBaseModel }: ModelRouteProps): MatchPlan[] {
  const models = modelNames.map((model) => ({ [MODEL_HEADER]: model }));
  const alternatives: Record<string, string>[] = matchBaseModel ? [...models, { [BASE_MODEL_HEADER]: modelName }] : models;
  return alternatives.map((header) => ({ pathType: 'PathPrefix', path: pathPrefix, headers: { ...header, ...headers } }));
}

/** What requests must match beside name and host: routes that differ in it may answer to one model name. */
function conditionOf({ sectionName, headers = {}, pathPrefix = '/' }: ModelRouteProps): string | undefined {
  const pairs = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]).sort();
  return sectionName || pairs.length > 0 || pathPrefix !== '/' ? JSON.stringify([sectionName, pathPrefix, pairs]) : undefined;
}
