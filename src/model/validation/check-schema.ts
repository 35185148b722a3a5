import type { Mistake } from '../../core';
import type { ModelContext } from './model-context';
import { checkSpec, Finding } from './schema';

/** Text where a list belongs and the like. Typed input cannot be wrong in this way; manifests can. */
export function checkStructure(spec: unknown): Mistake[] {
  const found = checkSpec(spec, 'spec');
  return found.some(({ kind }) => kind === 'structure') ? mistakesOf(found, 'structure', 'value') : [];
}

/** What the CustomResourceDefinition refuses of a well-formed spec. */
export function checkSchema({ spec }: ModelContext): Mistake[] {
  return mistakesOf(checkSpec(spec, 'spec'), 'value');
}

/** Fields that the API server drops, or refuses under strict validation. */
export function unknownFields({ spec }: ModelContext): Mistake[] {
  return mistakesOf(checkSpec(spec, 'spec'), 'unknown field');
}

function mistakesOf(found: readonly Finding[], ...kinds: Finding['kind'][]): Mistake[] {
  return found.filter(({ kind }) => kinds.includes(kind)).map(({ mistake }) => mistake);
}
