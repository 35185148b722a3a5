import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayProps } from '../../scripts/parity-higress/gateway-props';
import { HigressPlugins } from '../../src';
import { withGoldens } from '../goldens';
import { chartsOf, objectsOf } from '../synth';

// Stricter than `npm run parity:higress`: an empty list is not the same as none, since it costs a write at each start of GPUStack.
withGoldens('objects equal those of the initialiser to the last empty list', (folder) => {
  const directory = join(folder, 'gpustack');
  const goldens = readdirSync(directory)
    .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(directory, file), 'utf8'))] as const)
    .filter(([name, { config, effective, init_error: failed }]) => config && effective && !failed && !/^route-|worker-embedded$|no-kubeconfig$/.test(name));

  test('there are enough of them', () => expect(goldens.length).toBeGreaterThan(45));

  test.each(goldens)('objects equal those of the initialiser to the last empty list: %s', (_, golden) => {
    const [chart] = chartsOf('higress-system');
    new HigressPlugins(chart, 'gpustack', gatewayProps(golden));
    const strict = (objects: any[]) => objects.filter(({ kind }) => kind !== 'ConfigMap')
      .sort((a, b) => (`${a.kind} ${a.metadata.name}` < `${b.kind} ${b.metadata.name}` ? -1 : 1));
    expect(strict(objectsOf(chart))).toStrictEqual(strict(golden.expected));
  });
});
