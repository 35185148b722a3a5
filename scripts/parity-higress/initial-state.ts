import { App, Chart, Testing } from 'cdk8s';
import { HigressPlugins, HigressPluginsProps } from '../../src';
import { gatewayProps } from './gateway-props';
import type { ScenarioKind } from './scenario';

/** What the initialiser creates from settings alone. */
export const INITIAL_STATE: ScenarioKind = {
  title: 'initial state',
  matches: (name, { config, effective }) => config !== undefined && effective !== undefined && !name.startsWith('route-'),
  render: (name, golden) => renderGateway(name, gatewayProps(golden)),
};

export function renderGateway(name: string, props: HigressPluginsProps): any[] {
  const chart = new Chart(new App(), name);
  new HigressPlugins(chart, 'gpustack', props);
  return Testing.synth(chart);
}
