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
    if (SECURITY.includes(key)) {
      return [{ code: 'IGW205', field: at, value: item, problem: 'could weaken the security of the pod', allowed: 'any other field', fix: `remove ${key}` }];
    }
    if (SIZING.includes(key)) {
      return [{ code: 'IGW205', field: at, value: item, problem: 'would go round the ceilings', allowed: 'any other field', fix: 'use resources and replicas of the model' }];
    }
    return walk(item, at);
  });
}
