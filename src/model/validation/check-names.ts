import { checkLabelName, checkObjectName, checkServiceName, LONGEST_LABEL, Mistake } from '../../core';
import type { ModelContext } from './model-context';

/** What the admission webhook and the API server refuse of a ModelDeployment's name and namespace. */
export function checkName({ name, namespace }: ModelContext): Mistake[] {
  const namespaceMistakes = checkLabelName('metadata.namespace', namespace);
  if (!name.includes('.')) return [...checkObjectName('metadata.name', name), ...namespaceMistakes];
  return [{
    code: 'IGW101',
    field: 'metadata.name',
    value: name,
    problem: 'has a dot, which names of derived volumes and Services cannot have',
    allowed: 'lower-case letters, digits and -',
    fix: `use ${name.replaceAll('.', '-')}`,
  }, ...namespaceMistakes];
}

/** What the objects derived from the name allow: a Service takes less than a ModelDeployment, and `<name>-epp` less again. */
export function checkDerivedNames({ name }: ModelContext, hasEndpointPicker: boolean): Mistake[] {
  if (name.includes('.')) return [];
  const longest = hasEndpointPicker ? LONGEST_LABEL - '-epp'.length : LONGEST_LABEL;
  if (name.length <= longest) return checkServiceName('metadata.name', name);
  const reason = hasEndpointPicker ? `its endpoint picker ${name}-epp is a label of at most ${LONGEST_LABEL}` : 'it is a label';
  return [{
    code: 'IGW102',
    field: 'metadata.name',
    value: name,
    problem: `has ${name.length} characters, and ${reason}`,
    allowed: `at most ${longest} characters`,
    fix: 'choose a shorter name',
  }];
}
