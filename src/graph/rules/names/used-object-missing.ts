import type { GraphObject } from '../../graph-object';
import { lookalike } from '../../presence';
import { Reference, ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { namesOf, nearestFirst } from '../nearest';

interface Use {
  readonly what: string;
  readonly severity: Severity;
}

const USES = new Map<ReferenceType, Use>([
  [ReferenceType.EXTENSION, { what: 'the gateway answers 500 to every request of the rule', severity: Severity.ERROR }],
  [ReferenceType.SCALES, { what: 'nothing is scaled', severity: Severity.WARNING }],
  [ReferenceType.INGRESS, { what: 'the Ingress answers 503, or shows another certificate', severity: Severity.ERROR }],
  [ReferenceType.HOST, { what: 'the DestinationRule applies to nothing', severity: Severity.WARNING }],
]);

export const rule: GraphRule = {
  code: 'IGW1022',
  title: 'an object that another one uses does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'A route with a filter of its own answers 500, an Ingress 503, an autoscaler reports that it cannot get the scale, a DestinationRule changes nothing.',
  breaks: 'References are names. Nothing checks them when they are applied.',
  source: 'Gateway API, HTTPRouteFilter ExtensionRef; Kubernetes, Ingress and HorizontalPodAutoscaler; Istio, DestinationRule',
  * check(graph) {
    for (const reference of graph.edges) {
      const { type, from: object, path, group, kind, namespace, name } = reference;
      const use = USES.get(type);
      if (!use || graph.presence(reference) !== 'missing') continue;
      const meant = lookalike(graph, reference);
      const here = namesOf(graph, group, kind, namespace);
      const isHost = type === ReferenceType.HOST;
      const isName = typeof object.get(...path) === 'string';
      yield {
        object,
        field: isName ? path : [...path, 'name'],
        value: isHost ? object.get(...path) : name,
        problem: `names no ${kind} of namespace ${namespace}: ${use.what}`,
        allowed: here.length > 0 ? nearestFirst(here, name) : undefined,
        fix: fixFor(reference, meant),
        severity: use.severity,
      };
    }
  },
};

function fixFor({ type, kind, namespace }: Reference, meant: GraphObject | undefined): string {
  if (!meant) return `name the ${kind} that is meant, or add it`;
  if (meant.namespace === namespace) return `name ${meant.name}`;
  return type === ReferenceType.HOST ? `name ${meant.name}.${meant.namespace}.svc.cluster.local` : `name it in namespace ${meant.namespace}, or move it`;
}
