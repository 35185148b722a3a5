import { IConstruct } from 'constructs';
import { BASE_MODEL_HEADER, Mistake, warn, warnAtSynth } from '../../core';
import { BodyRouting } from '../../gateway';
import type { ModelRouteProps } from '../model-route';
import type { PoolReference } from '../pool-reference';
import { backendPolicySeconds, poolTimeoutOf } from '../pool-timeouts';

/** Where the gateway reads bodies itself, nothing reads the ConfigMaps of the adapters. */
const WITHOUT_BASE_MODEL: readonly (BodyRouting | undefined)[] = [BodyRouting.AGENTGATEWAY_POLICY, BodyRouting.WASM_PLUGIN];

export function warnOfModelRoute(route: IConstruct, modelNames: readonly string[], props: ModelRouteProps, pools: readonly PoolReference[]): void {
  const { gateway, timeout, matchBaseModel } = props;
  const { gatewayClassName, capabilities } = gateway.implementation;
  for (const modelName of modelNames.filter((name) => name !== name.trim())) {
    warn(route, {
      code: 'IGW502',
      field: 'modelName',
      value: modelName,
      problem: 'starts or ends with a space, which no header value does',
      fix: 'remove the space',
    });
  }
  if (matchBaseModel && WITHOUT_BASE_MODEL.includes(capabilities.bodyRouting)) {
    warn(route, {
      code: 'IGW402',
      field: 'matchBaseModel',
      value: true,
      problem: `matches the header ${BASE_MODEL_HEADER}, which ${gatewayClassName} does not set: there is no body-based router that reads the adapters`,
      fix: 'list the adapters in `loraAdapters`',
    });
  }
  // The pool may be connected after the route is made.
  if (timeout && capabilities.routeTimeouts === false) {
    const seconds = backendPolicySeconds(timeout);
    warnAtSynth(route, () => pools.flatMap((pool) => timeoutMistake(pool, seconds, poolTimeoutOf(route, pool), gatewayClassName)));
  }
}

function timeoutMistake({ namespace, name }: PoolReference, seconds: number, held: number | undefined, gatewayClassName: string): Mistake[] {
  if (held === seconds) return [];
  const pool = `pool ${namespace}/${name}`;
  const why = `is not in the route, where ${gatewayClassName} takes none`;
  return [{
    code: 'IGW411',
    field: 'timeout',
    value: `${seconds}s`,
    problem: held === undefined ? `${why}, and nothing renders a GCPBackendPolicy for ${pool}` : `${why}, and the GCPBackendPolicy of ${pool} has ${held}s`,
    fix: held === undefined
      ? 'make the route with `routeFrom` of its ModelPool, call its `connectTo` with the timeout, or write a GCPBackendPolicy'
      : 'give `connectTo` and all routes of the pool one timeout',
  }];
}
