import { GraphRule, RuleFamily, Severity } from '../../rule';
import { Picker, pickersOf } from '../../views/endpoint-pickers';

export const rule: GraphRule = {
  code: 'IGW1212',
  title: 'several endpoint pickers decide side by side',
  family: RuleFamily.SERVING,
  severity: Severity.WARNING,
  symptom: 'Prefix cache hits fall and queues are uneven with more than one replica; nothing fails.',
  breaks: 'Without leader election all replicas answer, and each knows only of the requests it saw itself: what its plugins remember is wrong.',
  source: 'Gateway API Inference Extension, --ha-enable-leader-election; the plugins of pkg/epp',
  * check(graph) {
    for (const picker of pickersOf(graph)) {
      const { object, replicas = 1, leaderElection, configuration } = picker;
      if (replicas < 2 || leaderElection !== false || !remembers(picker)) continue;
      yield {
        object,
        field: ['spec', 'replicas'],
        value: replicas,
        problem: `has each endpoint picker decide by itself: --ha-enable-leader-election is off${configuration === undefined ? '' : ', and plugins of the configuration remember requests'}`,
        fix: 'set 1, or add the flag --ha-enable-leader-election with probes of the services readiness and liveness',
      };
    }
  },
};

/** Whether the configuration has plugins that count or remember requests; one that is not known may have. */
function remembers({ configuration }: Picker): boolean {
  return configuration === undefined || /prefix|session|active-request|no-hit-lru|inflight|token-load|running-requests|flowControl|predicted-latency/.test(configuration);
}
