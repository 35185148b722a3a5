import { Size } from 'cdk8s';
import { compact, sizeToQuantity } from '../core';
import { ComponentSpec, ServingMode } from '../plan';

/** Pods of one role in disaggregated serving. */
export interface ServingComponent {
  /** GPUs of each pod. */
  readonly gpus: number;

  /**
   * Resource name of the GPUs.
   *
   * @default nvidia.com/gpu
   */
  readonly gpuType?: string;

  /**
   * Memory of each pod.
   *
   * @default - not requested
   */
  readonly memory?: Size;

  /**
   * Number of pods; 0 keeps the role scaled down.
   *
   * @default 1
   */
  readonly replicas?: number;
}

/** The two roles of disaggregated serving. */
export interface DisaggregatedServing {
  /** Pods that read prompts. */
  readonly prefill: ServingComponent;
  /** Pods that write answers; requests enter here. */
  readonly decode: ServingComponent;
}

/** How the work of a request is spread over pods. */
export class Serving {
  /** Every pod does all of it. */
  public static aggregated(): Serving {
    return new Serving(ServingMode.AGGREGATED);
  }

  /** Some pods read prompts (prefill), others write answers (decode). */
  public static disaggregated(roles: DisaggregatedServing): Serving {
    return new Serving(ServingMode.DISAGGREGATED, roles);
  }

  /** The mode. */
  public readonly mode: ServingMode;
  /** The roles, when disaggregated. */
  public readonly roles?: DisaggregatedServing;

  private constructor(mode: ServingMode, roles?: DisaggregatedServing) {
    this.mode = mode;
    this.roles = roles;
  }
}

export function componentSpec({ gpus, gpuType, memory, replicas }: ServingComponent): ComponentSpec {
  return compact({ gpu: compact({ count: gpus, type: gpuType }), memory: memory && sizeToQuantity(memory), replicas });
}
