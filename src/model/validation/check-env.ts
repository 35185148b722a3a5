import type { Mistake } from '../../core';
import type { ModelContext } from './model-context';

const READS_SECRETS_ONLY = ['kaito', 'kuberay', 'llmd'];

/** Environment variables that pods would be refused for, or that nobody could tell the value of. */
export function checkEnv({ spec, provider }: ModelContext): Mistake[] {
  const env = spec.env ?? [];
  return env.flatMap(({ name, value, valueFrom }, index): Mistake[] => {
    const field = `spec.env[${index}]`;
    if (!name) return [{ code: 'IGW209', field: `${field}.name`, problem: 'is missing', fix: 'name the variable' }];
    if (env.findIndex((other) => other.name === name) < index) {
      return [{
        code: 'IGW209', field: `${field}.name`, value: name, problem: 'is set twice', allowed: 'each name once', fix: 'remove one of the two',
      }];
    }
    const sources = Object.keys(valueFrom ?? {});
    if (sources.length > 1 || (value && sources.some((source) => passesBoth(source, provider)))) {
      return [{
        code: 'IGW209', field, value: name, problem: 'has more than one source', allowed: 'one value or one reference', fix: 'keep one of them',
      }];
    }
    return [];
  });
}

/** Whether the provider passes on a value together with its reference, which pods are refused for. */
function passesBoth(source: string, provider: string | undefined): boolean {
  // The one takes the reference, the other neither.
  if (provider === 'vllm' || provider === 'dynamo') return false;
  return source === 'secretKeyRef' || provider === undefined || !READS_SECRETS_ONLY.includes(provider);
}
