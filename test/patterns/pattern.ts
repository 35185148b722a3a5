import { Chart, Yaml } from 'cdk8s';
import { AirunwayApi, warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { ModelDeployment, ModelDeploymentProps, Rendering } from '../../src/model';
import { chartsOf, objectsOf } from '../synth';

export interface Pattern {
  /** Name of the model. */
  readonly name: string;
  readonly airunwayApi?: AirunwayApi;
  /** The model of namespace `team-a`; providers belong into the platform's chart. */
  readonly model: (platform: Chart) => Omit<ModelDeploymentProps, 'gateway' | 'rendering'>;
}

/** One model behind an Istio gateway of another namespace, in both renderings; nothing in it is worth a warning. */
export function itRenders({ name, airunwayApi, model }: Pattern): void {
  test.each([Rendering.STATIC, Rendering.CONTROLLER])('rendered %s', (rendering) => {
    const [platform, team] = chartsOf('gateway-system', 'team-a');
    const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio(), airunwayApi });
    new ModelDeployment(team, name, { ...model(platform), gateway, rendering });
    expect(warningsOf(team)).toEqual([]);
    expect(Yaml.stringify(...objectsOf(platform), ...objectsOf(team))).toMatchSnapshot();
  });
}
