import type { EnvVarSpec, ModelPlan, PlannedGpu, TolerationSpec } from '../../plan';
import { canonicalQuantity } from './canonical-quantity';

export const NVIDIA_GPU = 'nvidia.com/gpu';
export const TOKEN_VARIABLE = 'HF_TOKEN';

interface Requests {
  readonly gpu?: PlannedGpu;
  readonly memory?: string;
  readonly cpu?: string;
}

/** GPU and memory as limits and requests, cpu as a request only: a cpu limit would throttle the engine. */
export function containerResources(resources: Requests | undefined, gpuType: string = NVIDIA_GPU): object | undefined {
  if (!resources) return undefined;
  const limits: Record<string, string> = {};
  if (resources.gpu && resources.gpu.count > 0) limits[gpuType] = String(resources.gpu.count);
  if (resources.memory) limits.memory = resources.memory;
  const requests: Record<string, string> = { ...limits };
  if (resources.cpu) requests.cpu = resources.cpu;
  if (Object.keys(requests).length === 0) return undefined;
  return Object.keys(limits).length > 0 ? { limits, requests } : { requests };
}

/** `spec.env`; `valueFrom` goes before `value`, which the API server does not take together. */
export function environment(plan: ModelPlan): EnvVarSpec[] {
  const own = plan.env
    .filter(({ name }) => !(plan.huggingFaceTokenSecret && name === TOKEN_VARIABLE))
    .map(({ name, value, valueFrom }) => {
      if (valueFrom && Object.keys(valueFrom).length > 0) return { name, valueFrom: withDivisor(valueFrom) };
      return value ? { name, value } : { name };
    });
  return plan.huggingFaceTokenSecret ? [...own, tokenVariable(plan.huggingFaceTokenSecret)] : own;
}

/** The API server always stores a divisor; 0 stands for the default. */
function withDivisor(source: NonNullable<EnvVarSpec['valueFrom']>): EnvVarSpec['valueFrom'] {
  const { resourceFieldRef } = source;
  if (!resourceFieldRef) return source;
  const divisor = canonicalQuantity(String(resourceFieldRef.divisor ?? '0'));
  return { ...source, resourceFieldRef: { ...resourceFieldRef, divisor } } as EnvVarSpec['valueFrom'];
}

function tokenVariable(secret: string): EnvVarSpec {
  return { name: TOKEN_VARIABLE, valueFrom: { secretKeyRef: { name: secret, key: TOKEN_VARIABLE } } };
}

export function podTolerations(tolerations: readonly TolerationSpec[]): object[] {
  return tolerations.map(({ key, operator, value, effect, tolerationSeconds }) => ({
    key: key ?? '',
    operator: operator ?? '',
    ...(value ? { value } : {}),
    ...(effect ? { effect } : {}),
    ...(tolerationSeconds !== undefined ? { tolerationSeconds } : {}),
  }));
}
