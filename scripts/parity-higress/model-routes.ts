import { App, Chart, Testing } from 'cdk8s';
import { asInScenario, comparedOf, isRouteScenario, renderRouteScenario } from './route-scenarios';
import type { ScenarioKind } from './scenario';

/** What GPUStack writes for models, providers and routes, from the rows of its database. */
export const MODEL_ROUTES: ScenarioKind = {
  title: 'model routes',
  matches: (name) => name.startsWith('route-'),
  render: (name, { expected }) => {
    if (!isRouteScenario(name)) return [];
    const chart = new Chart(new App(), name);
    renderRouteScenario(chart, name, expected);
    return asInScenario(name, Testing.synth(chart));
  },
  // The goldens hold what the scenario changed; the rest is as the initialiser left it.
  compared: ({ scenario, expected }, objects) => {
    const compared = comparedOf(scenario, expected);
    const keys = new Set(compared.map(keyOf));
    return { expected: compared, actual: objects.filter((object) => keys.has(keyOf(object)) || object.metadata.name.startsWith('ai-route-')) };
  },
};

function keyOf({ kind, metadata }: any): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}
