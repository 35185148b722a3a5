import { compare, Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { Path } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo } from '../../view';
import { backendTlsPoliciesOf } from '../../views/tls';
import { compareAges } from '../ages';

export const rule: GraphRule = {
  code: 'IGW1807',
  title: 'two BackendTLSPolicies target the same port of a Service',
  family: RuleFamily.GATEWAY_API,
  severity: Severity.ERROR,
  symptom: 'One policy has Accepted=False with reason Conflicted, and the gateway goes by the other: another hostname, another authority.',
  breaks: 'For a Service, and for each of its ports, one policy counts: the older one, or the first by name.',
  source: 'Gateway API, GEP-713; conformance test BackendTLSPolicyConflictResolution',
  * check(graph) {
    for (const uses of targets(graph).values()) {
      const sorted = [...uses].sort((a, b) => compareAges(a.object, b.object) || compare(a.object.name, b.object.name));
      const [first, ...others] = sorted;
      for (const { object, path, what } of others) {
        // The same policy twice is IGW1001.
        if (object.key === first.object.key) continue;
        yield {
          object, field: path, value: what, problem: `is the target of ${first.object} as well, which is the one that counts`,
          fix: 'leave one of them out, or give each its sectionName', related: [{ object: first.object, field: first.path, note: 'the other policy' }],
        };
      }
    }
  },
};

interface Use {
  readonly object: GraphObject;
  readonly path: Path;
  readonly what: string;
}

function targets(graph: Graph): Map<string, Use[]> {
  const found = new Map<string, Use[]>();
  for (const { object, namespace, targets: refs } of backendTlsPoliciesOf(graph)) {
    for (const { path, group, kind, name, section } of refs) {
      addTo(found, JSON.stringify([group, kind, namespace, name, section ?? '']), { object, path, what: `${kind} ${name}${section === undefined ? '' : ` ${section}`}` });
    }
  }
  return found;
}
