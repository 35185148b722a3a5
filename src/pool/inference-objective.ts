import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type * as gaie from '../../imports/inference.networking.x-k8s.io';
import { assertNoMistakes, checkObjectName, compact, kubeObject, Mistake, namespaceOf, Plain } from '../core';
import { EndpointPickerRuntime } from './endpoint-picker-runtime';
import { POOL_KIND } from './pool-kind';

/** Options of an `InferenceObjective`. */
export interface InferenceObjectiveOptions {
  /**
   * Priority of the requests: higher ones go first, and negative ones may be refused while all pods are full.
   *
   * @default - not written; the endpoint picker takes 0
   */
  readonly priority?: number;
}

/** Properties of `InferenceObjective`. */
export interface InferenceObjectiveProps extends InferenceObjectiveOptions {
  /** Name of the InferencePool, which is in the same namespace. */
  readonly poolName: string;

  /**
   * Name of the InferenceObjective, which clients send in the header `EndpointPickerRuntime.headers.objective`.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the InferenceObjective and of the pool.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /**
   * The build of the pool's endpoint picker, which decides the API group.
   *
   * @default EndpointPickerRuntime.GAIE_1_5
   */
  readonly runtime?: EndpointPickerRuntime;
}

/**
 * What requests that name it are worth to a pool.
 *
 * Renders an `InferenceObjective`: inference.networking.x-k8s.io/v1alpha2, or llm-d.ai/v1alpha2 for the llm-d router, which ignores the other group
 * where both are installed.
 *
 * Source: Gateway API Inference Extension v1.5.0, apix/v1alpha2/inferenceobjective_types.go.
 *
 * Errors: IGW101 for the names, IGW509 for the priority.
 */
export class InferenceObjective extends Construct {
  /** Name of the InferenceObjective. */
  public readonly name: string;
  /** The InferenceObjective object. */
  public readonly objective: ApiObject;

  public constructor(scope: Construct, id: string, props: InferenceObjectiveProps) {
    super(scope, id);
    this.name = props.name ?? id;
    assertNoMistakes(this, [...checkObjectName('name', this.name), ...checkObjectName('poolName', props.poolName), ...checkPriority(props.priority)]);
    const spec: Plain<gaie.InferenceObjectiveSpec> = compact({ priority: props.priority, poolRef: { ...POOL_KIND, name: props.poolName } });
    this.objective = kubeObject(this, 'Resource', {
      apiVersion: (props.runtime ?? EndpointPickerRuntime.GAIE_1_5).objectiveApiVersion,
      kind: 'InferenceObjective',
      metadata: { name: this.name, namespace: namespaceOf(this, props.namespace) },
      spec,
    });
  }
}

function checkPriority(priority: number | undefined): Mistake[] {
  if (priority === undefined || (Number.isInteger(priority) && Math.abs(priority) < 2 ** 31)) return [];
  return [{ code: 'IGW509', field: 'spec.priority', value: priority, problem: 'is not a priority', allowed: 'whole numbers of 32 bits', fix: 'set another one' }];
}
