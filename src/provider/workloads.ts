import { dynamo } from './dynamo';
import { kaito } from './kaito';
import { kuberay } from './kuberay';
import { llmd } from './llmd';
import type { ProviderWorkload } from './provider-workload';
import { vllm } from './vllm';

/** The providers whose objects can be rendered, by the name they register under. */
const WORKLOADS: Readonly<Record<string, ProviderWorkload>> = { dynamo, kaito, kuberay, llmd, vllm };

/** The workload of a provider; undefined for one of the user's own, whose operator makes it. */
export function workloadOf(provider: string): ProviderWorkload | undefined {
  return Object.hasOwn(WORKLOADS, provider) ? WORKLOADS[provider] : undefined;
}

/** The Service in front of a model's servers, by which a controller finds their port. */
export function servingService(provider: string, model: string): string {
  return provider === 'kuberay' ? `${model}-serve-svc` : model;
}
