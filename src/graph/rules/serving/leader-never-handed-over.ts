import { at } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { pickersOf } from '../../views/endpoint-pickers';

export const rule: GraphRule = {
  code: 'IGW1213',
  title: 'a rolling update of an endpoint picker with leader election never ends',
  family: RuleFamily.SERVING,
  severity: Severity.WARNING,
  symptom: 'The first rollout works. Every later one hangs: new pods run but are not Ready, the old leader stays.',
  breaks: 'Only the leader is Ready. A rolling update waits for a new pod to be Ready before it stops the leader, and no new pod leads before.',
  source: 'kubernetes-sigs/gateway-api-inference-extension#1620',
  * check(graph) {
    for (const { object, leaderElection, replicas = 1, workload: { strategy } } of pickersOf(graph)) {
      if (leaderElection !== true || strategy !== 'RollingUpdate' || replicas === 0) continue;
      const unavailable = at(object.manifest, ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable']);
      if (mayStopAll(unavailable, replicas)) continue;
      const written = object.get('spec', 'strategy', 'type');
      yield {
        object,
        field: ['spec', 'strategy', 'type'],
        ...written === undefined ? {} : { value: written },
        problem: `${written === undefined ? 'is RollingUpdate by default, which' : 'with leader election'} waits for a new pod to be Ready, and only the old leader is: updates never end`,
        allowed: 'Recreate',
        fix: 'set Recreate',
      };
    }
  },
};

/** Whether as many pods as there are may be stopped at once. */
function mayStopAll(unavailable: unknown, replicas: number): boolean {
  if (typeof unavailable === 'number') return unavailable >= replicas;
  const percent = typeof unavailable === 'string' ? /^([0-9]{1,4})%$/.exec(unavailable)?.[1] : undefined;
  return percent !== undefined && Number(percent) >= 100;
}
