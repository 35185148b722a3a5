import { PINS } from '../../versions';
import type { ProviderPreset, ProviderSpec } from '../provider-spec';
import { fullAnnotations } from './registration';

const NAMESPACE = 'ray-system';
const REPOSITORY = 'https://ray-project.github.io/kuberay-helm/';
const CHART = PINS.kuberayOperatorChart;

const capabilities: ProviderSpec['capabilities'] = {
  engines: [{ name: 'vllm', servingModes: ['aggregated', 'disaggregated'], apiFormats: ['openai-chat'], gpuSupport: true }],
};

export const KUBERAY: ProviderPreset = {
  name: 'kuberay',
  spec: {
    capabilities,
    selectionRules: [{ condition: "has(spec.resources.gpu) && spec.resources.gpu.count > 1 && spec.engine.type == 'vllm'", priority: 80 }],
  },
  annotations: fullAnnotations('kuberay', 'KubeRay', {
    description: 'Ray Serve via KubeRay for distributed Ray-based model serving with vLLM',
    defaultNamespace: NAMESPACE,
    helmRepos: [{ name: 'kuberay', url: REPOSITORY }],
    helmCharts: [{ name: 'kuberay-operator', chart: 'kuberay/kuberay-operator', version: CHART, namespace: NAMESPACE, createNamespace: true }],
    steps: [
      { title: 'Add KubeRay Helm Repository', command: `helm repo add kuberay ${REPOSITORY}`, description: 'Add the KubeRay Helm repository.' },
      { title: 'Update Helm Repositories', command: 'helm repo update', description: 'Update local Helm repository cache.' },
      {
        title: 'Install KubeRay Operator',
        command: `helm upgrade --install kuberay-operator kuberay/kuberay-operator --version ${CHART} -n ${NAMESPACE} --create-namespace --wait`,
        description: `Install the KubeRay operator v${CHART}.`,
      },
    ],
  }, capabilities, {
    crds: [{ displayName: 'KubeRay RayService CRD', name: 'rayservices.ray.io' }],
    operatorPods: [
      {
        namespace: NAMESPACE,
        selectors: [
          'app.kubernetes.io/name=kuberay-operator,app.kubernetes.io/instance=kuberay-operator',
          'app.kubernetes.io/name=kuberay-operator',
        ],
      },
      { selectors: ['app.kubernetes.io/name=kuberay-operator'] },
    ],
  }),
};
