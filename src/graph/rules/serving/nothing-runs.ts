import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { ReferenceType } from '../../reference';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { bodyRoutersOf } from '../../views/body-routers';
import { pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';
import { poolsOf } from '../../views/pools';
import { outcomeOf, severityOf } from '../../views/processors';
import type { Workload } from '../../views/workloads';

export const rule: GraphRule = {
  code: 'IGW1208',
  title: 'something that every request passes has no replicas',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Requests answer 500 without an endpoint picker or body-based router, and 503 without a model server. With failureMode FailOpen they '
    + 'are answered by any pod in turn, and nothing in the status says so.',
  breaks: 'A Deployment with `replicas: 0` runs no pod, and no autoscaler of the set raises it.',
  source: 'Kubernetes Deployments; observed with Istio 1.30 and the endpoint picker v1.5.0',
  * check(graph) {
    for (const picker of pickersOf(graph)) {
      const pools = poolsOfPicker(graph, picker);
      if (isOff(graph, picker.workload)) yield off(picker.object, `no endpoint picker runs; ${outcomeOf(pools)}`, severityOf(pools));
    }
    for (const router of bodyRoutersOf(graph)) {
      if (isOff(graph, router.workload)) yield off(router.object, 'no body-based router runs; every request through its gateway answers 500', Severity.ERROR);
    }
    const seen = new Set<GraphObject>();
    for (const { object, selects } of poolsOf(graph)) {
      if (selects.length === 0 || !selects.every(({ workload }) => isOff(graph, workload))) continue;
      const first = selects[0].workload.object;
      if (!seen.has(first)) yield off(first, `${object} has no pod; requests to the model answer 503`, Severity.WARNING);
      seen.add(first);
    }
  },
};

/** Whether a workload is told to have no pods, and nothing of the set scales it. */
function isOff(graph: Graph, { object, replicas, opaque }: Workload): boolean {
  return replicas === 0 && !opaque && !graph.edgesTo(object).some(({ type }) => type === ReferenceType.SCALES);
}

function off(object: GraphObject, problem: string, severity: Severity): Problem {
  return { object, field: ['spec', 'replicas'], value: 0, problem, fix: 'set 1 or more', severity };
}
