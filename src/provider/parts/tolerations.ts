import type { Mistake } from '../../core';
import type { ModelPlan, TolerationSpec } from '../../plan';

const OPERATORS = ['Exists', 'Equal', 'Lt', 'Gt'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Tolerations with which the API server refuses pods, and a Deployment of them. */
export function checkTolerations({ tolerations }: ModelPlan): Mistake[] {
  return tolerations.flatMap((toleration, index) => mistakesOf(toleration, `spec.tolerations[${index}]`));
}

function mistakesOf({ key, operator, value, effect, tolerationSeconds }: TolerationSpec, field: string): Mistake[] {
  const mistake = (name: string, given: unknown, problem: string, allowed: string): Mistake => (
    { code: 'IGW201', field: `${field}.${name}`, value: given, problem, allowed, fix: 'correct it' }
  );
  const mistakes: Mistake[] = [];
  if (operator && !OPERATORS.includes(operator)) mistakes.push(mistake('operator', operator, 'is not known', OPERATORS.join(', ')));
  if (effect && !EFFECTS.includes(effect)) mistakes.push(mistake('effect', effect, 'is not known', EFFECTS.join(', ')));
  if (!key && operator !== 'Exists') mistakes.push(mistake('operator', operator ?? '', 'compares a value without a key', 'Exists, which tolerates all'));
  if (value && operator === 'Exists') mistakes.push(mistake('value', value, 'is not compared by operator Exists', 'no value'));
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    mistakes.push(mistake('tolerationSeconds', tolerationSeconds, 'counts for taints that evict only', 'effect NoExecute'));
  }
  return mistakes;
}
