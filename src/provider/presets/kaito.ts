import { PINS } from '../../versions';
import type { ProviderPreset, ProviderSpec } from '../provider-spec';
import { fullAnnotations } from './registration';

const NAMESPACE = 'kaito-workspace';
const REPOSITORY = 'https://kaito-project.github.io/kaito/charts/kaito';
/** Nodes are brought by the user, and so are the GPU plugins. */
const VALUES = [
  'featureGates.disableNodeAutoProvisioning=true',
  'nvidiaDevicePlugin.enabled=false',
  'localCSIDriver.useLocalCSIDriver=false',
  'gpu-feature-discovery.gfd.enabled=false',
  'gpu-feature-discovery.nfd.master.deploy=false',
  'gpu-feature-discovery.nfd.worker.deploy=false',
];

const capabilities: ProviderSpec['capabilities'] = {
  engines: [
    { name: 'vllm', servingModes: ['aggregated'], apiFormats: ['openai-chat', 'openai-responses', 'anthropic-messages'], gpuSupport: true },
    {
      name: 'llamacpp',
      servingModes: ['aggregated'],
      apiFormats: ['openai-chat'],
      gpuSupport: true,
      cpuSupport: true,
      // Its llama.cpp server answers to the model id only.
      gateway: { ignoresServedName: true },
    },
  ],
};

export const KAITO: ProviderPreset = {
  name: 'kaito',
  spec: {
    capabilities,
    selectionRules: [
      { condition: '!has(spec.resources.gpu) || spec.resources.gpu.count == 0', priority: 100 },
      { condition: "spec.engine.type == 'llamacpp'", priority: 100 },
    ],
  },
  annotations: fullAnnotations('kaito', 'KAITO', {
    description: 'Kubernetes AI Toolchain Operator for simplified model deployment',
    defaultNamespace: NAMESPACE,
    helmRepos: [{ name: 'kaito', url: REPOSITORY }],
    helmCharts: [{ name: 'kaito-workspace', chart: 'kaito/workspace', version: PINS.kaito, namespace: NAMESPACE, createNamespace: true }],
    steps: [
      { title: 'Add KAITO Helm Repository', command: `helm repo add kaito ${REPOSITORY}`, description: 'Add the KAITO Helm repository.' },
      { title: 'Update Helm Repositories', command: 'helm repo update kaito', description: 'Update local Helm repository cache.' },
      {
        title: 'Install KAITO Workspace Operator',
        command: [
          `helm upgrade --install kaito-workspace kaito/workspace --version ${PINS.kaito} -n ${NAMESPACE} --create-namespace`,
          ...VALUES.map((value) => `--set ${value}`),
          '--wait',
        ].join(' '),
        description: [
          `Install the KAITO workspace operator v${PINS.kaito} with Node Auto-Provisioning disabled (BYO nodes mode),`,
          'and sub-chart dependencies disabled.',
        ].join(' '),
      },
    ],
  }, capabilities, {
    crds: [{ displayName: 'KAITO workspace CRD', name: 'workspaces.kaito.sh' }],
    operatorPods: [
      {
        namespace: NAMESPACE,
        selectors: ['app.kubernetes.io/name=workspace,app.kubernetes.io/instance=kaito-workspace', 'app.kubernetes.io/name=workspace'],
      },
      { selectors: ['app.kubernetes.io/name=workspace', 'app=ai-toolchain-operator'] },
    ],
  }),
};
