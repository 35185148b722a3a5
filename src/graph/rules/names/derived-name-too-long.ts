import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { at, filled } from '../../json';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { gatewaysOf } from '../../views/gateways';

interface Limit {
  readonly longest: number;
  readonly why: string;
  readonly severity?: Severity;
}

const LIMITS: Readonly<Record<string, Limit>> = {
  'apps/StatefulSet': { longest: 52, why: 'its pods get the name and a hash of up to 11 characters as label controller-revision-hash' },
  'apps/DaemonSet': { longest: 63, why: 'its pods are named after it, and their names are host names', severity: Severity.WARNING },
  'batch/CronJob': { longest: 52, why: 'its Jobs get 11 more characters' },
  'batch/Job': { longest: 63, why: 'its pods get the name as label batch.kubernetes.io/job-name' },
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': { longest: 52, why: 'its StatefulSets and the labels of their pods are named after it' },
  'inference.networking.k8s.io/InferencePool': { longest: 63, why: 'gateways derive the name of a Service, or of a label, from it', severity: Severity.WARNING },
};

export const rule: GraphRule = {
  code: 'IGW1006',
  title: 'a name is too long for what is made from it',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The object is there and nothing comes of it: its controller reports that a label or name of what it makes has more than 63 characters.',
  breaks: 'Controllers put the name into labels and into names of Services and pods, which have at most 63 characters.',
  source: 'Kubernetes validation of StatefulSets, Jobs and CronJobs; GEP-1762 for names of what Gateways make',
  * check(graph) {
    yield* gatewayProblems(graph);
    for (const object of graph.objects) {
      const key = `${object.group}/${object.kind}`;
      const limit = Object.hasOwn(LIMITS, key) ? LIMITS[key] : undefined;
      if (limit && object.name.length > limit.longest) yield problemOf(object, limit);
    }
  },
};

function* gatewayProblems(graph: Graph): Iterable<Problem> {
  for (const { object, name, className } of gatewaysOf(graph)) {
    if (name.length > 63) {
      yield problemOf(object, { longest: 63, why: 'all that is made for a Gateway gets its name as label gateway.networking.k8s.io/gateway-name' });
    } else if (className === 'istio' && !makesNothing(object) && `${name}-${className}`.length > 63) {
      yield problemOf(object, { longest: 63 - className.length - 1, why: `Istio names the Service of the Gateway ${name}-${className}` });
    }
  }
}

/** Istio makes no Service for a Gateway that is attached to one by hand. */
function makesNothing(object: GraphObject): boolean {
  return filled(at(object.manifest, ['spec', 'addresses', 0, 'value'])) !== undefined || object.annotations.has('networking.istio.io/name-override');
}

function problemOf(object: GraphObject, { longest, why, severity }: Limit): Problem {
  const { name } = object;
  return {
    object, field: ['metadata', 'name'], value: name, severity, problem: `has ${name.length} characters: ${why}`,
    allowed: `at most ${longest} characters`, fix: `shorten it by ${name.length - longest}`,
  };
}
