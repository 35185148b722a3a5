import { poolCandidates, poolSelection, serverElsewhere } from '../../presence';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { poolsOf } from '../../views/pools';

export const rule: GraphRule = {
  code: 'IGW1201',
  title: 'an InferencePool selects no pod',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 503, "failed to find endpoint candidates". All conditions of Gateway, HTTPRoute and InferencePool are True.',
  breaks: 'The labels of the pool are not those of the pods, and a pool only looks in its own namespace.',
  source: 'Gateway API Inference Extension, InferencePool spec.selector; kubernetes-sigs/gateway-api-inference-extension#2562',
  * check(graph) {
    for (const pool of poolsOf(graph)) {
      if (poolSelection(graph, pool) !== 'missing') continue;
      const servers = poolCandidates(graph, pool);
      const moved = serverElsewhere(graph, pool);
      if (moved) {
        const { workload } = moved.template;
        yield {
          object: pool.object,
          field: pool.selectorPath,
          value: Object.fromEntries(pool.selector),
          problem: `selects no pod of namespace ${pool.namespace}: those of ${workload.object} have these labels, and are in another namespace; requests to the model answer 503`,
          fix: `put the pool into namespace ${workload.namespace}, with its endpoint picker and a ReferenceGrant for the route, or the workload into ${pool.namespace}`,
          related: [{ object: workload.object, field: ['metadata', 'namespace'], note: 'pods with these labels' }],
        };
        continue;
      }
      const { template } = servers[0] ?? {};
      const labels = [...template?.labels ?? []].map(([key, value]) => `${key}: ${value}`);
      yield {
        object: pool.object,
        field: pool.selectorPath,
        value: Object.fromEntries(pool.selector),
        problem: `selects no pod of namespace ${pool.namespace}: requests to the model answer 503`,
        fix: template
          ? `select labels that the pods of ${template.workload.object} have${labels.length > 0 ? ` (${labels.join(', ')})` : ', and give them some'}`
          : 'select labels that the pods of the model server have',
        related: servers.slice(0, 3).map((server) => ({ object: server.template.workload.object, field: [...server.template.path, 'metadata', 'labels'], note: 'pods that no pool selects' })),
      };
    }
  },
};
