import type { Mistake } from '../../core';
import type { ModelContext } from './model-context';

const SECURITY = [
  'securityContext', 'serviceAccountName', 'serviceAccount', 'hostNetwork', 'hostPID', 'hostIPC', 'automountServiceAccountToken',
  'nodeName', 'priorityClassName', 'runtimeClassName',
];
const SIZING = ['replicas', 'resources'];

/** Fields the admission webhook keeps from `spec.provider.overrides`, at any depth. */
export function checkOverrides({ spec }: ModelContext): Mistake[] {
  return walk(spec.provider?.overrides, 'spec.provider.overrides');
}

function walk(value: unknown, field: string): Mistake[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, `${field}[${index}]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = `${field}.${key}`;
    if (SECURITY.includes(key)) return [refused(at, item, 'could weaken the security of the pod', `remove ${key}`)];
    if (SIZING.includes(key)) return [refused(at, item, 'would go round the ceilings', 'use resources and replicas of the model')];
    return walk(item, at);
  });
}

function refused(field: string, value: unknown, problem: string, fix: string): Mistake {
  return { code: 'IGW205', field, value, problem, allowed: 'any other field', fix };
}
