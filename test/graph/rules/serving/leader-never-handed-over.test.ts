import { rule } from '../../../../src/graph/rules/serving/leader-never-handed-over';
import { picker } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const leader = (strategy?: object, ...flags: string[]) => picker((container, object) => {
  object.spec.strategy = strategy;
  container.args.push(...flags);
});
const HA = '--ha-enable-leader-election';

test('no leader, or a leader that is stopped first', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, leader()), rule)).toEqual([]);
  expect(linesOf(workingSet({}, leader({ type: 'Recreate' }, HA)), rule)).toEqual([]);
  expect(linesOf(workingSet({}, leader({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } }, HA)), rule)).toEqual([]);
  expect(linesOf(workingSet({}, leader({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } }, HA)), rule)).toEqual([]);
});

test('fails for a rolling update, which is the default', () => {
  expect(linesOf(workingSet({}, leader(undefined, HA)), rule)).toEqual([
    'warning Deployment models/llama-epp: IGW1213 spec.strategy.type: is RollingUpdate by default, which waits for a new pod to be Ready, and only the old leader is: updates never end; allowed: Recreate; set Recreate',
  ]);
  expect(linesOf(workingSet({}, leader({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%' } }, HA)), rule)).toEqual([expect.stringContaining('is "RollingUpdate": with leader election waits')]);
});
