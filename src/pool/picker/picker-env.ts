import { tracingEnv } from '../../policy';
import { latencyEnv } from './latency-manifests';
import type { EndpointPickerPlan } from './picker-plan';

/** Variables are expanded in the order they are listed. */
export function pickerEnv(plan: EndpointPickerPlan): object[] {
  const { tracing, env, build } = plan;
  const own: { readonly name: string }[] = [
    fromField('NAMESPACE', 'metadata.namespace'),
    fromField('POD_NAME', 'metadata.name'),
    ...latencyEnv(plan),
    ...(tracing ? tracingEnv(build.traceServiceName, '$(NAMESPACE)', tracing) : []),
  ];
  return [...own.filter(({ name }) => !Object.hasOwn(env, name)), ...Object.entries(env).map(([name, value]) => ({ name, value }))];
}

function fromField(name: string, fieldPath: string): { name: string; valueFrom: object } {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
