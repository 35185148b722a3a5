import type { Mistake } from '../../core';
import type { ModelContext } from './model-context';

/** Environment variables that pods would be refused for, or that nobody could tell the value of. */
export function checkEnv({ spec }: ModelContext): Mistake[] {
  const env = spec.env ?? [];
  return env.flatMap(({ name, value, valueFrom }, index): Mistake[] => {
    const field = `spec.env[${index}]`;
    if (!name) return [{ code: 'IGW209', field: `${field}.name`, problem: 'is missing', fix: 'name the variable' }];
    if (env.findIndex((other) => other.name === name) < index) {
      return [{
        code: 'IGW209', field: `${field}.name`, value: name, problem: 'is set twice', allowed: 'each name once', fix: 'remove one of the two',
      }];
    }
    const sources = Object.keys(valueFrom ?? {}).length;
    if (sources > 1 || (sources === 1 && value)) {
      return [{
        code: 'IGW209', field, value: name, problem: 'has more than one source', allowed: 'one value or one reference', fix: 'keep one of them',
      }];
    }
    return [];
  });
}
