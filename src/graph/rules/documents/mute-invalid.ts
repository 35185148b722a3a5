import { IGNORE_ANNOTATION, mutesOf } from '../../mutes';
import { GraphRule, RuleFamily, Severity } from '../../rule';

export const rule: GraphRule = {
  code: 'IGW1901',
  title: 'a rule is muted without a reason',
  family: RuleFamily.DOCUMENTS,
  severity: Severity.ERROR,
  symptom: 'The finding that was to be muted is still reported.',
  breaks: 'A mute without a reason is not taken: whoever reads the manifest later has to know why the mistake is none.',
  source: 'the annotation inference-gateway.cdk8s.io/ignore of this library',
  * check(graph) {
    for (const [object, { invalid }] of mutesOf(graph)) {
      for (const part of invalid) {
        yield {
          object,
          field: ['metadata', 'annotations', IGNORE_ANNOTATION],
          value: part,
          problem: 'mutes nothing',
          allowed: 'CODE=reason, several of them separated by semicolons',
          fix: /^IGW[0-9]{3,4}\s*=?$/.test(part) ? `say why: ${part.replace(/\s*=?$/, '')}=<reason>` : 'write the code of a rule, = and the reason',
        };
      }
    }
  },
};
