import type { Mistake } from '../../core';
import { flagOf } from '../../provider';
import type { ModelContext } from './model-context';

/** Contradictions among images and flags that the admission webhook refuses. */
export function checkEngine({ spec }: ModelContext): Mistake[] {
  const mistakes: Mistake[] = [];
  const { engine, image } = spec;
  if (image && engine?.image && image !== engine.image) {
    mistakes.push({ code: 'IGW203', field: 'spec.engine.image', value: engine.image, problem: `contradicts spec.image, ${image}`, fix: 'remove spec.image, or set both to the same image' });
  }
  for (const token of engine?.extraArgs ?? []) {
    const flag = flagOf(token);
    if (flag !== undefined && Object.hasOwn(engine?.args ?? {}, flag)) {
      mistakes.push({ code: 'IGW208', field: 'spec.engine.extraArgs', value: token, problem: `sets flag ${flag}, which engine.args sets too`, fix: 'set it in one of the two' });
    }
  }
  return mistakes;
}
