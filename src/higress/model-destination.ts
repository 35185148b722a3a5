import type { ModelRouteBook } from './model-route/model-route-book';
import type { SecretText } from './secret-text';
import type { ServiceRegistry } from './service-registry';

/** Where a `HigressModelRoute` sends requests, and how many: `HigressModel.destination` and `HigressModelProvider.destination` make them. */
export class ModelDestination {
  /** @internal */
  public static _of(modelName: string, weight: number, target: DestinationTarget): ModelDestination {
    return new ModelDestination(modelName, weight, target);
  }

  /** Name of the model there; the gateway writes it into requests in place of the route's. */
  public readonly modelName: string;
  /** Share of the requests, compared with the other weights. */
  public readonly weight: number;
  /** @internal */
  public readonly _target: DestinationTarget;

  private constructor(modelName: string, weight: number, target: DestinationTarget) {
    this.modelName = modelName;
    this.weight = weight;
    this._target = target;
  }
}

/** @internal */
export interface DestinationTarget {
  readonly book: ModelRouteBook;
  /** Path of the construct it leads to. */
  readonly path: string;
  /** Services that take requests. */
  readonly services: readonly ServiceRegistry[];
  /** A model of one's own gets an entry in ai-proxy with the first route that leads to it; a provider has one. */
  readonly model?: { readonly id: string; readonly token?: SecretText };
}
