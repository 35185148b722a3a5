import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asInScenario, comparedOf, isRouteScenario, renderRouteScenario, ROUTES_NOT_COMPARED } from '../../scripts/parity-higress/route-scenarios';
import { withGoldens } from '../goldens';
import { chartsOf, objectsOf } from '../synth';

const keyOf = ({ kind, metadata }: any) => `${kind} ${metadata.namespace}/${metadata.name}`;
const isOfRoute = ({ metadata }: any) => metadata.name.startsWith('ai-route-');

withGoldens('model routes equal the objects that GPUStack writes', (folder) => {
  const directory = join(folder, 'gpustack');
  const names = readdirSync(directory).filter((file) => /^route-.*\.json$/.test(file)).map((file) => file.replace('.json', ''));
  const scenarios = names.filter((name) => !(name in ROUTES_NOT_COMPARED));

  test('every golden is compared, or a reason is given', () => {
    expect(names.filter((name) => !isRouteScenario(name) && !(name in ROUTES_NOT_COMPARED))).toEqual([]);
    expect(Object.keys(ROUTES_NOT_COMPARED).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(scenarios)('model routes equal the objects that GPUStack writes: %s', (name) => {
    const { expected } = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as { expected: any[] };
    const compared = comparedOf(name, expected);
    const [chart] = chartsOf('higress-system');
    renderRouteScenario(chart, name, expected);
    const objects = asInScenario(name, objectsOf(chart));
    const own = new Map(objects.map((object) => [keyOf(object), object]));
    // The goldens hold what the scenario changed; the rest is as the initialiser left it.
    expect(compared.map((object) => own.get(keyOf(object)))).toEqual(compared);
    expect(objects.filter(isOfRoute).map(keyOf).sort()).toEqual(expected.filter(isOfRoute).map(keyOf).sort());
  });
});
