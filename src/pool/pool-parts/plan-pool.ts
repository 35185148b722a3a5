import type { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { assertNoMistakes, checkObjectName, PlacedManifest, warn } from '../../core';
import type { IInferenceGateway } from '../../gateway';
import { backendPolicySeconds, DEFAULT_TIMEOUT, recordPoolTimeout } from '../../routing';
import type { ModelPoolProps } from '../model-pool';
import { checkPicker } from '../picker/check-picker';
import { pickerObjects, pickerTrust } from '../picker/picker-objects';
import { EndpointPickerPlan, planPicker } from '../picker/picker-plan';
import { checkPool } from './check-pool';
import { DecidedPool, healthCheckOf, poolManifest, poolPolicies } from './pool-manifests';

/** A pool of pods that carry labels: what a `ModelPool` for a model takes. */
export interface LabelledPool extends Pick<ModelPoolProps, 'endpointPicker' | 'endpointPickerService' | 'managedBy'> {
  readonly name: string;
  readonly namespace: string;
  readonly matchLabels: { [key: string]: string };
  readonly port: number;
}

/**
 * Checks a pool as `ModelPool` and `EndpointPicker` do, in the name of `owner`, and gives what renders the same objects in the same order
 * as both and `connectTo` together, without a construct.
 */
export function planPool(owner: IConstruct, pool: LabelledPool, gateway: IInferenceGateway, timeout?: Duration): () => PlacedManifest[] {
  const { name, namespace, port, matchLabels } = pool;
  const ports = [port];
  assertNoMistakes(owner, [...checkObjectName('metadata.name', name), ...checkPool(pool, ports, matchLabels, namespace, undefined)]);
  const picker = pool.endpointPickerService ? undefined : checkedPicker(owner, pool);
  const { capabilities } = gateway.implementation;
  const timeoutSeconds = capabilities.gcpPolicies ? backendPolicySeconds(timeout ?? DEFAULT_TIMEOUT) : undefined;
  if (timeoutSeconds !== undefined) recordPoolTimeout(owner, pool, timeoutSeconds);
  const decided: DecidedPool = { ...pool, ports, matchLabels };
  return () => [
    { id: 'Resource', manifest: poolManifest(decided) },
    ...(picker ? pickerObjects(picker, pool.endpointPicker?.podDisruptionBudget) : []),
    ...(picker && capabilities.destinationRules ? pickerTrust(picker) : []),
    ...(timeoutSeconds === undefined ? [] : poolPolicies({ pool: name, namespace, port, ...healthCheckOf(pool), timeoutSeconds })),
  ];
}

function checkedPicker(owner: IConstruct, { name, namespace, endpointPicker, managedBy }: LabelledPool): EndpointPickerPlan {
  const plan = planPicker({ ...endpointPicker, poolName: name, namespace, managedBy });
  assertNoMistakes(owner, [...checkPicker(plan), ...plan.config.mistakes]);
  plan.config.notices.forEach((notice) => warn(owner, notice));
  return plan;
}
