import { PINS } from '../../versions';
import type { ProviderPreset, ProviderSpec } from '../provider-spec';
import { fullAnnotations } from './registration';
import { devicePluginSteps } from './vllm';

/** Picks the decode pod with the longest prefix already cached. */
export const LLMD_PICKER_CONFIG = [
  'apiVersion: inference.networking.x-k8s.io/v1alpha1',
  'kind: EndpointPickerConfig',
  'plugins:',
  '- type: prefix-cache-scorer',
  '- type: decode-filter',
  '- type: max-score-picker',
  '- type: single-profile-handler',
  'schedulingProfiles:',
  '- name: default',
  '  plugins:',
  '  - pluginRef: decode-filter',
  '  - pluginRef: max-score-picker',
  '  - pluginRef: prefix-cache-scorer',
  '    weight: 2',
  '',
].join('\n');

const capabilities: ProviderSpec['capabilities'] = {
  engines: [{
    name: 'vllm',
    servingModes: ['aggregated', 'disaggregated'],
    apiFormats: ['openai-chat', 'openai-responses', 'anthropic-messages'],
    gpuSupport: true,
    requiresCRD: false,
    gateway: { endpointPicker: { image: `ghcr.io/llm-d/llm-d-inference-scheduler:v${PINS.llmd}`, configData: LLMD_PICKER_CONFIG } },
  }],
};

export const LLMD: ProviderPreset = {
  name: 'llmd',
  spec: { capabilities },
  annotations: fullAnnotations('llmd', 'llm-d', {
    description: 'llm-d provider: deploys vLLM Deployments + Services directly. Requires GPU nodes with the NVIDIA device plugin.',
    steps: devicePluginSteps('llm-d-hf-token'),
  }, capabilities, { status: { readyPath: 'ready' } }),
};
