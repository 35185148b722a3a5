import { GraphRule, RuleFamily, Severity } from '../../rule';
import { flagOf } from '../../views/command-line';
import { modelServersOf } from '../../views/model-servers';
import { poolsFor } from '../../views/pools';

export const rule: GraphRule = {
  code: 'IGW1219',
  title: 'a model server takes connections of its own pod only',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 503 with a connect error, while a request from inside the pod is answered.',
  breaks: 'The gateway connects to the address of the pod. A server that listens on the loopback address refuses that.',
  source: 'the flag --host of vLLM, SGLang and llama.cpp',
  * check(graph) {
    for (const { template, container, line } of modelServersOf(graph)) {
      const host = flagOf(line, 'host');
      if (!host?.value || host.dynamic || !LOOPBACK.test(host.value)) continue;
      const [pool] = poolsFor(graph, template);
      if (!pool) continue;
      // Another container of the pod may take requests and pass them on.
      const isTarget = (port: number) => pool.targetPorts.some(({ number }) => number === port);
      const fronted = template.containers.some((other) => other !== container && other.ports.some(({ port }) => isTarget(port)));
      if (fronted) continue;
      yield {
        object: template.workload.object,
        field: host.valuePath,
        value: host.value,
        problem: `is the loopback address: the pods of ${pool.object} refuse connections of the gateway`,
        allowed: '0.0.0.0, ::',
        fix: 'set 0.0.0.0',
        related: [{ object: pool.object, field: pool.selectorPath, note: 'sends requests there' }],
      };
    }
  },
};

const LOOPBACK = /^(127(\.[0-9]+){3}|localhost|::1|\[::1\])$/;
