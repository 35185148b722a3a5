import { DYNAMO, KAITO, KUBERAY, LLMD, VLLM } from './presets';
import type { ProviderPreset } from './provider-spec';

/** The known providers, as they register themselves. */
export const PRESETS: readonly ProviderPreset[] = [DYNAMO, KAITO, KUBERAY, LLMD, VLLM];

export function presetOf(provider: string): ProviderPreset | undefined {
  return PRESETS.find(({ name }) => name === provider);
}
