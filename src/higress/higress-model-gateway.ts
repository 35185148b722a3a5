import type { IConstruct } from 'constructs';
import type { ModelRouteBook } from './model-route/model-route-book';

/** A gateway that models, providers and model routes are added to: `HigressPlugins`. */
export interface IHigressModelGateway extends IConstruct {
  /** Namespace of Higress, where its McpBridge and its plugins are. */
  readonly gatewayNamespace: string;

  /** @internal */
  readonly _modelRoutes: ModelRouteBook;
}
