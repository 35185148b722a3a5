import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isAttached } from '../core';
import type { PoolReference } from './pool-reference';

const TIMEOUTS = Symbol.for('cdk8s-inference-gateway.pool-timeouts');

interface PoolTimeout {
  readonly holder: IConstruct;
  readonly seconds: number;
}

/** The longest time a request may take where nothing is said. */
export const DEFAULT_TIMEOUT = Duration.seconds(300);

/** The longest timeout of a Google Cloud backend service, which knows no way to switch it off. */
const LONGEST = 2_147_483_647;

/** A timeout as a `GCPBackendPolicy` writes it: whole seconds, rounded up; 0, which is no limit, becomes the longest there is. */
export function backendPolicySeconds(timeout: Duration): number {
  const seconds = Math.ceil(timeout.toSeconds({ integral: false }));
  return seconds === 0 ? LONGEST : Math.min(seconds, LONGEST);
}

/** Records that a construct renders the `GCPBackendPolicy` of a pool, and the timeout in it. */
export function recordPoolTimeout(holder: IConstruct, pool: PoolReference, seconds: number): void {
  timeoutsOf(holder.node.root).set(keyOf(pool), { holder, seconds });
}

/** The timeout in the `GCPBackendPolicy` of a pool, in seconds; undefined when the app renders none. */
export function poolTimeoutOf(scope: IConstruct, pool: PoolReference): number | undefined {
  const known = timeoutsOf(scope.node.root).get(keyOf(pool));
  return known && isAttached(known.holder) ? known.seconds : undefined;
}

function keyOf({ namespace, name }: PoolReference): string {
  return `${namespace}/${name}`;
}

function timeoutsOf(root: IConstruct): Map<string, PoolTimeout> {
  const holder = root as IConstruct & { [TIMEOUTS]?: Map<string, PoolTimeout> };
  if (!holder[TIMEOUTS]) Object.defineProperty(holder, TIMEOUTS, { value: new Map<string, PoolTimeout>() });
  return holder[TIMEOUTS]!;
}
