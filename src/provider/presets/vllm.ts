import { PINS } from '../../versions';
import type { ProviderPreset } from '../provider-spec';
import { installationAnnotations, Installation } from './registration';

const DEVICE_PLUGIN = [
  'https://raw.githubusercontent.com/NVIDIA/k8s-device-plugin', PINS.nvidiaDevicePlugin, 'deployments/static/nvidia-device-plugin.yml',
].join('/');

/** The steps that providers without an operator of their own share. */
export function devicePluginSteps(tokenSecret: string): Installation['steps'] {
  return [
    {
      title: 'Install NVIDIA GPU Device Plugin',
      command: `kubectl apply -f ${DEVICE_PLUGIN}`,
      description: 'Install the NVIDIA device plugin so GPU nodes advertise nvidia.com/gpu resources.',
    },
    {
      title: 'Create HuggingFace Token Secret',
      command: `kubectl create secret generic ${tokenSecret} --from-literal=HF_TOKEN=<your-token> -n <model-namespace>`,
      description: 'Create the HuggingFace token secret in the same namespace as your ModelDeployment.',
    },
  ];
}

export const VLLM: ProviderPreset = {
  name: 'vllm',
  spec: {
    capabilities: {
      engines: [{
        name: 'vllm',
        servingModes: ['aggregated'],
        apiFormats: ['openai-chat', 'openai-responses', 'anthropic-messages'],
        gpuSupport: true,
      }],
    },
  },
  annotations: installationAnnotations('vllm', {
    description: 'vLLM provider: deploys vLLM Deployments + Services directly. Requires GPU nodes with the NVIDIA device plugin.',
    steps: devicePluginSteps('vllm-hf-token'),
  }),
};
