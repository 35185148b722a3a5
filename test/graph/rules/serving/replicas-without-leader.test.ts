import { rule } from '../../../../src/graph/rules/serving/replicas-without-leader';
import { configuration, picker } from '../../changes';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const HEAD = 'apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\n';
const two = (...flags: string[]) => picker((container, object) => {
  object.spec.replicas = 2;
  container.args.push(...flags);
});
const REMEMBERS = configuration(`${HEAD}plugins:\n- type: prefix-cache-scorer\n`);

test('one picker, several that elect a leader, and several that remember nothing', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, two('--ha-enable-leader-election'), REMEMBERS), rule)).toEqual([]);
  expect(linesOf(workingSet({}, two()), rule)).toEqual([]);
});

test('fails for several pickers with a memory each', () => {
  expect(linesOf(workingSet({}, two(), REMEMBERS), rule)).toEqual([
    'warning Deployment models/llama-epp: IGW1212 spec.replicas is 2: has each endpoint picker decide by itself: --ha-enable-leader-election is off, and plugins of the configuration '
    + 'remember requests; set 1, or add the flag --ha-enable-leader-election with probes of the services readiness and liveness',
  ]);
});

test('fails for a configuration that is not in the set', () => {
  expect(linesOf(edit(workingSet({}, two()), ['ConfigMap models/llama-epp', null]), rule)).toHaveLength(1);
});
