import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { ModelRoute, ModelRouteProps } from '../../src/routing';
import { chartsOf, objectOf } from '../synth';

export const pool = { name: 'qwen3', namespace: 'team-a' };

/** A Gateway, and the charts of two namespaces that have none. */
export function setUp(implementation = GatewayImplementation.istio()) {
  const [platform, team, models] = chartsOf('gateway-system', 'team-a', 'models');
  return { platform, team, models, gateway: new InferenceGateway(platform, 'gw', { implementation }) };
}

/** The HTTPRoute of a route for model qwen3, with other properties. */
export function routeOf(props: Partial<ModelRouteProps> = {}, implementation?: GatewayImplementation): any {
  const { team, gateway } = setUp(implementation);
  new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', ...props });
  return objectOf(team, 'HTTPRoute');
}
