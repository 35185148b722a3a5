import { PINS } from '../../versions';
import type { EngineCapabilitySpec, ProviderPreset, ProviderSpec } from '../provider-spec';
import { fullAnnotations } from './registration';

const CHART = `https://helm.ngc.nvidia.com/nvidia/ai-dynamo/charts/dynamo-platform-${PINS.dynamo}.tgz`;
const NAMESPACE = 'dynamo-system';

/** Dynamo's operator makes pool and endpoint picker. */
const gateway: EngineCapabilitySpec['gateway'] = {
  managesInferencePool: true, inferencePoolNamePattern: '{name}-pool', inferencePoolNamespace: '{namespace}',
};

const capabilities: ProviderSpec['capabilities'] = {
  engines: [
    {
      name: 'vllm',
      servingModes: ['aggregated', 'disaggregated'],
      apiFormats: ['openai-chat', 'openai-responses', 'anthropic-messages'],
      gpuSupport: true,
      gateway,
    },
    { name: 'sglang', servingModes: ['aggregated', 'disaggregated'], apiFormats: ['openai-chat', 'anthropic-messages'], gpuSupport: true, gateway },
    { name: 'trtllm', servingModes: ['aggregated'], apiFormats: ['openai-chat', 'openai-responses'], gpuSupport: true, gateway },
  ],
};

export const DYNAMO: ProviderPreset = {
  name: 'dynamo',
  spec: {
    capabilities,
    selectionRules: [
      { condition: "spec.engine.type == 'trtllm'", priority: 100 },
      { condition: "spec.engine.type == 'sglang'", priority: 100 },
      { condition: "has(spec.serving) && spec.serving.mode == 'disaggregated'", priority: 90 },
      { condition: "has(spec.resources.gpu) && spec.resources.gpu.count > 0 && spec.engine.type == 'vllm'", priority: 50 },
    ],
  },
  annotations: fullAnnotations('dynamo', 'Dynamo', {
    description: 'NVIDIA Dynamo for high-performance GPU inference',
    defaultNamespace: NAMESPACE,
    helmRepos: [{ name: 'nvidia-ai-dynamo', url: 'https://helm.ngc.nvidia.com/nvidia/ai-dynamo' }],
    helmCharts: [{ name: 'dynamo-platform', chart: CHART, namespace: NAMESPACE, createNamespace: true, values: { 'global.grove.install': true } }],
    steps: [{
      title: 'Install Dynamo Platform',
      command: `helm upgrade --install dynamo-platform ${CHART} --namespace ${NAMESPACE} --create-namespace --set-json global.grove.install=true`,
      description: [
        `Install the Dynamo platform operator v${PINS.dynamo} with bundled Grove enabled by default.`,
        'This chart includes the required CRDs.',
      ].join(' '),
    }],
  }, capabilities, {
    crds: [{ displayName: 'DynamoGraphDeployment CRD', name: 'dynamographdeployments.nvidia.com' }],
    operatorPods: [
      {
        namespace: NAMESPACE,
        selectors: [
          'control-plane=controller-manager,app.kubernetes.io/name=dynamo-operator,app.kubernetes.io/instance=dynamo-platform',
          'app.kubernetes.io/name=dynamo-operator',
          'control-plane=controller-manager',
        ],
      },
      { selectors: ['app.kubernetes.io/name=dynamo-operator'] },
    ],
  }),
};
