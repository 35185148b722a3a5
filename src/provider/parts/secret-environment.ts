import type { Mistake } from '../../core';
import type { EnvVarSpec, ModelPlan } from '../../plan';
import { environment } from './containers';

/** The environment as KAITO, KubeRay and llm-d pass it on: of `valueFrom` only the name and key of a Secret. */
export function secretEnvironment(plan: ModelPlan): EnvVarSpec[] {
  return environment({ ...plan, env: plan.env.map(readableVariable) });
}

/** Says which variables end up empty because their source is not a Secret. */
export function ignoredSources(plan: ModelPlan): Mistake[] {
  const unread = plan.env.filter(({ valueFrom }) => valueFrom && Object.keys(valueFrom).length > 0 && !valueFrom.secretKeyRef);
  return unread.map(({ name, valueFrom }) => ({
    code: 'IGW210',
    field: `spec.env[${name}].valueFrom`,
    value: Object.keys(valueFrom!),
    problem: `is ignored by provider ${plan.provider}, which passes the variable on without it`,
    allowed: 'secretKeyRef',
    fix: 'write the value out, or take it from a Secret',
  }));
}

function readableVariable({ name, value, valueFrom }: EnvVarSpec): EnvVarSpec {
  const secret = valueFrom?.secretKeyRef;
  return secret ? { name, valueFrom: { secretKeyRef: { name: secret.name, key: secret.key } } } : { name, value };
}
