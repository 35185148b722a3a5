import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asInScenario, isRouteScenario, renderRouteScenario, ROUTES_NOT_COMPARED } from '../../scripts/parity-higress/route-scenarios';
import { withGoldens } from '../goldens';
import { chartsOf, objectsOf } from '../synth';

const keyOf = ({ kind, metadata }: any) => `${kind} ${metadata.namespace}/${metadata.name}`;
const isOfRoute = ({ metadata }: any) => metadata.name.startsWith('ai-route-');

withGoldens('model routes equal the objects that GPUStack writes', (folder) => {
  const directory = join(folder, 'gpustack');
  const names = readdirSync(directory).filter((file) => /^route-.*\.json$/.test(file)).map((file) => file.replace('.json', ''));
  const compared = names.filter((name) => !(name in ROUTES_NOT_COMPARED));

  test('every golden is compared, or a reason is given', () => {
    expect(names.filter((name) => !isRouteScenario(name) && !(name in ROUTES_NOT_COMPARED))).toEqual([]);
    expect(Object.keys(ROUTES_NOT_COMPARED).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(compared)('model routes equal the objects that GPUStack writes: %s', (name) => {
    const { expected } = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as { expected: any[] };
    const [chart] = chartsOf('higress-system');
    renderRouteScenario(chart, name, expected);
    const objects = asInScenario(name, objectsOf(chart));
    const own = new Map(objects.map((object) => [keyOf(object), object]));
    // The goldens hold what the scenario changed; the rest is as the initialiser left it.
    expect(expected.map((object) => own.get(keyOf(object)))).toEqual(expected);
    expect(objects.filter(isOfRoute).map(keyOf).sort()).toEqual(expected.filter(isOfRoute).map(keyOf).sort());
  });
});
