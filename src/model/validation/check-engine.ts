import type { Mistake } from '../../core';
import { flagOf } from '../../provider';
import type { ModelContext } from './model-context';

/** Contradictions among images and flags that the admission webhook refuses. */
export function checkEngine({ spec }: ModelContext): Mistake[] {
  const mistakes: Mistake[] = [];
  const { engine, image } = spec;
  if (image && engine?.image && image !== engine.image) {
    mistakes.push({
      code: 'IGW203',
      field: 'spec.engine.image',
      value: engine.image,
      problem: `contradicts spec.image, ${image}`,
      allowed: 'one image',
      fix: 'remove spec.image, or set both to the same image',
    });
  }
  for (const token of engine?.extraArgs ?? []) {
    const flag = flagOf(token);
    if (flag !== undefined && Object.hasOwn(engine?.args ?? {}, flag)) {
      mistakes.push({
        code: 'IGW208',
        field: 'spec.engine.extraArgs',
        value: token,
        problem: `sets flag ${flag}, which engine.args sets too`,
        allowed: 'each flag once',
        fix: 'set it in one of the two',
      });
    }
  }
  return mistakes;
}

/** Admitted, and no engine starts with it. */
export function checkContextLength({ spec }: ModelContext): Mistake[] {
  const length = spec.engine?.contextLength;
  if (length === undefined || length >= 1) return [];
  return [{
    code: 'IGW201',
    field: 'spec.engine.contextLength',
    value: length,
    problem: 'is not a number of tokens',
    allowed: 'whole numbers from 1',
    fix: 'set the longest context in tokens, or remove it',
  }];
}
