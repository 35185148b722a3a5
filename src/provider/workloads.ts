import type { ProviderWorkload } from './provider-workload';

/** The providers whose objects can be rendered, by the name they register under. Each is loaded when it is first used: few apps have two. */
const WORKLOADS: Readonly<Record<string, ProviderWorkload>> = {
  get dynamo() { return (require('./dynamo') as typeof import('./dynamo')).dynamo; },
  get kaito() { return (require('./kaito') as typeof import('./kaito')).kaito; },
  get kuberay() { return (require('./kuberay') as typeof import('./kuberay')).kuberay; },
  get llmd() { return (require('./llmd') as typeof import('./llmd')).llmd; },
  get vllm() { return (require('./vllm') as typeof import('./vllm')).vllm; },
};

/** The workload of a provider; undefined for one of the user's own, whose operator makes it. */
export function workloadOf(provider: string): ProviderWorkload | undefined {
  return Object.hasOwn(WORKLOADS, provider) ? WORKLOADS[provider] : undefined;
}

/** What operators that make the Service themselves put behind the model's name. */
const SERVICE_SUFFIXES: ReadonlyMap<string, string> = new Map([['dynamo', '-frontend'], ['kuberay', '-serve-svc']]);

/** The Service in front of a model's servers, by which a controller finds their port. */
export function servingService(provider: string, model: string): string {
  return `${model}${SERVICE_SUFFIXES.get(provider) ?? ''}`;
}
