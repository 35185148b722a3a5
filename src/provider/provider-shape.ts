import { AirunwayApi, Shape } from '../core';

const RULES: Shape = { list: { fields: { condition: 'text', priority: 'number' } } };

const ENGINE: Shape = {
  fields: {
    name: 'text',
    servingModes: { list: 'text' },
    apiFormats: { list: 'text' },
    gpuSupport: 'flag',
    cpuSupport: 'flag',
    requiresCRD: 'flag',
    gateway: {
      fields: {
        managesInferencePool: 'flag',
        inferencePoolNamePattern: 'text',
        inferencePoolNamespace: 'text',
        endpointPicker: { fields: { image: 'text', configData: 'text' } },
        ignoresServedName: 'flag',
      },
    },
  },
};

/** The `spec` of an InferenceProviderConfig, by API group. */
export const PROVIDER_SHAPES: Readonly<Record<AirunwayApi, Shape>> = {
  [AirunwayApi.AIRUNWAY]: { fields: { capabilities: { fields: { engines: { list: ENGINE } } }, selectionRules: RULES } },
  [AirunwayApi.KUBEAIRUNWAY]: {
    fields: {
      capabilities: { fields: { engines: { list: 'text' }, servingModes: { list: 'text' }, gpuSupport: 'flag', cpuSupport: 'flag' } },
      selectionRules: RULES,
    },
  },
};
